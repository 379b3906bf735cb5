/* owner.c -- numbers for threads.

   A kernel thread id changes in a forked child and is used again after a
   thread ends, so it can name neither the owner that forks nor the one that
   is gone.  A counter does both: the child's thread keeps its copy of the
   number, and the child's copy of the counter goes on above all of them.  Its
   46 bits are enough for 20 years of 100,000 new threads a second.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "owner.h"

#include <interlock/rlock.h>

__thread uint64_t il__thread_id = IL__RLOCK_NUMBER;

uint64_t il__owner_self(void)
{
    static uint64_t last = IL__RLOCK_NUMBER;
    /* Relaxed: all that is asked of the numbers is that they differ.  */
    if (il__thread_id == IL__RLOCK_NUMBER)
        il__thread_id =
            __atomic_add_fetch(&last, IL__RLOCK_NUMBER, __ATOMIC_RELAXED);
    return il__thread_id;
}
