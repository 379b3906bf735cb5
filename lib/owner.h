/* owner.h -- who the calling thread is.

   SPDX-License-Identifier: MIT */

#ifndef OWNER_H
#define OWNER_H

#include <stdint.h>

/* Returns the caller's number, giving it one if it has none: never another
   thread's, and the same in a child that the thread forks.  Returns
   IL__RLOCK_NUMBER, which is nobody's, if all are used up.  */
uint64_t il__owner_self(void);

/* The last number that was given; atomic.  */
extern uint64_t il__owner_last;

#endif
