/* stats.h -- the arithmetic behind the table: pure functions.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_STATS_H
#define BENCH_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    STATS_MAX = 1000,     /* numbers, at most, in one call */
    STATS_MIN_BLOCKS = 6, /* below, no verdict: with 5 blocks all of them lie
                             on one side of 1 by chance once in 16 times */
};

struct interval {
    double median;
    double low;
    double high;
};

enum verdict { FASTER, SLOWER, NO_DIFFERENCE, TOO_FEW, VERDICTS };

/* In words.  */
extern const char *const stats_verdict_words[VERDICTS];

/* Returns the median of x[0 .. n - 1], 1 <= n <= STATS_MAX.  */
double stats_median(const double *x, size_t n);

/* Sorts x, of any length, and returns its median.  */
double stats_sort(double *x, size_t n);

/* Returns the median and its 95 % interval: the percentile bootstrap (Efron,
   1979), with the same resamples for the same n.  */
struct interval stats_interval(const double *x, size_t n);

/* Returns the quotient of the medians of two samples that are independent of
   each other, x over y, and its 95 % interval: both are resampled.  */
struct interval stats_quotient(const double *x, size_t n, const double *y,
                               size_t m);

/* Returns whether `value`, one of x, lies more than 3.5 robust standard
   deviations from their median (modified Z-score; Iglewicz and Hoaglin, 1993).
   False of less than STATS_MIN_BLOCKS numbers, which can't tell.  */
bool stats_is_outlier(double value, const double *x, size_t n);

/* Returns the geometric mean of n positive numbers; NaN of none.  */
double stats_geomean(const double *x, size_t n);

/* Returns Jain's index of n shares (Jain, Chiu and Hawe, 1984): 1 if all are
   equal, 1/n if one has it all.  */
double stats_jain(const double *x, size_t n);

/* Returns by what factor, at least 1, one and the same thing differed from
   itself: the end of the interval `same` that lies farther from 1.  */
double stats_noise(struct interval same);

/* Judges the ratio of two speeds, from `blocks` blocks, where the same speed
   differed from itself by `noise`.  A difference is shown if the interval of
   the ratio has all of it on one side of 1 and the median exceeds the
   noise.  */
enum verdict stats_verdict(struct interval ratio, double noise, size_t blocks);

#endif
