/* harness.c -- see harness.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "harness.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "stats.h"

enum {
    HANG_S = 20,      /* longer than any thread takes to start or to stop */
    WARM_UP_PART = 5, /* of the time of a run */
    SHARP_NS = 20000, /* a reading that took longer is made again, */
    SHARP_TRIES = 8,  /* so often at most */
    STEPS = 1 << 20,  /* to find out how long one takes */
    STEP_TRIES = 5,
};

static const int64_t second = 1000000000;

/* Where the threads of a run begin together, and are seen to end.  */
static struct {
    pthread_mutex_t mutex;
    pthread_cond_t moved;
    unsigned came;
    unsigned left;
    bool open;
} gate = {.mutex = PTHREAD_MUTEX_INITIALIZER};

/* The only run that there is; its memory is the same for all contestants.  */
static struct run run;

static int64_t now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * second + t.tv_nsec;
}

static struct timespec to_timespec(int64_t ns)
{
    return (struct timespec){.tv_sec = (time_t)(ns / second),
                             .tv_nsec = (long)(ns % second)};
}

static void let_pass(int64_t ns)
{
    struct timespec t = to_timespec(ns);
    nanosleep(&t, NULL);
}

static void gate_prepare(void)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&gate.moved, &attr);
    pthread_condattr_destroy(&attr);
    gate.came = 0;
    gate.left = 0;
    gate.open = false;
}

static void gate_enter(void)
{
    pthread_mutex_lock(&gate.mutex);
    gate.came++;
    pthread_cond_broadcast(&gate.moved);
    while (!gate.open)
        pthread_cond_wait(&gate.moved, &gate.mutex);
    pthread_mutex_unlock(&gate.mutex);
}

static void gate_leave(void)
{
    pthread_mutex_lock(&gate.mutex);
    gate.left++;
    pthread_cond_broadcast(&gate.moved);
    pthread_mutex_unlock(&gate.mutex);
}

/* Waits until *count, of the gate, is n.  Returns false if it takes too
   long.  */
static bool gate_await(const unsigned *count, unsigned n)
{
    struct timespec end = to_timespec(now(CLOCK_MONOTONIC) + HANG_S * second);
    bool reached;
    int r = 0;

    pthread_mutex_lock(&gate.mutex);
    while (*count != n && r == 0)
        r = pthread_cond_timedwait(&gate.moved, &gate.mutex, &end);
    reached = *count == n;
    pthread_mutex_unlock(&gate.mutex);
    return reached;
}

static void gate_open(void)
{
    pthread_mutex_lock(&gate.mutex);
    gate.open = true;
    pthread_cond_broadcast(&gate.moved);
    pthread_mutex_unlock(&gate.mutex);
}

static void *body(void *arg)
{
    struct worker *w = arg;
    gate_enter();
    w->run->entrant->work(w);
    gate_leave();
    return NULL;
}

static void start(void)
{
    for (unsigned i = 0; i < run.load.threads; i++) {
        struct worker *w = &run.workers[i];
        *w = (struct worker){.run = &run, .index = i, .seed = i + 1};
        if (pthread_create(&w->handle, NULL, body, w) != 0) {
            fprintf(stderr, "contention: %u threads cannot be started.\n",
                    run.load.threads);
            exit(EXIT_FAILURE);
        }
    }
}

/* The counts of all threads at one time.  */
struct reading {
    int64_t time;
    int64_t cpu;
    double ops[MAX_THREADS];
};

/* Reads the counts; again if meanwhile somebody else had the processor, for
   then the counts are not of one time.  */
static struct reading take_reading(void)
{
    struct reading x;
    int tries = 0;

    do {
        x.time = now(CLOCK_MONOTONIC);
        x.cpu = now(CLOCK_PROCESS_CPUTIME_ID);
        for (unsigned i = 0; i < run.load.threads; i++)
            x.ops[i] =
                (double)__atomic_load_n(&run.workers[i].ops, __ATOMIC_RELAXED);
    } while (now(CLOCK_MONOTONIC) - x.time > SHARP_NS && ++tries < SHARP_TRIES);
    return x;
}

/* What happened between two readings.  No operation at all counts as one, so
   that there is a ratio.  */
