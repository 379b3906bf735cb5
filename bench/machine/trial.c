/* trial.c -- see probe.h: what a short trial tells.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "machine/machine.h"
#include "machine/probe.h"
#include "random.h"
#include "results/stats.h"

enum {
    TRIES = 5, /* the fastest counts: it was disturbed least */
    STEPS = 1 << 20,
    READINGS = 10000,
    NAP_NS = 50000, /* long enough for a thread to fall asleep */
};

/* A thread that sleeps until it is its turn.  */
static struct {
    pthread_mutex_t mutex;
    pthread_cond_t moved;
    bool is_turn;
    double ran; /* when it last ran */
} sleeper = {.mutex = PTHREAD_MUTEX_INITIALIZER,
             .moved = PTHREAD_COND_INITIALIZER};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

double machine_step_ns(void)
{
    uint64_t seed = 1;
    double best = (double)INFINITY;

    for (int i = 0; i < TRIES; i++) {
        double begin = now();
        for (int j = 0; j < STEPS; j++)
            random_step(&seed);
        __asm__ volatile("" : : "r"(seed));
        best = fmin(best, now() - begin);
    }
    return best / STEPS;
}

double probe_clock_ns(void)
{
    double best = (double)INFINITY;

    for (int i = 0; i < TRIES; i++) {
        double begin = now();
        for (int j = 0; j < READINGS; j++)
            now();
        best = fmin(best, now() - begin);
    }
    return best / READINGS;
}

/* The coarse clock moves with the timer interrupt.  */
double probe_tick_hz(void)
{
#if defined(CLOCK_MONOTONIC_COARSE)
    struct timespec t;
    if (clock_getres(CLOCK_MONOTONIC_COARSE, &t) == 0 && t.tv_nsec > 0)
        return 1e9 / (double)t.tv_nsec;
#endif
    return (double)NAN;
}

static void await_turn(bool is_mine)
{
    while (sleeper.is_turn != is_mine)
        pthread_cond_wait(&sleeper.moved, &sleeper.mutex);
}

static void *sleep_and_run(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&sleeper.mutex);
    for (int i = 0; i < PROBE_WAKES; i++) {
        await_turn(true);
        sleeper.ran = now();
        sleeper.is_turn = false;
        pthread_cond_signal(&sleeper.moved);
    }
    pthread_mutex_unlock(&sleeper.mutex);
    return NULL;
}

/* Returns how long the thread took to run.  The lock is given back before the
   signal, or the thread would wait for it as well.  */
static double wake(void)
{
    static const struct timespec nap = {.tv_nsec = NAP_NS};
    double begin, took;

    nanosleep(&nap, NULL);
    pthread_mutex_lock(&sleeper.mutex);
    sleeper.is_turn = true;
    pthread_mutex_unlock(&sleeper.mutex);
    begin = now();
    pthread_cond_signal(&sleeper.moved);
    pthread_mutex_lock(&sleeper.mutex);
    await_turn(false);
    took = sleeper.ran - begin;
    pthread_mutex_unlock(&sleeper.mutex);
    return took;
}

double probe_wake_ns(void)
{
    double took[PROBE_WAKES];
    pthread_t thread;

    if (pthread_create(&thread, NULL, sleep_and_run, NULL) != 0)
        return (double)NAN;
    for (int i = 0; i < PROBE_WAKES; i++)
        took[i] = wake();
    pthread_join(thread, NULL);
    return stats_median(took, PROBE_WAKES);
}
