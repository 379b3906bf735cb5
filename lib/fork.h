/* fork.h -- how many forks this process is away from the one that loaded the
   library.

   A waiter that an object remembers, by a pointer or by a count that only it
   will take back, is a thread of the process that it waited in.  In a forked
   child that thread does not exist, so what remembers waiters also remembers
   their epoch, and forgets them when it is not the present one.

   All of this is for fork().  A child made behind the C library's back (clone,
   _Fork) has to call il_..._at_fork_reinit on what others waited for.

   SPDX-License-Identifier: MIT */

#ifndef FORK_H
#define FORK_H

#include <stdint.h>

extern uint32_t il__fork_count; /* written in a child while it is alone */

/* Has in_child called in every forked child, while that has one thread.  Each
   file with state that dies in a fork does so in a constructor of priority
   FORK_WATCH: before a program's own, so that what the program does in its
   children finds the library ready, linked statically too.  */
#define FORK_WATCH 101
void il__fork_watch(void (*in_child)(void));

static inline uint32_t fork_epoch(void)
{
    /* Relaxed: a child's threads all begin after it was written.  */
    return __atomic_load_n(&il__fork_count, __ATOMIC_RELAXED);
}

#endif
