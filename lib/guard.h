/* guard.h -- a lock for an object that outlives the object.

   The threads of a barrier's round all return at once and any of them may
   free it, so one that wakes by its deadline cannot take a lock that lies
   in the barrier to learn whether it still may.  The guard of an object is
   one of a fixed table of locks, chosen by the object's address.  Objects
   share guards: hold one for a few instructions, take one at a time, and
   call nobody else meanwhile.  A lock that lies in the object may be taken
   when its guard is held, not the other way round.

   SPDX-License-Identifier: MIT */

#ifndef GUARD_H
#define GUARD_H

#include <interlock/lock.h>

/* Acquires the guard of `object` and returns it.  Blocks.  */
il_lock *il__guard_acquire(const void *object);

/* Releases what il__guard_acquire returned.  */
void il__guard_release(il_lock *guard);

#endif
