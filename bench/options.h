/* options.h -- the arguments.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_OPTIONS_H
#define BENCH_OPTIONS_H

#include <stdbool.h>

#include "harness.h"

enum { MAX_LIST = 16 };

_Static_assert(PRIMITIVES *MAX_LIST <= MAX_CELLS, "all cells have room");

/* What to measure.  */
struct options {
    unsigned threads[MAX_LIST];
    unsigned n_threads;
    bool primitive[PRIMITIVES];
    const struct peer *peers[MAX_PEERS];
    unsigned n_peers;
    const struct peer *against;
    double seconds;
    long blocks;
    long cs;  /* < 0: by default, which depends on the threads */
    long ncs; /* the same */
    bool quick;
};

/* Reads the arguments.  Does not return if one is wrong, or asks for help. */
void read_options(struct options *o, int argc, char **argv);

/* Says, in a sentence without its full stop, what is wrong with the arguments,
   and exits with 2.  */
_Noreturn void refuse(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

#endif
