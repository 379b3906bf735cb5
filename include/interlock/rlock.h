/* rlock.h -- il_rlock, a lock that its owner may acquire again: Python's
   threading.RLock.

   An RLock has an owner, the thread that acquired it, and a depth, how many
   times.  Only the owner may release it; it is free when it was released as
   often as acquired.  The owner is known by a number that no other thread of
   the process ever gets and that a forked child's thread inherits: who holds
   it when it forks, holds the child's copy.

   Many are only ever used by one thread.  An RLock becomes biased to the first
   that uses it, which from then on acquires it with plain loads and stores,
   until another thread comes; that costs the other once as much as to
   interrupt every processor.

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
    uint32_t il_levels; /* of the thread that it is biased to; atomic */
    /* A thread's number and depth, see lib/rlock.c; atomic.  */
    uint64_t il_owner __attribute__((aligned(8)));
} il_rlock;

/* clang-format off */
#define IL_RLOCK_INIT { IL_LOCK_INIT, 0, 0 }
/* clang-format on */

/* il_owner: a depth, two flags and, in the other 40 bits, a number.  */
#define IL__RLOCK_MAX UINT64_C(0x3fffff)
#define IL__RLOCK_CANDIDATE (UINT64_C(1) << 22)
#define IL__RLOCK_SHARED (UINT64_C(1) << 23)
#define IL__RLOCK_NUMBER (UINT64_C(1) << 24)

/* The caller's number; IL__RLOCK_NUMBER, which owns nothing, until its first
   call that needs one.  */
IL__API extern __thread uint64_t il__thread_id;

/* The paths that meet somebody, a thread's first calls and the limits.  */
IL__API int il__rlock_acquire_slow(il_rlock *r, il_deadline until);
IL__API int il__rlock_try_slow(il_rlock *r);
IL__API int il__rlock_release_slow(il_rlock *r);
IL__API void il__rlock_step_back(il_rlock *r, uint32_t levels);
IL__API void il__rlock_wake(const il_rlock *r);

/* Whether `owner` is the caller's, at any depth.  */
IL__CALL bool il__rlock_is_mine(uint64_t owner);

/* Acquires *r, biased to the caller, or a level more of it.  Returns whether it
   did.  */
IL__CALL bool il__rlock_step_biased(il_rlock *r) IL__NONNULL;

/* Acquires *r where that takes one step: a level more for its owner, or a
   free RLock for a thread that has its number.  Returns whether it did.  */
IL__CALL bool il__rlock_step(il_rlock *r) IL__NONNULL;

/* Releases *r, biased to the caller.  Returns as il_rlock_release.  */
IL__CALL int il__rlock_release_biased(il_rlock *r) IL__NONNULL;

/* Makes *r a free RLock.  `flags` is 0.
   Requires: nobody uses *r.
   Returns 0, or EINVAL for an unknown flag.  Never blocks.  */
IL__API int il_rlock_init(il_rlock *r, unsigned flags) IL__NONNULL;

/* Acquires *r, or one more level of it, waiting as long as it takes.
   Returns 0, or EOVERFLOW: the caller holds it 4194303 times already, or more
   than a million million threads before it have used RLocks.
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

IL__CALL bool il__rlock_is_mine(uint64_t owner)
{
    return (owner ^ il__thread_id) < IL__RLOCK_NUMBER;
}

IL__CALL bool il__rlock_step_biased(il_rlock *r)
{
    /* Relaxed: only the caller writes it.  */
    uint32_t levels = __atomic_load_n(&r->il_levels, __ATOMIC_RELAXED);
    if (IL__UNLIKELY(levels == IL__RLOCK_MAX))
        return false;
    /* Relaxed: nobody else had the lock since the caller did.  */
    __atomic_store_n(&r->il_levels, levels + 1, __ATOMIC_RELAXED);
    /* The compiler keeps the order of store and load; the processor need not,
       who revokes the bias sees to it.  */
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    /* Relaxed: see lib/rlock.c, B1.  */
    if (IL__LIKELY(__atomic_load_n(&r->il_owner, __ATOMIC_RELAXED)
                   == il__thread_id))
        return true;
    il__rlock_step_back(r, levels);
    return false;
}

