/* harness.h -- measuring: a run of some threads for a fixed time, and blocks of
   runs.

   A run lasts as long as it is told and not as many operations as it is told:
   of threads that have a number to do the last ones end up without
   contention.  Its first fifth is not counted.

   A block holds each contestant of each cell once, the contestants of a cell
   one directly after the other, all in a random order.  What a noisy machine
   does to one contestant it does, over the blocks, to all, and the ratio of
   two is taken within a block.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_HARNESS_H
#define BENCH_HARNESS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "peers/peer.h"
#include "random.h"

enum {
    MAX_THREADS = 256,
    LINE = 128, /* two cache lines: some processors fetch them in pairs */
    FAULT_SIZE = 56,
};

/* How many threads do how much, in steps of random.h.  */
struct load {
    unsigned threads;
    uint32_t cs;  /* in the critical section */
    uint32_t ncs; /* outside, on average */
};

/* One thread of a run; only it writes.  */
struct worker {
    _Alignas(LINE) uint64_t ops; /* atomic */
    uint64_t seed;
    struct run *run;
    unsigned index;
    bool saw_fault;
    pthread_t handle;
};

struct run {
    struct load load;
    const struct entrant *entrant;
    void *state; /* STATE_SIZE bytes, page-aligned, zero; for the entrant */
    char fault[FAULT_SIZE];   /* what is wrong with it, or "" */
    _Alignas(LINE) bool stop; /* atomic */
    struct worker workers[MAX_THREADS];
};

enum { STATE_SIZE = MAX_THREADS * 4 * LINE };

/* What a run measured.  */
struct sample {
    double rate;     /* operations a second */
    double fairness; /* Jain's index of the threads' operations */
    double cpu;      /* processor time of an operation, in ns */
};

/* Who takes part in a cell, and what it measured, by block.  */
struct contestant {
    const struct peer *peer;
    struct sample *samples;
    char fault[FAULT_SIZE]; /* why it is out of the contest, or "" */
};

enum {
    MAX_PEERS = 6,
    BASELINES = 2,
    MAX_CONTESTANTS = MAX_PEERS + BASELINES,
    MAX_CELLS = 128,
};

/* One question to several peers.  The last two contestants are one peer, twice:
   the others are compared with it, and it with itself.  */
struct cell {
    enum primitive primitive;
    struct load load;
    unsigned count;
    struct contestant contestants[MAX_CONTESTANTS];
};

/* All that is measured.  */
struct contest {
    const struct peer *peers[MAX_PEERS];
    unsigned n_peers;
    const struct peer *against;
    unsigned blocks;
    double seconds; /* of a run */
    unsigned n;
    struct cell cells[MAX_CELLS];
};

/* Runs a block.  Returns false if threads hang; then no run can follow.  */
bool harness_block(struct contest *all, unsigned block);

/* Returns how long a step of random.h takes, in ns.  */
double harness_step_ns(void);

/* Notes, once, what is wrong with the run.  */
void run_fails(struct run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Returns how many operations the threads first .. last - 1 made.  */
uint64_t run_ops(const struct run *run, unsigned first, unsigned last);

/* Whether the run still lasts.  Relaxed: it only has to be seen soon.  */
static inline bool worker_goes_on(const struct worker *w)
{
    return !__atomic_load_n(&w->run->stop, __ATOMIC_RELAXED);
}

/* Counts an operation.  Relaxed: it orders nothing.  */
static inline void worker_counts(struct worker *w)
{
    __atomic_store_n(&w->ops, w->ops + 1, __ATOMIC_RELAXED);
}

/* Works for n steps.  */
static inline void work(uint64_t *seed, uint32_t n)
{
    while (n-- > 0)
        random_step(seed);
}

/* Works for n steps on average: a fixed number lets threads fall into a
   rhythm that no program has.  */
static inline void work_about(uint64_t *seed, uint32_t n)
{
    if (n > 0)
        work(seed, random_below(seed, 2 * n + 1));
}

#endif
