/* wake.c -- one call wakes all threads: when do the first, the median and the
   last run?

   A round: the waiters come to the gate; the leader opens it, and they park;
   the leader sleeps long enough for that, takes the time, wakes them, and waits
   until the last says that it runs.  The gate and the leader's waits are of
   the C library, whoever the peer, and lie outside of what is timed, except
   that the last waiter may find the leader's call still under way.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "results/stats.h"
#include "run/run.h"
#include "run/waves.h"

enum {
    SETTLE_NS = 50000,      /* for waiters to park, */
    SETTLE_EACH_NS = 10000, /* and for each of them */
};

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t moved;
    unsigned came;   /* waiters at the gate */
    unsigned woken;  /* waiters that run again */
    unsigned round;  /* that the gate is open for */
    unsigned called; /* atomic: the last that was called to wake */
    bool over;
    int64_t begin;
    int64_t took[MAX_THREADS];
    double sum[3];
    uint64_t rounds;
} gate = {.mutex = PTHREAD_MUTEX_INITIALIZER,
          .moved = PTHREAD_COND_INITIALIZER};

bool wake_is_leader(const struct worker *w)
{
    return w->index == w->run->load.threads;
}

unsigned wake_ready(struct worker *w)
{
    unsigned round;

    pthread_mutex_lock(&gate.mutex);
    gate.came++;
    pthread_cond_broadcast(&gate.moved);
    while (gate.round == w->round && !gate.over)
        pthread_cond_wait(&gate.moved, &gate.mutex);
    round = gate.over ? 0 : gate.round;
    pthread_mutex_unlock(&gate.mutex);
    w->round = round;
    return round;
}

/* The begin is written before the waiters are woken, and by nobody until all
   have said that they run.  Relaxed: what wakes orders it, and who comes before
   that was called has not waited.  */
void wake_woken(struct worker *w)
{
    if (__atomic_load_n(&gate.called, __ATOMIC_RELAXED) != w->round)
        w->saw_fault = true;
    gate.took[w->index] = run_now() - gate.begin - w->run->clock;
    pthread_mutex_lock(&gate.mutex);
    if (++gate.woken == w->run->load.threads)
        pthread_cond_broadcast(&gate.moved);
    pthread_mutex_unlock(&gate.mutex);
}

static void await(const unsigned *count, unsigned n)
{
    while (*count != n)
        pthread_cond_wait(&gate.moved, &gate.mutex);
}

unsigned wake_gather(struct worker *w)
{
    unsigned n = w->run->load.threads;

    pthread_mutex_lock(&gate.mutex);
    await(&gate.came, n);
    gate.came = 0;
    gate.woken = 0;
    gate.over = !worker_goes_on(w);
    w->run->has_wake = true;
    gate.round++;
    pthread_cond_broadcast(&gate.moved);
    pthread_mutex_unlock(&gate.mutex);
    if (gate.over)
        return 0;
    let_pass(SETTLE_NS + (int64_t)n * SETTLE_EACH_NS);
    __atomic_store_n(&gate.called, gate.round, __ATOMIC_RELAXED);
    gate.begin = run_now();
    return gate.round;
}

static int compare(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Means of the rounds; an operation takes as long as the last waiter.  */
static void count_round(struct worker *w, unsigned n)
{
    struct run *run = w->run;
    const unsigned which[3] = {0, (n - 1) / 2, n - 1};

    for (unsigned i = 0; i < n; i++)
        worker_waited(w, gate.took[i], false);
    qsort(gate.took, n, sizeof *gate.took, compare);
    gate.rounds++;
    for (int i = 0; i < 3; i++) {
        gate.sum[i] += (double)gate.took[which[i]];
        run->wake[i] = gate.sum[i] / (double)gate.rounds;
    }
    run->busy += gate.took[n - 1];
}

void wake_collect(struct worker *w)
{
    pthread_mutex_lock(&gate.mutex);
    await(&gate.woken, w->run->load.threads);
    pthread_mutex_unlock(&gate.mutex);
    worker_counts(w, 1);
    if (worker_phase(w) == COUNTED)
        count_round(w, w->run->load.threads);
}
