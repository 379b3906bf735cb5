/* histogram.h -- times, counted in buckets that grow with them.

   Each power of two has 8 buckets, so that a time is known to 12 % whatever
   its size (the log-linear buckets of G. Tene's HdrHistogram, 2012).

   SPDX-License-Identifier: MIT */

#ifndef BENCH_HISTOGRAM_H
#define BENCH_HISTOGRAM_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    HISTOGRAM_PART_BITS = 3,
    HISTOGRAM_BITS = 40, /* longer times, 18 minutes, count as this long */
    HISTOGRAM_BUCKETS = (HISTOGRAM_BITS - HISTOGRAM_PART_BITS + 1)
                        << HISTOGRAM_PART_BITS,
};

struct histogram {
    uint64_t counts[HISTOGRAM_BUCKETS];
};

/* Counts a time.  */
void histogram_add(struct histogram *h, uint64_t ns);

/* Counts all that `from` counted.  */
void histogram_merge(struct histogram *h, const struct histogram *from);

/* Returns how many times it counted.  */
uint64_t histogram_total(const struct histogram *h);

/* Returns the bucket of a time.  */
unsigned histogram_bucket(uint64_t ns);

/* Returns the least time of a bucket; of HISTOGRAM_BUCKETS, the end of the
   last.  */
uint64_t histogram_floor(unsigned bucket);

/* Returns the mean of all, each the middle of its bucket; NaN of none.  */
double histogram_mean(const struct histogram *h);

/* Returns the time that `share` of all (0.99: 99 of 100) are not above: the
   middle of its bucket.  NaN if there are too few to tell: fewer than
   1 / (1 - share).  */
double histogram_quantile(const struct histogram *h, double share);

#ifdef __cplusplus
}
#endif

#endif
