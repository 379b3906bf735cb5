/* turns.h -- the turns of simulated cores at one lock.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_SIM_TURNS_H
#define BENCH_SIM_TURNS_H

#include "explore/simulate/simulate.h"
#include "run/run.h"

enum { SIM_LINES_MOST = 16 };

/* Until so many turns were had nothing counts, and after so many more the cores
   leave as they come out.  */
struct turns_settings {
    uint64_t warm_up, counted;
    unsigned lines;   /* that a section writes */
    uint32_t cs, ncs; /* ns of work inside, and outside, on average */
    uint64_t seed;
};

/* What is known at one moment.  */
struct turns_mark {
    struct simulation_counts counts;
    int64_t at; /* ns */
    uint64_t handovers;
};

struct turns {
    struct turns_settings settings;
    uint64_t had;
    int holder, last;         /* or -1 */
    bool was_violated;        /* two were in a section */
    uint64_t handovers;       /* turns of another core than the last */
    uint64_t by[MAX_THREADS]; /* counted turns of each */
    struct turns_mark begin, end;
};

extern struct turns turns;

void turns_begin(const struct turns_settings *s);

#endif
