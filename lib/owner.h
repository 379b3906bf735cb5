/* owner.h -- who the calling thread is.

   SPDX-License-Identifier: MIT */

#ifndef OWNER_H
#define OWNER_H

#include <stdint.h>

/* Returns the caller's number, giving it one if it has none: not 0, never
   another thread's, and the same in a child that the thread forks.  */
uint64_t il__owner_self(void);

#endif
