/* random.h -- a small generator: the shuffles, the resamples, and the work that
   threads do in and out of a critical section.

   Each step needs the result of the one before, so no compiler and no
   processor can take a step out or do two at once.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_RANDOM_H
#define BENCH_RANDOM_H

#include <stdint.h>

/* Knuth's MMIX generator; its upper half is the random one.  */
static inline void random_step(uint64_t *seed)
{
    *seed =
        *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
}

/* Returns a number from 0 to n - 1.  */
static inline uint32_t random_below(uint64_t *seed, uint32_t n)
{
    random_step(seed);
    return (uint32_t)(((*seed >> 32) * n) >> 32);
}

#endif
