/* units.h -- numbers as a reader sees them: "1.5 M/s", "200 ns".

   SPDX-License-Identifier: MIT */

#ifndef BENCH_UNITS_H
#define BENCH_UNITS_H

#include <stddef.h>

#include "results/results.h"
#include "results/stats.h"

enum { UNITS_SIZE = 48 };

enum quantity {
    PER_SECOND,
    NANOSECONDS,
    SHARE,  /* shown as a percentage */
    FACTOR, /* a ratio, or an index of fairness */
    COUNT,
};

/* What a metric is a quantity of.  */
extern const enum quantity metric_quantities[METRICS];

/* Writes a value with its unit, in three digits; "n/a" for NaN.  */
void units_write(char text[UNITS_SIZE], double value, enum quantity q);

/* The same without zeros at the end: "200 ns".  */
void units_write_round(char text[UNITS_SIZE], double value, enum quantity q);

/* Writes the ends of an interval in the unit that its median has, and without
   it: "13.9-14.3"; nothing if they look the same.  */
void units_write_ends(char text[UNITS_SIZE], struct interval x,
                      enum quantity q);

#endif
