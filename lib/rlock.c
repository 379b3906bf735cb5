/* rlock.c -- an il_lock with an owner and a depth.

   il_base    the lock; whoever holds it is the owner
   il_owner   its number (owner.h), 0 for none
   il_more    how many levels it has above the first; 0 without an owner

   free  -> depth 1    acquire: il_base, then il_owner; il_more is 0
   n     -> n + 1      acquire by the owner
   n     -> n - 1      release by the owner, n > 1
   1     -> free       release by the owner: il_owner to 0, then il_base

   R1  il_owner is a thread's number only while that thread holds il_base: it
       is written after the acquire and cleared before the release.  So a
       thread that reads its own number there holds the lock, and what else
       it may read, from whatever time, is not its own number.
   R2  il_more is written, and read, by the owner only.

   Lifetime: as il_lock; release touches *r for the last time in the release
   of il_base.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <interlock/rlock.h>

#include "owner.h"
#include "tsan.h"

_Static_assert(sizeof(il_rlock) <= 16, "the size that rlock.h promises");

extern inline bool il__rlock_is_mine(const il_rlock *r);
extern inline bool il__rlock_step(il_rlock *r);
extern inline int il_rlock_acquire(il_rlock *r);
extern inline int il_rlock_try_acquire(il_rlock *r);
extern inline int il_rlock_acquire_until(il_rlock *r, il_deadline until);
extern inline int il_rlock_release(il_rlock *r);
extern inline bool il_rlock_locked(const il_rlock *r);
extern inline bool il_rlock_owned(const il_rlock *r);
extern inline uint32_t il_rlock_depth(const il_rlock *r);

/* The answer of il_base becomes that of *r; with 0 the caller is its owner.  */
static int own(il_rlock *r, int answer)
{
    if (answer != 0)
        return answer;
    /* Relaxed: see R1.  */
    __atomic_store_n(&r->il_owner, il__thread_id, __ATOMIC_RELAXED);
    return 0;
}

/* Does what the inline step could not for want of a number.  Returns 0;
   EOVERFLOW at the largest depth; or EBUSY, with a number, if *r is to be
   asked of others.  */
static int step(il_rlock *r)
{
    il__owner_self();
    if (il__rlock_step(r))
        return 0;
    return il__rlock_is_mine(r) ? EOVERFLOW : EBUSY;
}

int il__rlock_acquire_slow(il_rlock *r, il_deadline until)
{
    int answer = step(r);
    if (answer == EBUSY)
        answer = own(r, il__lock_acquire_slow(&r->il_base, until));
    return seen_to_acquire(r, answer);
}

int il__rlock_try_slow(il_rlock *r)
{
    int answer = step(r);
    if (answer == EBUSY)
        answer = own(r, il_lock_try_acquire(&r->il_base));
    return seen_to_acquire(r, answer);
}

int il_rlock_init(il_rlock *r, unsigned flags)
{
    if (flags)
        return EINVAL;
    *r = (il_rlock)IL_RLOCK_INIT;
    return 0;
}

void il_rlock_at_fork_reinit(il_rlock *r)
{
    *r = (il_rlock)IL_RLOCK_INIT;
}
