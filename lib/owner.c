/* owner.c -- numbers for threads.

   A kernel thread id changes in a forked child and is used again after a
   thread ends, so it can name neither the owner that forks nor the one that
   is gone.  A counter does both: the child's thread keeps its copy of the
   number, and the child's copy of the counter goes on above all of them.  Its
   40 bits are enough for 127 days of 100,000 new threads a second that use
   RLocks, 35 years of 1000.  Then no thread gets a number any more: none is
   ever given twice.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "owner.h"

#include <interlock/rlock.h>

__thread uint64_t il__thread_id = IL__RLOCK_NUMBER;

uint64_t il__owner_last = IL__RLOCK_NUMBER;

/* Returns a number that is new, or IL__RLOCK_NUMBER if there are no more.  */
static uint64_t next_number(void)
{
    /* Relaxed: all that is asked of the numbers is that they differ.  */
    uint64_t last = __atomic_load_n(&il__owner_last, __ATOMIC_RELAXED);
    do {
        if (last >= -IL__RLOCK_NUMBER)
            return IL__RLOCK_NUMBER;
    } while (!IL__CAS(&il__owner_last, &last, last + IL__RLOCK_NUMBER,
                      __ATOMIC_RELAXED));
    return last + IL__RLOCK_NUMBER;
}

uint64_t il__owner_self(void)
{
    if (il__thread_id == IL__RLOCK_NUMBER)
        il__thread_id = next_number();
    return il__thread_id;
}
