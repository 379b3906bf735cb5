/* wake.c -- one call wakes all threads: when do the first, the median and the
   last run?

   A round: the waiters come, each to a door of its own; the leader opens them,
   and they park; the leader sleeps until they do too, takes the time, wakes
   them, and waits until the last says that it runs.  The doors and the leader's
   waits are of the C library, whoever the peer.  Of them only this lies within
   what is timed: who has run counts itself, and goes to sleep at its door.  A
   gate for all, with a mutex and a condition, woke those who were there already
   for each who came, and what was timed was mostly that.

   A waiter that is woken and finds that it can't go on, since the mutex is
   taken or what it waits for is not there, sleeps again.  How often each sleeps
   in a round is counted after the rounds that are timed, for to ask the kernel
   takes time.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "results/stats.h"
#include "run/run.h"
#include "run/waves.h"

enum {
    SETTLE_NS = 50000,      /* for waiters to park, */
    SETTLE_EACH_NS = 10000, /* and for each of them; */
    AWAKE_NS = 25000,       /* that one who spins uses of a nap, and the leader
                               does not */
    NAPS = 20,              /* for those who never sleep */
};

static struct {
    sem_t all;       /* all waiters came, or all run again; for the leader */
    unsigned came;   /* atomic: waiters at their doors */
    unsigned woken;  /* atomic: waiters that run again */
    unsigned round;  /* that the doors are opened for; 0 when it is over */
    unsigned called; /* atomic: the last that was called to wake */
    int64_t begin;
    int64_t took[MAX_THREADS];
    double sum[3];
    uint64_t rounds;
} gate;

/* Each on a line of its own.  */
static struct {
    _Alignas(64) sem_t opened;
} doors[MAX_THREADS];

void wake_prepare(struct run *run)
{
    sem_init(&gate.all, 0, 0);
    for (unsigned i = 0; i < run->load.threads; i++)
        sem_init(&doors[i].opened, 0, 0);
}

static void await(sem_t *s)
{
    while (sem_wait(s) != 0)
        continue;
}

/* One more of all counts itself; the last tells the leader.  */
static void count_in(unsigned *count, const struct worker *w)
{
    /* Release and acquire: the last has seen what each did before, and the
       leader gets it from the last.  */
    if (__atomic_add_fetch(count, 1, __ATOMIC_ACQ_REL) == w->run->load.threads)
        sem_post(&gate.all);
}

bool wake_is_leader(const struct worker *w)
{
    return w->index == w->run->load.threads;
}

/* Returns how often this thread has given up its processor to sleep.  */
static uint64_t count_sleeps(void)
{
    struct rusage u;
    return getrusage(RUSAGE_THREAD, &u) == 0 ? (uint64_t)u.ru_nvcsw : 0;
}

unsigned wake_ready(struct worker *w)
{
    count_in(&gate.came, w);
    await(&doors[w->index].opened);
    w->round = gate.round;
    w->is_watched = worker_phase(w) == TIMED;
    if (w->is_watched)
        w->sleeps = count_sleeps();
    return gate.round;
}

static void count_wakes(struct worker *w)
{
    w->wakes += count_sleeps() - w->sleeps;
    w->wake_rounds++;
}

/* The begin is written before the waiters are woken, and by nobody until all
   have said that they run.  Relaxed: what wakes orders it, and who comes before
   that was called has not waited.  */
void wake_woken(struct worker *w)
{
    if (__atomic_load_n(&gate.called, __ATOMIC_RELAXED) != w->round)
        w->saw_fault = true;
    gate.took[w->index] = run_now() - gate.begin - w->run->clock;
    if (w->is_watched)
        count_wakes(w);
    count_in(&gate.woken, w);
}

/* Relaxed: the doors order it.  */
static void open_doors(unsigned n, unsigned round)
{
    __atomic_store_n(&gate.came, 0, __ATOMIC_RELAXED);
    __atomic_store_n(&gate.woken, 0, __ATOMIC_RELAXED);
    gate.round = round;
    for (unsigned i = 0; i < n; i++)
        sem_post(&doors[i].opened);
}

/* What the switches of all threads have shown so far.  */
static int64_t cpu_time(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Sleeps until the waiters do: who yields for long before is still awake after
   the time that parking takes.  */
static void let_fall_asleep(unsigned n)
{
    int64_t before, used;

    let_pass(SETTLE_NS + (int64_t)n * SETTLE_EACH_NS);
    used = cpu_time();
    for (int i = 0; i < NAPS; i++) {
        let_pass(SETTLE_NS);
        before = used;
        used = cpu_time();
        if (used - before < AWAKE_NS)
            break;
    }
}

unsigned wake_gather(struct worker *w)
{
    unsigned n = w->run->load.threads;

    await(&gate.all);
    w->run->has_wake = true;
    open_doors(n, worker_goes_on(w) ? gate.round + 1 : 0);
    if (gate.round == 0)
        return 0;
    let_fall_asleep(n);
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
    await(&gate.all);
    worker_counts(w, 1);
    if (worker_phase(w) == COUNTED)
        count_round(w, w->run->load.threads);
}
