/* laws.h -- how a count grows with the number of cores, and whether two orders
   agree: pure functions.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_SIM_LAWS_H
#define BENCH_SIM_LAWS_H

#include <stddef.h>

enum { LAW_POINTS = 3, LAW_MOST = 64 }; /* fewer points tell nothing */

/* y = slope * n + offset, for the cores from `from` on.  */
struct law {
    enum { LAW_NONE, LAW_CONSTANT, LAW_LINEAR } kind;
    double slope, offset;
    double from;
};

/* Finds the law of the points, whose x increase: the one of as many of the last
   points as there can be that keeps within 5 % of each.  */
struct law law_find(const double *x, const double *y, size_t n);

/* Kendall's rank correlation of two rows (M. Kendall, "A new measure of rank
   correlation", 1938), tau-a: 1 if they have the same order, -1 if each has the
   other's backwards; a tie counts as neither.  NaN of fewer than 2.  */
double law_kendall(const double *x, const double *y, size_t n);

#endif
