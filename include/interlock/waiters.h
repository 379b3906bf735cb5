/* waiters.h -- what a Condition keeps of the threads that wait.  The
   library's own; nothing here is for use.

   SPDX-License-Identifier: MIT */

#ifndef INTERLOCK_WAITERS_H
#define INTERLOCK_WAITERS_H

#include <interlock/base.h>

/* A queue of waiting threads, oldest first; each entry is on the stack of the
   thread that waits.  All-zero bytes are an empty one.  */
typedef struct il__waiters {
    struct il__waiter *il_first;
    struct il__waiter *il_last;
    uint32_t il_length; /* atomic, for who only asks */
    uint32_t il_epoch;  /* how many forks deep the entries are; atomic */
} il__waiters;

#endif
