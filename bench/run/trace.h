/* trace.h -- who wanted, got and released a lock when, and what that tells.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_TRACE_H
#define BENCH_TRACE_H

#include <stddef.h>
#include <stdint.h>

enum {
    TRACE_MAX = 1 << 16, /* holds that are noted, of the first in a run */
    TRACE_WINDOW = 10,   /* holds of a thread, for short-term fairness */
};

/* One time that a thread held the lock, in ns.  */
struct hold {
    int64_t wanted;
    int64_t got;
    int64_t released;
    uint64_t number; /* of all holds, also those that are not noted */
    unsigned holder;
};

/* The holds in their order; written by who holds the lock.  */
struct trace {
    struct hold *holds; /* NULL if none are noted; room for one a thread more
                           than TRACE_MAX, lest a lock that lets several in
                           does harm */
    unsigned n;
};

/* What a trace tells; NaN where there are too few holds.  */
struct trace_facts {
    double idle;       /* share of the time that it was free and wanted */
    double idle_max;   /* the longest such time, in ns */
    double jain_short; /* mean of Jain's index over windows of TRACE_WINDOW
                          holds a thread */
};

/* Returns what n holds by so many threads tell.  Who wanted the lock and did
   not get it before the end of the trace is not in it.  A look at the clock,
   of which one lies in each idle time, costs `clock` ns.  */
struct trace_facts trace_tell(const struct hold *holds, size_t n,
                              unsigned threads, int64_t clock);

#endif
