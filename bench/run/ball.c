/* ball.c -- pairs of threads that pass a ball to and fro.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <inttypes.h>

#include "run/run.h"

static bool is_alone(const struct worker *w)
{
    return w->run->load.threads == 1;
}

/* A lone thread plays the sides in turn.  */
unsigned ball_side(const struct worker *w)
{
    return is_alone(w) ? w->ops % 2 : w->index % 2;
}

/* Each of the two makes every other hit.  */
static uint64_t expected_hits(const struct worker *w)
{
    return is_alone(w) ? w->ops : 2 * w->ops + w->index % 2;
}

static int64_t my_cpu_time(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* What a pause takes is not the price of a wake.  Relaxed: who reads it reads
   a moment.  */
static void pause_before_pass(struct worker *w)
{
    int64_t begin;

    if (w->run->load.ncs == 0)
        return;
    begin = my_cpu_time();
    __atomic_store_n(&w->pausing, begin, __ATOMIC_RELAXED);
    worker_works_outside(w);
    __atomic_store_n(&w->pausing, 0, __ATOMIC_RELAXED);
    __atomic_store_n(&w->paused, w->paused + my_cpu_time() - begin,
                     __ATOMIC_RELAXED);
}

/* Side 0 decides when it is over, so that the other does not wait for a ball
   that never comes.  */
bool ball_hit(struct worker *w)
{
    struct ball *b = &w->run->balls[w->index / 2];
    bool decides = w->index % 2 == 0, goes_on = !b->over;

    if (b->passed)
        worker_waited(w, run_now() - b->passed - w->run->clock, false);
    if (b->hits != expected_hits(w))
        w->saw_fault = true;
    b->hits++;
    worker_counts(w, 1);
    if (decides && !worker_goes_on(w)) {
        b->over = true;
        goes_on = false;
    }
    if (decides)
        pause_before_pass(w);
    b->passed = !is_alone(w) && worker_times(w) ? run_now() : 0;
    return goes_on;
}

void ball_check(struct run *run)
{
    for (unsigned i = 0; i < run->objects; i++) {
        unsigned first = 2 * i, last = first + 2;
        uint64_t ops;
        if (last > run->load.threads)
            last = run->load.threads;
        ops = run_ops(run, first, last);
        if (run->balls[i].hits != ops)
            run_fails(run, "its ball has %" PRIu64 " hits of %" PRIu64,
                      run->balls[i].hits, ops);
    }
}
