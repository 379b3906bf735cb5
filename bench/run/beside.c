/* beside.c -- see beside.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "run/beside.h"

#include <stdio.h>
#include <stdlib.h>

#include "run/run.h"
#include "run/waves.h"

enum { STEPS = 1000 };

static struct {
    ON_ITS_LINE uint64_t ops; /* atomic */
    pthread_t handle;
} all[MAX_THREADS];
static unsigned count;
static int over; /* atomic */

/* Relaxed, here and below: a counter, and a flag that is seen soon.  */
static void *compute(void *arg)
{
    uint64_t *ops = (uint64_t *)arg, seed = 1;

    while (!__atomic_load_n(&over, __ATOMIC_RELAXED)) {
        work(&seed, STEPS);
        __asm__ volatile("" : : "r"(seed));
        __atomic_store_n(ops, *ops + 1, __ATOMIC_RELAXED);
    }
    return NULL;
}

void beside_start(unsigned n)
{
    for (count = 0; count < n; count++) {
        if (pthread_create(&all[count].handle, NULL, compute, &all[count].ops)
            != 0) {
            fprintf(stderr, "%u threads beside cannot be started.\n", n);
            exit(EXIT_FAILURE);
        }
    }
}

void beside_stop(void)
{
    __atomic_store_n(&over, 1, __ATOMIC_RELAXED);
    for (unsigned i = 0; i < count; i++)
        pthread_join(all[i].handle, NULL);
}

uint64_t beside_ops(void)
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < count; i++)
        sum += __atomic_load_n(&all[i].ops, __ATOMIC_RELAXED);
    return sum;
}

int64_t beside_cpu(void)
{
    int64_t sum = 0;

    for (unsigned i = 0; i < count; i++) {
        clockid_t clock;
        struct timespec t;
        if (pthread_getcpuclockid(all[i].handle, &clock) == 0
            && clock_gettime(clock, &t) == 0)
            sum += (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
    }
    return sum;
}

double beside_speed(int64_t ns)
{
    uint64_t ops = beside_ops();
    int64_t begin = run_now();

    let_pass(ns);
    return (double)(beside_ops() - ops) * 1e9 / (double)(run_now() - begin);
}
