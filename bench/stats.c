/* stats.c -- see stats.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "stats.h"

#include <stdlib.h>
#include <string.h>

#include "random.h"

enum {
    RESAMPLES = 2000,
    TAIL = RESAMPLES / 40, /* 2.5 % on each side */
};

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sorts x, and returns its median.  */
static double sorted_median(double *x, size_t n)
{
    qsort(x, n, sizeof *x, compare);
    return (x[(n - 1) / 2] + x[n / 2]) / 2;
}

double stats_median(const double *x, size_t n)
{
    double copy[STATS_MAX];
    memcpy(copy, x, n * sizeof *x);
    return sorted_median(copy, n);
}

static double resampled_median(const double *x, size_t n, uint64_t *seed)
{
    double drawn[STATS_MAX];
    for (size_t i = 0; i < n; i++)
        drawn[i] = x[random_below(seed, (uint32_t)n)];
    return sorted_median(drawn, n);
}

struct interval stats_interval(const double *x, size_t n)
{
    double medians[RESAMPLES];
    uint64_t seed = 1;

    for (size_t i = 0; i < RESAMPLES; i++)
        medians[i] = resampled_median(x, n, &seed);
    qsort(medians, RESAMPLES, sizeof *medians, compare);
    return (struct interval){.median = stats_median(x, n),
                             .low = medians[TAIL - 1],
                             .high = medians[RESAMPLES - TAIL]};
}

double stats_jain(const double *x, size_t n)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        sum += x[i];
        squares += x[i] * x[i];
    }
    return squares > 0 ? sum * sum / ((double)n * squares) : 1;
}

double stats_noise(struct interval same)
{
    double noise = same.high > 1 / same.low ? same.high : 1 / same.low;
    return noise > 1 ? noise : 1;
}

enum verdict stats_verdict(struct interval ratio, double noise, size_t blocks)
{
    if (blocks < STATS_MIN_BLOCKS)
        return TOO_FEW;
    if (ratio.low > 1 && ratio.median > noise)
        return FASTER;
    if (ratio.high < 1 && ratio.median < 1 / noise)
        return SLOWER;
    return NO_DIFFERENCE;
}