IL__CALL bool il__rlock_step(il_rlock *r)
{
    uint64_t me = il__thread_id;
    /* Relaxed: see lib/rlock.c, R1.  */
    uint64_t owner = __atomic_load_n(&r->il_owner, __ATOMIC_RELAXED);

    if (owner == me)
        return il__rlock_step_biased(r);
    if (owner == IL__RLOCK_SHARED) {
        if (me == IL__RLOCK_NUMBER || !il__lock_take(&r->il_base))
            return false;
        /* Relaxed: see R1.  */
        __atomic_store_n(&r->il_owner, me + 1, __ATOMIC_RELAXED);
        return true;
    }
    if (owner - me >= IL__RLOCK_MAX)
        return false;
    /* Relaxed: only the owner looks.  */
    __atomic_store_n(&r->il_owner, owner + 1, __ATOMIC_RELAXED);
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
    /* Relaxed: a failed try orders nothing.  */
    uint64_t owner = __atomic_load_n(&r->il_owner, __ATOMIC_RELAXED);
    if ((owner & IL__RLOCK_MAX) != 0 && !il__rlock_is_mine(owner))
        return EBUSY;
    return IL__LIKELY(il__rlock_step(r)) ? 0 : il__rlock_try_slow(r);
}

IL__CALL int il_rlock_acquire_until(il_rlock *r, il_deadline until)
{
    return IL__LIKELY(il__rlock_step(r)) ? 0 : il__rlock_acquire_slow(r, until);
}

IL__CALL int il__rlock_release_biased(il_rlock *r)
{
    const uint32_t *presence = il__presence_of(r);
    /* Relaxed: only the caller writes it.  */
    uint32_t levels = __atomic_load_n(&r->il_levels, __ATOMIC_RELAXED);
    if (levels > 1) {
        __atomic_store_n(&r->il_levels, levels - 1, __ATOMIC_RELAXED);
        return 0;
    }
    /* Relaxed: a late look at the entry is made up for below.  */
    if (IL__UNLIKELY(levels == 0
                     || __atomic_load_n(presence, __ATOMIC_RELAXED)
                            != IL__NOBODY))
        return il__rlock_release_slow(r);
    /* Release: pairs with the acquire in lib/rlock.c, revoke.  After it the
       RLock may be gone: nothing here looks at *r again.  */
    __atomic_store_n(&r->il_levels, 0, __ATOMIC_RELEASE);
    /* As in il_lock_release.  */
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    /* Relaxed: see there.  */
    if (IL__UNLIKELY(__atomic_load_n(presence, __ATOMIC_RELAXED) != IL__NOBODY))
        il__rlock_wake(r);
    return 0;
}

IL__CALL int il_rlock_release(il_rlock *r)
{
    uint64_t me = il__thread_id;
    /* Relaxed: see lib/rlock.c, R1.  */
    uint64_t owner = __atomic_load_n(&r->il_owner, __ATOMIC_RELAXED);

    if (owner == me)
        return il__rlock_release_biased(r);
    if (owner - me == 1) {
        /* Relaxed: the lock's release orders it before whoever is next.  */
        __atomic_store_n(&r->il_owner, IL__RLOCK_SHARED, __ATOMIC_RELAXED);
        return il_lock_release(&r->il_base);
    }
    if (IL__UNLIKELY(owner - me > IL__RLOCK_MAX))
        return il__rlock_release_slow(r);
    /* Relaxed: only the owner looks.  */
    __atomic_store_n(&r->il_owner, owner - 1, __ATOMIC_RELAXED);
    return 0;
}

IL__CALL bool il_rlock_locked(const il_rlock *r)
{
    /* Relaxed: the answer may be old when it arrives.  */
    uint64_t owner = __atomic_load_n(&r->il_owner, __ATOMIC_RELAXED);
    if ((owner & IL__RLOCK_MAX) != 0)
        return true;
    if (owner <= IL__RLOCK_SHARED)
        return il_lock_locked(&r->il_base);
    /* Relaxed: so may this.  */
    return !(owner & IL__RLOCK_CANDIDATE)
           && __atomic_load_n(&r->il_levels, __ATOMIC_RELAXED) != 0;
}

IL__CALL uint32_t il_rlock_depth(const il_rlock *r)
{
    /* Relaxed: see lib/rlock.c, R1.  */
    uint64_t owner = __atomic_load_n(&r->il_owner, __ATOMIC_RELAXED);
    if (!il__rlock_is_mine(owner))
        return 0;
    if ((owner & (IL__RLOCK_MAX | IL__RLOCK_CANDIDATE)) != 0)
        return (uint32_t)(owner & IL__RLOCK_MAX);
    /* Relaxed: only the caller writes it.  */
    return __atomic_load_n(&r->il_levels, __ATOMIC_RELAXED);
}

IL__CALL bool il_rlock_owned(const il_rlock *r)
{
    return il_rlock_depth(r) != 0;
}
#endif

IL__END_DECLS

#endif
