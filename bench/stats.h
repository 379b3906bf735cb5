/* stats.h -- the arithmetic behind the table: pure functions.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_STATS_H
#define BENCH_STATS_H

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

enum verdict { FASTER, SLOWER, NO_DIFFERENCE, TOO_FEW };

/* Returns the median of x[0 .. n - 1], 1 <= n <= STATS_MAX.  */
double stats_median(const double *x, size_t n);

/* Returns the median and its 95 % interval: the percentile bootstrap (Efron,
   1979), with the same resamples for the same n.  */
struct interval stats_interval(const double *x, size_t n);

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
