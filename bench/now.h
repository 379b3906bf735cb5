/* now.h -- the time, to measure others by.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_NOW_H
#define BENCH_NOW_H

#include <time.h>

/* Returns the seconds on a clock that nobody sets.  */
static inline double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

#endif
