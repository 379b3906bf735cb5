/* workloads.h -- the questions that can be asked: a name, a loop, and how much
   of what its threads do.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_WORKLOADS_H
#define BENCH_WORKLOADS_H

#include <stdbool.h>

#include "results/results.h"

/* What numbers of threads a workload has a meaning for.  */
enum fit { FITS_ANY, FITS_ONE, FITS_SEVERAL, FITS_ONE_OR_PAIRS };

/* Which options it listens to.  */
enum {
    USES_CS = 1,
    USES_NCS = 2,
    USES_LOCKS = 4,
    USES_WORK = USES_CS | USES_NCS,
};

enum { MAX_GRID = 12 };

/* One point of a workload: work in ns.  */
struct work {
    double cs;
    double ncs;
    unsigned locks; /* 0: one */
};

struct workload {
    const char *primitive;
    const char *name;
    const char *loop;      /* of the peers' programs */
    const char *operation; /* what is counted, in words */
    const char *waiting;   /* what the waits are the time of, or NULL */
    const char *extra;     /* further keys for the programs, or NULL */
    enum fit fits;
    unsigned uses;
    int permits;         /* 0: one; HALF: one for two threads */
    bool ncs_by_thread;  /* outside is for each thread, and not to be set */
    bool is_beside;      /* a compute thread on each CPU */
    bool is_brief;       /* nobody waits, so little time tells as much */
    bool is_grid;        /* so many cells that 2 and 8 threads have to do */
    bool oversubscribes; /* with four threads a CPU, if nobody says how many */
    const char *threads; /* in the default table, or NULL: not in it */
    struct work grid[MAX_GRID]; /* the first, and up to one of all zeros */
};

enum { HALF = -1 };

/* All workloads; ends with a NULL primitive.  */
extern const struct workload workloads[];

extern const char *const primitive_names[];
enum { PRIMITIVES = 7 };

bool workload_fits(const struct workload *w, unsigned threads);

#endif
