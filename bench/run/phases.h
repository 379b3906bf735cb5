/* phases.h -- lets the threads of a run go through its phases.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_PHASES_H
#define BENCH_PHASES_H

#include "run/run.h"

/* All counts at one time.  */
struct reading {
    int64_t time;
    int64_t cpu;    /* of the process, without who runs beside */
    int64_t kernel; /* of the CPU time, as far as timer interrupts show */
    uint64_t switches;
    uint64_t handovers;
    uint64_t futexes;
    uint64_t ops[MAX_THREADS + 1];
    uint64_t beside;
};

/* The counts around COUNTED, and around TIMED, and what those beside did
   alone.  */
struct readings {
    struct reading begin;
    struct reading end;
    struct reading timed_begin;
    struct reading timed_end;
    double traced_futexes; /* during TIMED; NaN if not known */
    double beside_alone;   /* their operations a second */
};

/* Runs it.  Returns false if its threads hang; then they still run.  */
bool phases_run(struct run *run, struct readings *readings);

#endif
