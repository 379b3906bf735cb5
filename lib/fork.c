/* fork.c -- counting forks, and telling who has to know.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "fork.h"

#include <pthread.h>

uint32_t il__fork_count;

void il__fork_watch(void (*in_child)(void))
{
    /* It fails only without memory; then children are as after clone.  */
    (void)pthread_atfork(NULL, NULL, in_child);
}

static void count_fork(void)
{
    /* Relaxed: there is no other thread.  */
    __atomic_store_n(&il__fork_count, fork_epoch() + 1, __ATOMIC_RELAXED);
}

__attribute__((constructor(FORK_WATCH))) static void begin_to_count(void)
{
    il__fork_watch(count_fork);
}
