/* figure.h -- numbers as a reader sees them: three digits and a unit.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_FIGURE_H
#define BENCH_FIGURE_H

#include "results/results.h"
#include "results/stats.h"

/* A number in print.  That of a NaN is "n/a".  */
struct figure {
    char text[24];
};

/* "14.1M", "1.18", "0.012": 5 characters at most.  */
struct figure figure_count(double x);

/* "1.90us": 6 characters at most.  */
struct figure figure_time(double ns);

/* The same as figure_time, as it is in a sentence: "1.90 us".  */
struct figure figure_spaced_time(double ns);

/* "38%", of 0.38; "0.4%".  */
struct figure figure_share(double x);

/* A value of that metric, as the one of these three that it is.  */
struct figure figure_of(enum metric m, double x);

/* The ends alone: "[1.15,1.21]", 13 characters at most.  */
struct figure figure_ends(struct interval x);

/* "1.18 [1.15,1.21]" */
struct figure figure_interval(struct interval x);

#endif
