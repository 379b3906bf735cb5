/* waves.c -- see waves.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "run/waves.h"

#include "run/run.h"

enum { SHAKE_NS = 10000000 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t moved = PTHREAD_COND_INITIALIZER;

/* Relaxed, both: who reads an old number runs, or waits, a turn longer; who
   waits reads it under the mutex.  */
static bool may_run(const struct worker *w)
{
    return w->index < __atomic_load_n(&w->run->awake, __ATOMIC_RELAXED);
}

bool wave_admits(struct worker *w)
{
    if (!may_run(w)) {
        pthread_mutex_lock(&mutex);
        while (!may_run(w) && worker_goes_on(w))
            pthread_cond_wait(&moved, &mutex);
        pthread_mutex_unlock(&mutex);
    }
    return worker_goes_on(w);
}

void wave_set(struct run *run, unsigned n)
{
    pthread_mutex_lock(&mutex);
    __atomic_store_n(&run->awake, n, __ATOMIC_RELAXED);
    pthread_cond_broadcast(&moved);
    pthread_mutex_unlock(&mutex);
}

void let_pass(int64_t ns)
{
    struct timespec t = {(time_t)(ns / 1000000000), (long)(ns % 1000000000)};
    nanosleep(&t, NULL);
}

static void shake(struct run *run, int64_t ns)
{
    uint64_t seed = run->load.seed;

    for (int64_t left = ns; left > 0; left -= SHAKE_NS) {
        wave_set(run, 1 + random_below(&seed, run->load.threads));
        let_pass(left < SHAKE_NS ? left : SHAKE_NS);
    }
}

void wave_pass(struct run *run, int64_t ns)
{
    unsigned all = run->load.threads, steps = 1;

    if (run->load.shake) {
        shake(run, ns);
        return;
    }
    for (unsigned n = 1; n < all; n *= 2)
        steps += 2;
    for (unsigned i = 0; i < steps; i++) {
        unsigned up = i <= steps / 2 ? i : steps - 1 - i;
        wave_set(run, 1u << up < all ? 1u << up : all);
        let_pass(ns / steps);
    }
}
