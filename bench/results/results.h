/* results.h -- all that a contest measured, as it is in the JSON: what every
   report is made from.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_RESULTS_H
#define BENCH_RESULTS_H

#include <stdbool.h>
#include <stddef.h>

#include "results/histogram.h"

enum { RESULTS_SCHEMA = 1 };

/* What one run of one peer gives; NaN where it is not known.  */
enum metric {
    RATE,       /* operations a second, all threads together */
    HANDOVER,   /* share of the acquisitions by another thread than the last */
    WAIT_MEAN,  /* ns */
    WAIT_P50,   /* ns */
    WAIT_P99,   /* ns */
    WAIT_P999,  /* ns */
    WAIT_MAX,   /* ns */
    IDLE,       /* share of the time that it was free and wanted */
    IDLE_MAX,   /* the longest such time, ns */
    JAIN,       /* fairness over the run */
    JAIN_SHORT, /* fairness over 10 acquisitions a thread */
    BYPASS,     /* most acquisitions by others during one wait */
    CPU,        /* processor seconds of a million operations */
    KERNEL,     /* those of them that the kernel used */
    SWITCHES,   /* context switches of a thousand operations */
    FUTEXES,    /* futex calls of a thousand operations */
    BESIDE,     /* share of its speed alone that a bystander kept */
    WAKE_FIRST, /* one call wakes n: until the first has run, ns */
    WAKE_MEDIAN,
    WAKE_LAST,
    WAKES, /* wake-ups of a waiter for one that is of use */
    METRICS
};

struct metric_info {
    const char *key;   /* in JSON and CSV */
    const char *title; /* of a column */
    const char *unit;
    const char *meaning; /* in words, without its full stop */
    int better;          /* 1: more is better; -1: less; 0: neither */
};

extern const struct metric_info metric_infos[METRICS];

/* One run.  */
struct sample {
    bool is_there;
    bool is_outlier; /* marked, and kept */
    double values[METRICS];
    double *shares; /* operations by thread, or NULL */
};

/* Who takes part in a cell.  */
struct contestant {
    char *peer;
    char *fault;             /* why it is out of the contest, or NULL */
    struct sample *samples;  /* one a block */
    struct histogram waits;  /* of all blocks */
    unsigned short *holders; /* who held it, in the order of holding; first */
    unsigned n_holders;      /*   run only */
};

/* Which CPUs the threads are bound to; numbered as for the peers' programs.  */
enum binding { UNBOUND, BOUND_EACH, BOUND_ONE, BINDINGS };

/* How many threads do how much.  Times as asked for, in ns.  */
struct shape {
    unsigned threads;
    double cs;        /* in the critical section */
    double ncs;       /* outside, on average */
    unsigned locks;   /* that threads choose from */
    unsigned permits; /* of a semaphore, depth of an rlock, slots of a buffer */
    unsigned beside;  /* compute threads that run beside */
    enum binding pin;
    bool shake; /* the number of threads changes at random */
};

enum { BASELINES = 2 };

/* One question to several peers.  The last two contestants are the baseline,
   twice: the others are compared with it, and it with itself.  */
struct cell {
    char *primitive; /* "lock" */
    char *workload;  /* "mutexbench-moderate" */
    char *operation; /* what is counted, in words */
    char *waiting;   /* what the waits are the time of, in words; or NULL */
    struct shape shape;
    unsigned count;
    struct contestant *contestants;
};

/* A line about the machine: "kernel", "Linux 6.1.0".  */
struct fact {
    char *key;
    char *value;
};

/* A peer that was not there: "nsync", "libnsync-dev is not installed".  Also,
   with a primitive, one that has nothing to offer: "nsync: rlock", "it has
   none".  */
struct absence {
    char *peer;
    char *reason;
};

struct results {
    char *command; /* to repeat it */
    char *date;    /* of its begin, ISO 8601, UTC */
    char *against; /* the baseline */
    bool is_cut;   /* it was interrupted: fewer blocks than planned */
    unsigned planned;
    unsigned blocks; /* that are finished */
    double seconds;  /* of a run */
    double step;     /* of work, in ns */
    unsigned n_facts;
    struct fact *facts;
    unsigned n_absences;
    struct absence *absences;
    unsigned n_cells;
    struct cell *cells;
};

/* Adds a fact or an absence; both strings are copied.  */
void results_note(struct results *r, const char *key, const char *value);
void results_miss(struct results *r, const char *peer, const char *reason);

/* Returns the first of the two contestants that are the baseline.  */
const struct contestant *cell_baseline(const struct cell *cell);

/* Whether a contestant did not do what it is for.  */
bool results_has_fault(const struct results *r);

/* Whether the two cells ask the same question.  */
bool cell_is_same(const struct cell *a, const struct cell *b);

/* Writes what the cell asks for, besides its threads, as a reader says it: "cs
   100 ns, outside 1 us"; nothing if that is the workload's own.  */
void cell_describe(const struct cell *cell, char *text, size_t size);

/* Gives back all its memory.  */
void results_free(struct results *r);

#endif
