/* charts.h -- the pictures of a group of cells.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_CHARTS_H
#define BENCH_CHARTS_H

#include "html/group.h"
#include "html/picture.h"

struct chart {
    const char *name; /* in the name of its file */
    const char *how;  /* to read it; sentences */
    bool (*applies)(const struct group *g);
    void (*draw)(const struct picture *p);
};

enum { CHARTS = 8 };

extern const struct chart charts[CHARTS];

/* Draws one; in a page or in a file of its own.  */
void chart_draw(const struct chart *c, const struct group *g, FILE *out,
                bool is_alone);

#endif
