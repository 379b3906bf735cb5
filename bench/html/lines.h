/* lines.h -- what charts of one line a peer have in common.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_LINES_H
#define BENCH_LINES_H

#include "html/picture.h"

enum { LINES_HEIGHT = 372 };

/* Where the lines are; right of it are their labels.  */
extern const struct box lines_box;

/* A point of a line, or a gap in it: NaN.  */
struct point {
    double x, y;
};

bool line_is_known(struct point a);

/* Draws a line through the points; not through gaps.  */
void line_draw(FILE *out, const char *class, const struct point *points,
               unsigned n);

/* A label right of the lines, about as high as `y`.  */
struct label {
    const struct entry *entry;
    struct point end; /* of its line; a gap: not connected with it */
    double y;
};

/* Draws the labels, one for each look but OTHER at most, and says how many
   others there are.  */
void lines_label(const struct picture *p, struct label *labels, unsigned n,
                 unsigned others);

/* Returns the entry after `last`, NULL: the first, in such an order that the
   most important are drawn last, on top; NULL: no more.  *level begins as
   0.  */
const struct entry *lines_layer(const struct group *g, unsigned *level,
                                const struct entry *last);

#endif
