/* panels.h -- what charts of one row a peer have in common: panels side by
   side, each of one metric in one cell.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_PANELS_H
#define BENCH_PANELS_H

#include "html/picture.h"

enum { MAX_PANELS = 4 };

enum panel_kind { RATIOS, BARS };

struct panel {
    enum panel_kind kind;
    unsigned cell;
    enum metric metric; /* of bars */
    enum metric part;   /* of the bar, at its end; RATE: none */
    double factor;      /* from the metric to the quantity */
    struct axis axis;   /* its scale is worked out */
    char title[40];
    struct box box; /* worked out */
};

struct panels {
    const struct picture *p;
    const char *title;
    bool share_scale;
    unsigned n;
    struct panel all[MAX_PANELS];
    unsigned n_rows; /* worked out, as the rest */
    const struct entry **rows;
};

/* Adds copies of the panel, at most so many: for the first cell that it has
   something in, for the last, and for some between.  */
void panels_add(struct panels *c, struct panel like, unsigned most);

/* Draws it all; the rows are in the order of the last panel.  */
void panels_draw(struct panels *c);

#endif