static struct sample difference(const struct reading *from,
                                const struct reading *to, bool joint)
{
    double ops[MAX_THREADS], sum = 0;

    for (unsigned i = 0; i < run.load.threads; i++) {
        ops[i] = to->ops[i] - from->ops[i];
        sum += ops[i];
    }
    if (joint)
        sum /= run.load.threads;
    if (sum < 1)
        sum = 1;
    return (struct sample){
        .rate = sum * (double)second / (double)(to->time - from->time),
        .fairness = stats_jain(ops, run.load.threads),
        .cpu = (double)(to->cpu - from->cpu) / sum,
    };
}

/* Lets the threads go for ns.  */
static struct sample measure(int64_t ns, bool joint)
{
    struct reading from, to;

    gate_open();
    let_pass(ns / WARM_UP_PART);
    from = take_reading();
    let_pass(ns - ns / WARM_UP_PART);
    to = take_reading();
    __atomic_store_n(&run.stop, true, __ATOMIC_RELAXED);
    return difference(&from, &to, joint);
}

static void join(void)
{
    for (unsigned i = 0; i < run.load.threads; i++) {
        pthread_join(run.workers[i].handle, NULL);
        if (run.workers[i].saw_fault)
            run_fails(&run, "thread %u found it out of order", i);
    }
}

static void prepare(const struct cell *cell, const struct contestant *c)
{
    if (!run.state)
        run.state = aligned_alloc(4096, STATE_SIZE);
    if (!run.state) {
        fputs("contention: there is no memory.\n", stderr);
        exit(EXIT_FAILURE);
    }
    memset(run.state, 0, STATE_SIZE);
    run.load = cell->load;
    run.entrant = c->peer->entrants[cell->primitive];
    run.fault[0] = '\0';
    run.stop = false;
    run.entrant->prepare(&run);
    gate_prepare();
}

/* One run of a contestant.  Returns false if its threads hang.  */
static bool run_one(const struct cell *cell, struct contestant *c,
                    unsigned block, double seconds)
{
    bool joint = primitive_workload(cell->primitive)->joint;

    prepare(cell, c);
    start();
    gate_await(&gate.came, cell->load.threads);
    c->samples[block] = measure((int64_t)(seconds * (double)second), joint);
    if (!gate_await(&gate.left, cell->load.threads)) {
        strcpy(c->fault, "its threads hang");
        return false;
    }
    join();
    run.entrant->finish(&run);
    memcpy(c->fault, run.fault, sizeof c->fault);
    pthread_cond_destroy(&gate.moved);
    return true;
}

/* Makes order[0 .. n - 1] a random order of 0 .. n - 1.  */
static void shuffle(unsigned *order, unsigned n, uint64_t *seed)
{
    for (unsigned i = 0; i < n; i++) {
        unsigned j = random_below(seed, i + 1);
        order[i] = order[j];
        order[j] = i;
    }
}

static bool run_cell(struct cell *cell, unsigned block, double seconds,
                     uint64_t *seed)
{
    unsigned order[MAX_CONTESTANTS];

    shuffle(order, cell->count, seed);
    for (unsigned i = 0; i < cell->count; i++) {
        struct contestant *c = &cell->contestants[order[i]];
        if (!c->fault[0] && !run_one(cell, c, block, seconds))
            return false;
    }
    return true;
}

bool harness_block(struct contest *all, unsigned block)
{
    unsigned order[MAX_CELLS];
    uint64_t seed = block + 1;
    bool ok = true;

    shuffle(order, all->n, &seed);
    for (unsigned i = 0; ok && i < all->n; i++)
        ok = run_cell(&all->cells[order[i]], block, all->seconds, &seed);
    return ok;
}

double harness_step_ns(void)
{
    uint64_t seed = 1;
    int64_t best = INT64_MAX;

    for (int i = 0; i < STEP_TRIES; i++) {
        int64_t begin = now(CLOCK_MONOTONIC), took;
        work(&seed, STEPS);
        __asm__ volatile("" : : "r"(seed));
        took = now(CLOCK_MONOTONIC) - begin;
        best = took < best ? took : best;
    }
    return (double)best / STEPS;
}

void run_fails(struct run *r, const char *format, ...)
{
    va_list args;

    if (r->fault[0])
        return;
    va_start(args, format);
    vsnprintf(r->fault, sizeof r->fault, format, args);
    va_end(args);
}

uint64_t run_ops(const struct run *r, unsigned first, unsigned last)
{
    uint64_t sum = 0;
    for (unsigned i = first; i < last; i++)
        sum += r->workers[i].ops;
    return sum;
}
