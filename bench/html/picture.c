/* picture.c -- see picture.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "html/picture.h"

void picture_begin(const struct picture *p, const char *title, double height)
{
    struct svg_head head = {.title = title,
                            .of = p->group->name,
                            .text = p->how,
                            .height = height,
                            .is_alone = p->is_alone};
    svg_begin(p->out, &head);
}

void picture_begin_entry(const struct picture *p, const struct entry *e)
{
    fprintf(p->out, "<g class=\"%s\"><title>", look_classes[e->look]);
    svg_escape(p->out, e->peer);
    fputs("</title>", p->out);
}

void picture_end_entry(const struct picture *p)
{
    fputs("</g>", p->out);
}

void picture_name_row(const struct picture *p, const struct entry *e, double y)
{
    svg_text(p->out, "y e", NAMES_WIDTH - 8, y, e->peer);
}
