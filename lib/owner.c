/* owner.c -- numbers for threads.

   A kernel thread id changes in a forked child and is used again after a
   thread ends, so it can name neither the owner that forks nor the one that
   is gone.  A counter does both: the child's thread keeps its copy of the
   number, and the child's copy of the counter goes on above all of them.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "owner.h"

#include <interlock/rlock.h>

__thread uint64_t il__thread_id;

uint64_t il__owner_self(void)
{
    static uint64_t last;
    /* Relaxed: all that is asked of the numbers is that they differ.  */
    if (il__thread_id == 0)
        il__thread_id = __atomic_add_fetch(&last, 1, __ATOMIC_RELAXED);
    return il__thread_id;
}
