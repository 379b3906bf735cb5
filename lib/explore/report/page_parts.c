/* page_parts.c -- the part of page.h that the others are written with.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <stdlib.h>

#include "explore/need.h"
#include "page.h"

void page_escape(FILE *out, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        default:
            putc(*text, out);
        }
    }
}

int page_source(const struct story *s, const struct place *p)
{
    const struct source *source = names_source(s->names, p);
    return source ? (int)(source - s->names->sources) : -1;
}

int page_colour(const struct story *s, int thread)
{
    for (int i = 0; i < s->n_threads; i++) {
        if (s->threads[i] == thread)
            return i % 6;
    }
    return 0;
}

void page_write_object(FILE *out, const struct story *s,
                       const struct step *step)
{
    char *text;
    FILE *name = need_stream(&text);

    if (step->op == OP_JOIN)
        fprintf(name, "the end of %s", s->titles[step->other]);
    else
        names_write(s->names, step->object, 0, name);
    fclose(name);
    page_escape(out, text);
    free(text);
}
