/* goals.h -- what this library has to be able to do, next to whom: the table
   that `contention goals` measures and judges.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_GOALS_GOALS_H
#define BENCH_GOALS_GOALS_H

#include <stdbool.h>

#include "results/results.h"

enum {
    TWICE_THE_CPUS = 0, /* as a number of threads */
    MAX_FIELDS = 2,
    MAX_ASKS = 64, /* cells of a field */
};

/* What is compared; of all less is better, but of shares.  */
enum measure {
    TIME,         /* of an operation */
    CPU_TIME,     /* of an operation, of all threads */
    MEAN_WAIT,    /* of a run */
    LONGEST_WAIT, /* of a run */
    FAIR_SHARES,  /* Jain's index */
};

/* Whom it is compared with.  */
enum rivals {
    NOBODY,      /* the limit is the figure's own */
    THE_C_LIB,   /* glibc, where that is the C library */
    PARKING_LOT, /* Rust's */
    BEST,        /* in each cell, of all that park */
    BEST_OF_ALL, /* of all that park, the best over all cells */
    MUTEX_BUILT, /* the best of what is built with a mutex */
    PLAIN_LOAD,  /* a load of one word */
    UNTIMED,     /* the library itself, without a deadline */
};

/* Whether each cell has to hold, or their geometric mean.  */
enum scope { EACH_CELL, MEAN_OF_CELLS };

/* Cells that differ in few things: all combinations of the words.  */
struct field {
    const char *primitives; /* words */
    const char *workload;
    const char *threads; /* numbers, or NULL: 1; 0: TWICE_THE_CPUS */
    const char *work;    /* pairs of ns, "cs:outside", or NULL: 0:0 */
    enum binding pin;
    bool is_beside;  /* a compute thread on each CPU */
    double length;   /* of a run, in the plan's; 0: 1 */
    double seconds;  /* if > 0, the length in seconds */
    unsigned blocks; /* if > 0, in that many only */
};

struct goal {
    const char *text;
    enum measure measure;
    enum rivals rivals;
    enum scope scope;
    double limit; /* of the ratio; 0: what the noise floor of the cell is */
    struct field fields[MAX_FIELDS]; /* up to one without primitives */
};

/* The table; ends with a NULL text.  */
extern const struct goal goal_table[];

/* A cell that a field stands for.  */
struct ask {
    char primitive[24];
    const struct field *field;
    unsigned threads;
    double cs;
    double ncs;
};

/* Writes all cells of a field, MAX_ASKS at most.  Returns how many.  */
unsigned field_expand(const struct field *f, struct ask *asks);

/* Returns the cell that was asked for, or NULL.  */
const struct cell *ask_find(const struct ask *ask, const struct results *r);

/* Whether the peer is one of those rivals with that primitive.  Whoever is the
   library itself is not.  */
bool rivals_include(enum rivals rivals, const char *peer,
                    const char *primitive);

/* Whether the peer is measured for the goal: the library, or a rival.  */
bool goal_wants(const struct goal *g, const char *peer, const char *primitive);

/* Returns the name of whom the goal is for.  */
const char *goal_hero(const struct goal *g);

#endif
