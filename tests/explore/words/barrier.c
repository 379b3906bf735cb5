/* barrier.c -- il_barrier, word by word.

   SPDX-License-Identifier: MIT */

#include "scenario.h"

#include <interlock/barrier.h>

static il_barrier barrier;
static int parties, arrived, rounds, broken;

static int end_round(void *arg)
{
    /* Everybody has arrived, and nobody runs.  */
    (void)arg;
    assert(arrived == parties);
    arrived = 0;
    rounds++;
    return 0;
}

static void begin(int threads)
{
    parties = threads;
    (void)il_barrier_init(&barrier, (uint32_t)threads, end_round, NULL, 0);
}

static int arrive(void)
{
    __atomic_fetch_add(&arrived, 1, __ATOMIC_RELAXED);
    return il_barrier_wait(&barrier, NULL);
}

static void one_round(int thread)
{
    (void)thread;
    assert(arrive() == 0);
    assert(rounds == 1);
}

static void two_rounds(int thread)
{
    (void)thread;
    assert(arrive() == 0);
    assert(arrive() == 0);
}

static void were_two(int threads)
{
    (void)threads;
    assert(rounds == 2);
    assert(il_barrier_waiting(&barrier) == 0);
}

/* All pass, or all see it broken.  */
static void plain(int threads)
{
    (void)il_barrier_init(&barrier, (uint32_t)threads, NULL, NULL, 0);
}

static void note(int r)
{
    assert(r == 0 || r == ECANCELED || r == ETIMEDOUT);
    if (r != 0)
        __atomic_fetch_add(&broken, 1, __ATOMIC_RELAXED);
}

static void wait_in_time(int thread)
{
    note(thread == 0 ? il_barrier_wait_until(&barrier, NULL, il_after(1))
                     : il_barrier_wait(&barrier, NULL));
}

static void all_or_none(int threads)
{
    assert(broken == 0 || broken == threads);
    assert(il_barrier_broken(&barrier) == (broken != 0));
}

/* Thread 0 is no party, and aborts.  */
static void without_one(int threads)
{
    (void)il_barrier_init(&barrier, (uint32_t)threads - 1, NULL, NULL, 0);
}

static void wait_or_abort(int thread)
{
    if (thread == 0)
        il_barrier_abort(&barrier);
    else
        note(il_barrier_wait(&barrier, NULL));
}

static void all_parties_or_none(int threads)
{
    assert(broken == 0 || broken == threads - 1);
    assert(il_barrier_broken(&barrier));
}

/* The last to leave frees it.  */
static il_barrier *shared;
static int users;

static void share(int threads)
{
    users = threads;
    shared = malloc(sizeof *shared);
    (void)il_barrier_init(shared, (uint32_t)threads, NULL, NULL, 0);
}

static void leave(int thread)
{
    (void)thread;
    il_barrier_wait(shared, NULL);
    if (__atomic_sub_fetch(&users, 1, __ATOMIC_ACQ_REL) == 0)
        free(shared);
}

const struct scenario scenarios[] = {
    {"round", begin, one_round, NULL},
    {"rounds", begin, two_rounds, were_two},
    {"deadline", plain, wait_in_time, all_or_none},
    {"abort", without_one, wait_or_abort, all_parties_or_none},
    {"free", share, leave, NULL},
    {NULL, NULL, NULL, NULL},
};
