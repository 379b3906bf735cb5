/* stats.c -- see stats.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "results/stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"

enum {
    RESAMPLES = 2000,
    TAIL = RESAMPLES / 40, /* 2.5 % on each side */
};

const char *const stats_verdict_words[VERDICTS] = {
    [FASTER] = "faster",
    [SLOWER] = "slower",
    [NO_DIFFERENCE] = "no difference shown",
    [TOO_FEW] = "too few blocks",
};

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double stats_sort(double *x, size_t n)
{
    qsort(x, n, sizeof *x, compare);
    return (x[(n - 1) / 2] + x[n / 2]) / 2;
}

double stats_median(const double *x, size_t n)
{
    double copy[STATS_MAX];
    memcpy(copy, x, n * sizeof *x);
    return stats_sort(copy, n);
}

/* The middle two of a resample of sorted numbers, by their places.  */
struct middle {
    uint16_t low;
    uint16_t high;
};

/* Resamples of n numbers, kept because a report asks for thousands of
   intervals of the same n; in order, since what is nearly sorted is sorted
   quickly.  */
struct resamples {
    size_t n;
    struct middle middles[RESAMPLES];
};

static int compare_middles(const void *a, const void *b)
{
    const struct middle *x = a, *y = b;
    return x->low + x->high - (y->low + y->high);
}

/* Finds the middle two of n numbers below n, of each so many.  */
static struct middle find_middle(const uint16_t *counts, size_t n)
{
    struct middle middle;
    size_t seen = counts[0], i = 0;

    while (seen < (n + 1) / 2)
        seen += counts[++i];
    middle.low = (uint16_t)i;
    while (seen < n / 2 + 1)
        seen += counts[++i];
    middle.high = (uint16_t)i;
    return middle;
}

/* Returns the resamples of n numbers.  */
static const struct resamples *draw(size_t n)
{
    static struct resamples drawn;
    uint64_t seed = 1;

    if (drawn.n == n)
        return &drawn;
    for (size_t i = 0; i < RESAMPLES; i++) {
        uint16_t counts[STATS_MAX] = {0};
        for (size_t k = 0; k < n; k++)
            counts[random_below(&seed, (uint32_t)n)]++;
        drawn.middles[i] = find_middle(counts, n);
    }
    qsort(drawn.middles, RESAMPLES, sizeof *drawn.middles, compare_middles);
    drawn.n = n;
    return &drawn;
}

/* Writes the medians of all resamples, and returns that of x itself.  */
static double resample(const double *x, size_t n, double *medians)
{
    const struct resamples *drawn = draw(n);
    double sorted[STATS_MAX], median;

    memcpy(sorted, x, n * sizeof *x);
    median = stats_sort(sorted, n);
    for (size_t i = 0; i < RESAMPLES; i++) {
        const struct middle *middle = &drawn->middles[i];
        medians[i] = (sorted[middle->low] + sorted[middle->high]) / 2;
    }
    return median;
}

/* Takes what the resamples came to, in any order.  */
static struct interval interval_of(double median, double *resampled)
{
    qsort(resampled, RESAMPLES, sizeof *resampled, compare);
    return (struct interval){.median = median,
                             .low = resampled[TAIL - 1],
                             .high = resampled[RESAMPLES - TAIL]};
}

struct interval stats_interval(const double *x, size_t n)
{
    double medians[RESAMPLES];
    double median = resample(x, n, medians);
    return interval_of(median, medians);
}

/* Shuffles, so that resamples of two samples meet by chance.  */
static void shuffle(double *x, size_t n)
{
    uint64_t seed = 2;
    for (size_t i = n; i > 1; i--) {
        size_t k = random_below(&seed, (uint32_t)i);
        double last = x[i - 1];
        x[i - 1] = x[k];
        x[k] = last;
    }
}

struct interval stats_quotient(const double *x, size_t n, const double *y,
                               size_t m)
{
    double over[RESAMPLES], under[RESAMPLES];
    double median = resample(x, n, over) / resample(y, m, under);

    shuffle(under, RESAMPLES);
    for (size_t i = 0; i < RESAMPLES; i++)
        over[i] /= under[i];
    return interval_of(median, over);
}

/* Returns the robust standard deviation of x from their median; of numbers
   more than half of which are equal, what their mean deviation says.  */
static double deviation(const double *x, size_t n, double median)
{
    double distances[STATS_MAX], sum = 0, middle;

    for (size_t i = 0; i < n; i++) {
        distances[i] = fabs(x[i] - median);
        sum += distances[i];
    }
    middle = stats_sort(distances, n);
    return middle > 0 ? 1.4826 * middle : 1.2533 * sum / (double)n;
}

bool stats_is_outlier(double value, const double *x, size_t n)
{
    double median;

    if (n < STATS_MIN_BLOCKS)
        return false;
    median = stats_median(x, n);
    return fabs(value - median) > 3.5 * deviation(x, n, median);
}

double stats_geomean(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += log(x[i]);
    return n > 0 ? exp(sum / (double)n) : (double)NAN;
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
