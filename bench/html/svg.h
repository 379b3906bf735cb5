/* svg.h -- pictures: shapes, scales and axes as SVG.

   Positions are in pixels of a picture SVG_WIDTH wide.  Colours are of classes
   that style.h defines.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_SVG_H
#define BENCH_SVG_H

#include <stdbool.h>
#include <stdio.h>

#include "html/units.h"

enum { SVG_WIDTH = 640, SVG_TICKS = 16 };

/* What is said of a picture.  */
struct svg_head {
    const char *title;
    const char *of;   /* which measurements it shows */
    const char *text; /* how to read it */
    double height;
    bool is_alone; /* in a file of its own, not in a page */
};

void svg_begin(FILE *out, const struct svg_head *head);
void svg_end(FILE *out);

/* Writes text where XML or HTML has text or a quoted attribute.  */
void svg_escape(FILE *out, const char *text);

struct box {
    double left, top, right, bottom;
};

void svg_line(FILE *out, const char *class, struct box ends);
void svg_rect(FILE *out, const char *class, struct box b);

/* Text that begins at x, or is around it or ends there as its class says: "m",
   "e".  */
void svg_text(FILE *out, const char *class, double x, double y,
              const char *text);

/* A path, of any number of parts.  The pen is 'M', to begin a part, or 'L'.  A
   span is a line from side to side.  */
void svg_path(FILE *out, const char *class);
void svg_pen(FILE *out, char pen, double x, double y);
void svg_span(FILE *out, double y, double from, double to);
void svg_path_end(FILE *out);

/* Adds to a path of class "k" a mark: the shape of that number.  */
void svg_mark(FILE *out, double x, double y, unsigned shape);

/* From values to pixels; values beyond are drawn at the end.  */
struct scale {
    double low, high;
    double begin, end;
    bool is_log;
    double room; /* pixels that a tick's label takes; 0: as usual */
};

double scale_at(const struct scale *s, double value);

/* Moves its ends outwards to round values.  */
void scale_round(struct scale *s);

/* Returns how many round values to show.  */
unsigned scale_ticks(const struct scale *s, double ticks[SVG_TICKS]);

struct axis {
    struct scale scale;
    enum quantity quantity;
    const char *title;
};

/* Draw an axis with its grid below or left of the box.  */
void svg_x_axis(FILE *out, const struct axis *a, struct box b);
void svg_y_axis(FILE *out, const struct axis *a, struct box b);

#endif
