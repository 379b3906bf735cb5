/* lines.c -- see lines.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "html/lines.h"

#include <math.h>
#include <stdlib.h>

enum { LABEL_GAP = 16 }; /* between labels, at least */

const struct box lines_box = {68, 56, 508, 326};

bool line_is_known(struct point a)
{
    return !isnan(a.y);
}

void line_draw(FILE *out, const char *class, const struct point *points,
               unsigned n)
{
    svg_path(out, class);
    for (unsigned i = 0; i < n; i++) {
        bool joins = i > 0 && line_is_known(points[i - 1]);
        if (line_is_known(points[i]))
            svg_pen(out, joins ? 'L' : 'M', points[i].x, points[i].y);
    }
    svg_path_end(out);
}

static int compare_labels(const void *a, const void *b)
{
    const struct label *x = a, *y = b;
    return (x->y > y->y) - (x->y < y->y);
}

/* Moves labels apart, downwards, and back up from the end.  */
static void spread(struct label *labels, unsigned n, double end)
{
    qsort(labels, n, sizeof *labels, compare_labels);
    for (unsigned i = 1; i < n; i++)
        labels[i].y = fmax(labels[i].y, labels[i - 1].y + LABEL_GAP);
    for (unsigned i = n; i-- > 0;) {
        labels[i].y = fmin(labels[i].y, end);
        end = labels[i].y - LABEL_GAP;
    }
}

static void draw_label(const struct picture *p, const struct label *l)
{
    double left = lines_box.right + 18, right = left + 14;

    picture_begin_entry(p, l->entry);
    if (line_is_known(l->end))
        svg_line(p->out, "q",
                 (struct box){l->end.x + 5, l->end.y, left - 3, l->y});
    svg_line(p->out, "l", (struct box){left, l->y, right, l->y});
    svg_path(p->out, "k");
    svg_mark(p->out, (left + right) / 2, l->y, l->entry->look);
    svg_path_end(p->out);
    svg_text(p->out, "y", right + 5, l->y + 4, l->entry->peer);
    picture_end_entry(p);
}

static void draw_others(const struct picture *p, unsigned n)
{
    double left = lines_box.right + 18;
    char text[40];

    if (n == 0)
        return;
    snprintf(text, sizeof text, n > 1 ? "%u others" : "%u other", n);
    fputs("<g class=\"o\">", p->out);
    svg_line(p->out, "l",
             (struct box){left, lines_box.bottom - 4, left + 14,
                          lines_box.bottom - 4});
    svg_text(p->out, "t", left + 19, lines_box.bottom, text);
    picture_end_entry(p);
}

void lines_label(const struct picture *p, struct label *labels, unsigned n,
                 unsigned others)
{
    spread(labels, n, lines_box.bottom - (others > 0 ? 24 : 4));
    for (unsigned i = 0; i < n; i++)
        draw_label(p, &labels[i]);
    draw_others(p, others);
}

const struct entry *lines_layer(const struct group *g, unsigned *level,
                                const struct entry *last)
{
    static const enum look order[] = {OTHER, RIVAL + 3, RIVAL + 2, RIVAL + 1,
                                      RIVAL, BASE,      OWN};
    unsigned i = last ? (unsigned)(last - g->entries) + 1 : 0;

    for (; *level < sizeof order / sizeof *order; ++*level, i = 0) {
        for (; i < g->n_entries; i++) {
            if (g->entries[i].look == order[*level])
                return &g->entries[i];
        }
    }
    return NULL;
}
