/* buffers.c -- each thread stores, and then loads what the other has stored.
   With store buffers both may read 0, unless something drains them between.

   SPDX-License-Identifier: MIT */

#include "scenario.h"

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

static int word[2], seen[2];

static void store_and_load(int thread)
{
    __atomic_store_n(&word[thread], 1, __ATOMIC_RELEASE);
    seen[thread] = __atomic_load_n(&word[1 - thread], __ATOMIC_ACQUIRE);
}

static void plainly(int thread)
{
    word[thread] = 1;
    seen[thread] = word[1 - thread];
}

static void with_fence(int thread)
{
    __atomic_store_n(&word[thread], 1, __ATOMIC_RELAXED);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    seen[thread] = __atomic_load_n(&word[1 - thread], __ATOMIC_RELAXED);
}

static void in_one_order(int thread)
{
    __atomic_store_n(&word[thread], 1, __ATOMIC_SEQ_CST);
    seen[thread] = __atomic_load_n(&word[1 - thread], __ATOMIC_SEQ_CST);
}

/* One of the two makes all others pass a fence.  */
static void asymmetric(int thread)
{
    __atomic_store_n(&word[thread], 1, __ATOMIC_RELAXED);
    if (thread == 0)
        syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0);
    seen[thread] = __atomic_load_n(&word[1 - thread], __ATOMIC_RELAXED);
}

/* Its own store a thread always sees.  */
static void own(int thread)
{
    word[thread] = 1;
    assert(word[thread] == 1);
    word[thread] = 2;
    assert(word[thread] == 2);
    seen[thread] = word[1 - thread] + 1;
}

static void one_saw_the_other(int threads)
{
    assert(threads == 2);
    assert(seen[0] || seen[1]);
}

const struct scenario scenarios[] = {
    {"release-acquire", NULL, store_and_load, one_saw_the_other},
    {"plain", NULL, plainly, one_saw_the_other},
    {"fence", NULL, with_fence, one_saw_the_other},
    {"seq-cst", NULL, in_one_order, one_saw_the_other},
    {"membarrier", NULL, asymmetric, one_saw_the_other},
    {"own", NULL, own, one_saw_the_other},
    {NULL, NULL, NULL, NULL},
};
