/* histogram.c -- see histogram.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "results/histogram.h"

#include <math.h>

enum { PARTS = 1 << HISTOGRAM_PART_BITS };

unsigned histogram_bucket(uint64_t ns)
{
    unsigned octave;

    if (ns < PARTS)
        return (unsigned)ns;
    if (ns >> HISTOGRAM_BITS)
        return HISTOGRAM_BUCKETS - 1;
    octave = 63 - (unsigned)__builtin_clzll(ns) - HISTOGRAM_PART_BITS;
    return (octave << HISTOGRAM_PART_BITS) + (unsigned)(ns >> octave);
}

uint64_t histogram_floor(unsigned bucket)
{
    unsigned octave = bucket >> HISTOGRAM_PART_BITS;

    if (octave == 0)
        return bucket;
    return (uint64_t)(bucket % PARTS + PARTS) << (octave - 1);
}

void histogram_add(struct histogram *h, uint64_t ns)
{
    h->counts[histogram_bucket(ns)]++;
}

void histogram_merge(struct histogram *h, const struct histogram *from)
{
    for (unsigned i = 0; i < HISTOGRAM_BUCKETS; i++)
        h->counts[i] += from->counts[i];
}

uint64_t histogram_total(const struct histogram *h)
{
    uint64_t total = 0;
    for (unsigned i = 0; i < HISTOGRAM_BUCKETS; i++)
        total += h->counts[i];
    return total;
}

/* The middle of a bucket.  */
static double middle(unsigned bucket)
{
    return (double)(histogram_floor(bucket) + histogram_floor(bucket + 1) - 1)
           / 2;
}

double histogram_mean(const struct histogram *h)
{
    uint64_t total = histogram_total(h);
    double sum = 0;

    for (unsigned i = 0; i < HISTOGRAM_BUCKETS; i++)
        sum += (double)h->counts[i] * middle(i);
    return total > 0 ? sum / (double)total : (double)NAN;
}

double histogram_quantile(const struct histogram *h, double share)
{
    uint64_t total = histogram_total(h), seen = 0;
    double rank = share * (double)total;
    unsigned i = 0;

    if ((double)total * (1 - share) < 1 - 1e-9)
        return (double)NAN;
    for (; i < HISTOGRAM_BUCKETS - 1; i++) {
        seen += h->counts[i];
        if (seen > 0 && (double)seen >= rank)
            break;
    }
    return middle(i);
}
