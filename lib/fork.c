/* fork.c -- what the library does in a forked child.

   fork() runs the handler; a child made behind the C library's back (clone,
   _Fork) has to call il_..._at_fork_reinit on what others waited for.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "fork.h"
#include "guard.h"
#include "park.h"

#include <pthread.h>

uint32_t fork_count;

static void after_fork_in_child(void)
{
    /* Relaxed: there is no other thread.  */
    __atomic_store_n(&fork_count, fork_epoch() + 1, __ATOMIC_RELAXED);
    park_after_fork();
    guard_after_fork();
}

__attribute__((constructor)) static void watch_forks(void)
{
    /* It fails only without memory; then children are as after clone.  */
    (void)pthread_atfork(NULL, NULL, after_fork_in_child);
}
