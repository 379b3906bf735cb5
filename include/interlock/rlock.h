/* rlock.h -- il_rlock, a lock that its owner may acquire again: Python's
   threading.RLock.

   An RLock has an owner, the thread that acquired it, and a depth, how many
   times.  Only the owner may release it; it is free when it was released as
   often as acquired.  The owner is known by a number that no other thread of
   the process ever gets and that a forked child's thread inherits: who holds
   it when it forks, holds the child's copy.

   Clang's thread-safety analysis takes it for a lock that can't be acquired
   twice, and warns of a function that does.

   All-zero bytes are a free RLock.  Lifetime, fairness and memory order are
   those of il_lock; re-entry orders nothing.

   SPDX-License-Identifier: MIT */

#ifndef INTERLOCK_RLOCK_H
#define INTERLOCK_RLOCK_H

#include <interlock/lock.h>

IL__BEGIN_DECLS

typedef struct IL__CAPABILITY("rlock") il_rlock {
    il_lock il_base;
    uint32_t il_more; /* levels above the first; the owner's; atomic, relaxed */
    /* 0 none; written by the owner; atomic, relaxed.  */
    uint64_t il_owner __attribute__((aligned(8)));
} il_rlock;

/* clang-format off */
#define IL_RLOCK_INIT { IL_LOCK_INIT, 0, 0 }
/* clang-format on */

#define IL__RLOCK_MORE_MAX (UINT32_MAX - 1)

/* The caller's number; 0 until its first call that needs one.  */
IL__API extern __thread uint64_t il__thread_id;

/* The paths that meet somebody, a thread's first call and the limits.  */
IL__API int il__rlock_acquire_slow(il_rlock *r, il_deadline until);
IL__API int il__rlock_try_slow(il_rlock *r);

/* Returns whether the caller holds *r.  Relaxed: only the caller itself
   writes its own number there, so it sees its number exactly if it is the
   owner, however old the value of another owner that it sees instead.  */
IL__CALL bool il__rlock_is_mine(const il_rlock *r) IL__NONNULL;

/* Acquires *r where that takes one step: a level more for its owner, or a
   free RLock for a thread that has its number.  Returns whether it did.  */
IL__CALL bool il__rlock_step(il_rlock *r) IL__NONNULL;

/* Makes *r a free RLock.  `flags` is 0.
   Requires: nobody uses *r.
   Returns 0, or EINVAL for an unknown flag.  Never blocks.  */
IL__API int il_rlock_init(il_rlock *r, unsigned flags) IL__NONNULL;

/* Acquires *r, or one more level of it, waiting as long as it takes.
   Returns 0, or EOVERFLOW: the caller holds it UINT32_MAX times already.
   Blocks, but not its owner; signals do not end the wait; not a cancellation
   point.  */
IL__CALL int il_rlock_acquire(il_rlock *r) IL__NONNULL IL__ACQUIRES(*r);

/* Acquires *r, or one more level of it, if that can be had at once.
   Returns 0; EBUSY: another thread holds it, or it is on its way to a
   waiter; or EOVERFLOW, as il_rlock_acquire.  Never blocks.  */
IL__CALL int il_rlock_try_acquire(il_rlock *r)
    IL__NONNULL IL__CHECK IL__TRIES(*r);

/* Acquires *r, or one more level of it, waiting until `until` at most.
   Returns 0; ETIMEDOUT: the deadline passed first; or EOVERFLOW, as
   il_rlock_acquire.  Blocks, but not its owner; signals do not end the wait;
   not a cancellation point.  */
IL__CALL int il_rlock_acquire_until(il_rlock *r, il_deadline until)
    IL__NONNULL IL__CHECK IL__TRIES(*r);

/* Gives back one level of *r; the last one makes it free and lets one waiter
   go on.
   Returns 0, or EPERM: the caller does not hold it, nothing changed.
   Never blocks.  */
IL__CALL int il_rlock_release(il_rlock *r) IL__NONNULL IL__RELEASES(*r);

/* Returns whether any thread holds *r, at some moment of the call: a hint,
   that orders nothing.  Never blocks.  */
IL__CALL bool il_rlock_locked(const il_rlock *r) IL__NONNULL;

/* Returns whether the caller holds *r.  Never blocks.  */
IL__CALL bool il_rlock_owned(const il_rlock *r) IL__NONNULL;

/* Returns how many times the caller holds *r, 0 if another thread does or
   none.  Never blocks.  */
IL__CALL uint32_t il_rlock_depth(const il_rlock *r) IL__NONNULL;

/* Makes *r free in a forked child, whatever it was.  (What the forking
   thread held itself, it still holds: it may just release it.)
   Requires: the caller is the child's only thread that uses *r.
   Never blocks.  */
IL__API void il_rlock_at_fork_reinit(il_rlock *r) IL__NONNULL;

#ifndef IL_EXPLORE
/* The inline paths.  */

IL__CALL bool il__rlock_is_mine(const il_rlock *r)
{
    uint64_t me = il__thread_id;
    return me != 0 && __atomic_load_n(&r->il_owner, __ATOMIC_RELAXED) == me;
}

IL__CALL bool il__rlock_step(il_rlock *r)
{
    /* Relaxed: a guess; who holds it reads that it is held.  */
    if (__atomic_load_n(&r->il_base.il_word, __ATOMIC_RELAXED) == 0) {
        if (il__thread_id == 0 || !il__lock_take(&r->il_base))
            return false;
        /* Relaxed: see lib/rlock.c, R1.  */
        __atomic_store_n(&r->il_owner, il__thread_id, __ATOMIC_RELAXED);
        return true;
    }
    if (!il__rlock_is_mine(r) || r->il_more == IL__RLOCK_MORE_MAX)
        return false;
    /* Relaxed: only the owner looks.  */
    __atomic_store_n(&r->il_more, r->il_more + 1, __ATOMIC_RELAXED);
    return true;
}

IL__CALL int il_rlock_acquire(il_rlock *r)
{
    return IL__LIKELY(il__rlock_step(r))
               ? 0
               : il__rlock_acquire_slow(r, il_never());
}

IL__CALL int il_rlock_try_acquire(il_rlock *r)
{
    if (il_lock_locked(&r->il_base) && !il__rlock_is_mine(r))
        return EBUSY;
    return IL__LIKELY(il__rlock_step(r)) ? 0 : il__rlock_try_slow(r);
}

IL__CALL int il_rlock_acquire_until(il_rlock *r, il_deadline until)
{
    return IL__LIKELY(il__rlock_step(r)) ? 0 : il__rlock_acquire_slow(r, until);
}

IL__CALL int il_rlock_release(il_rlock *r)
{
    if (!il__rlock_is_mine(r))
        return EPERM;
    if (r->il_more > 0) {
        /* Relaxed: only the owner looks.  */
        __atomic_store_n(&r->il_more, r->il_more - 1, __ATOMIC_RELAXED);
        return 0;
    }
    /* Relaxed: whoever is next is ordered after it by the lock's release.  */
    __atomic_store_n(&r->il_owner, 0, __ATOMIC_RELAXED);
    return il_lock_release(&r->il_base);
}

IL__CALL bool il_rlock_locked(const il_rlock *r)
{
    return il_lock_locked(&r->il_base);
}

IL__CALL bool il_rlock_owned(const il_rlock *r)
{
    return il__rlock_is_mine(r);
}

IL__CALL uint32_t il_rlock_depth(const il_rlock *r)
{
    return il__rlock_is_mine(r) ? r->il_more + 1 : 0;
}
#endif

IL__END_DECLS

#endif
