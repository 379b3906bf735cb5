/* lock.h -- il_lock, mutual exclusion: Python's threading.Lock.

   A lock has no owner.  Any thread may release it, also one that did not
   acquire it; a thread that acquires it twice waits for somebody to release
   it.  Where the same thread may come back, use il_rlock.

   All-zero bytes are a free lock.  There is no destroy: when the lock is of
   no more use its memory may go, and that is so directly after the release
   that lets a thread through, even while that call has not yet returned.

   Fairness: a lock may be taken by a newcomer while others wait (it
   barges), but each waiter has its turn.  Who waits sleeps after some tens of
   yields of the processor, in a queue; a release wakes the first of it, and if
   newcomers overtake that one for some tens of yields more, the release that
   comes next hands the lock over.  So what a thread waits for is, for each
   thread before it, one section and some 0.1 ms, and the time that the system
   takes to run it, which on busy processors is slices of milliseconds.

   Misuse: a release of a lock that nobody holds is answered EPERM.  Two
   threads that both release what was acquired once, at the same moment, may
   both be answered 0.

   Memory order: acquiring is an acquire operation and releasing a release
   operation on the lock: what was written before a release is visible after
   the acquire that it lets through.

   SPDX-License-Identifier: MIT */

#ifndef INTERLOCK_LOCK_H
#define INTERLOCK_LOCK_H

#include <interlock/deadline.h>
#include <interlock/presence.h>

IL__BEGIN_DECLS

typedef struct IL__CAPABILITY("lock") il_lock {
    uint32_t il_word; /* 0 free, 1 held, else see lib/lock.c; atomic */
} il_lock;

/* clang-format off */
#define IL_LOCK_INIT { 0 }
/* clang-format on */

#define IL__LOCK_HELD UINT32_C(1)

/* The paths that meet somebody.  */
IL__API int il__lock_acquire_slow(il_lock *l, il_deadline until);
IL__API int il__lock_try_slow(il_lock *l);
IL__API int il__lock_release_slow(il_lock *l);
IL__API void il__lock_wake(const il_lock *l);

/* Acquires *l if it is free and nobody waits.  Returns whether it did.  */
IL__CALL bool il__lock_take(il_lock *l) IL__NONNULL;

/* Makes *l a free lock.  `flags` is 0.
   Requires: nobody uses *l.
   Returns 0, or EINVAL for an unknown flag.  Never blocks.  */
IL__API int il_lock_init(il_lock *l, unsigned flags) IL__NONNULL;

/* Acquires *l, waiting as long as it takes.
   Returns 0, always.  Blocks; signals do not end the wait; not a
   cancellation point.  */
IL__CALL int il_lock_acquire(il_lock *l) IL__NONNULL IL__ACQUIRES(*l);

/* Acquires *l if that can be had at once.
   Returns 0, or EBUSY: it is held, or on its way to a waiter.
   Never blocks.  */
IL__CALL int il_lock_try_acquire(il_lock *l)
    IL__NONNULL IL__CHECK IL__TRIES(*l);

/* Acquires *l, waiting until `until` at most.
   Returns 0, or ETIMEDOUT: the deadline passed first and *l was not
   acquired.  Blocks; signals do not end the wait; not a cancellation
   point.  */
IL__CALL int il_lock_acquire_until(il_lock *l, il_deadline until)
    IL__NONNULL IL__CHECK IL__TRIES(*l);

/* Releases *l, from any thread, and lets one waiter go on.
   Returns 0, or EPERM: nobody held it, nothing changed.  Never blocks.  */
IL__CALL int il_lock_release(il_lock *l) IL__NONNULL IL__RELEASES(*l);

/* Returns whether *l is held by any thread, at some moment of the call: a
   hint, that orders nothing.  Never blocks.  */
IL__CALL bool il_lock_locked(const il_lock *l) IL__NONNULL;

/* Makes *l free in a forked child, whatever it was: its holder and its
   waiters were threads of the parent.
   Requires: the caller is the child's only thread that uses *l.
   Never blocks.  */
IL__API void il_lock_at_fork_reinit(il_lock *l) IL__NONNULL;

#ifndef IL_EXPLORE
/* The inline paths.  */

IL__CALL bool il__lock_take(il_lock *l)
{
    uint32_t word = 0;
    if (il__is_alone()) {
        /* Relaxed: there is no other thread.  */
        if (__atomic_load_n(&l->il_word, __ATOMIC_RELAXED) != 0)
            return false;
        __atomic_store_n(&l->il_word, IL__LOCK_HELD, __ATOMIC_RELAXED);
        return true;
    }
    /* Acquire: pairs with the release in il_lock_release.  */
    return IL__CAS(&l->il_word, &word, IL__LOCK_HELD, __ATOMIC_ACQUIRE);
}

IL__CALL int il_lock_acquire(il_lock *l)
{
    if (IL__UNLIKELY(!il__lock_take(l)))
        (void)il__lock_acquire_slow(l, il_never()); /* 0, without a deadline */
    return 0;
}

IL__CALL int il_lock_try_acquire(il_lock *l)
{
    /* Relaxed: a failed try orders nothing.  */
    if (__atomic_load_n(&l->il_word, __ATOMIC_RELAXED) & IL__LOCK_HELD)
        return EBUSY;
    return IL__LIKELY(il__lock_take(l)) ? 0 : il__lock_try_slow(l);
}

IL__CALL int il_lock_acquire_until(il_lock *l, il_deadline until)
{
    return IL__LIKELY(il__lock_take(l)) ? 0 : il__lock_acquire_slow(l, until);
}

IL__CALL int il_lock_release(il_lock *l)
{
    const uint32_t *presence = il__presence_of(l);
    /* Relaxed: only the holder's own store makes a held lock free, and a late
       look at the entry is made up for below.  */
    if (IL__UNLIKELY(
            __atomic_load_n(&l->il_word, __ATOMIC_RELAXED) != IL__LOCK_HELD
            || __atomic_load_n(presence, __ATOMIC_RELAXED) != IL__NOBODY))
        return il__lock_release_slow(l);
    /* Release: pairs with the acquire in il__lock_take and its kin.  After it
       the lock may be gone: nothing here looks at *l again.  */
    __atomic_store_n(&l->il_word, 0, __ATOMIC_RELEASE);
    /* The compiler keeps the order of store and load; the processor need not,
       il__presence_begin sees to it.  */
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    /* Relaxed: see there.  */
    if (IL__UNLIKELY(__atomic_load_n(presence, __ATOMIC_RELAXED) != IL__NOBODY))
        il__lock_wake(l);
    return 0;
}

IL__CALL bool il_lock_locked(const il_lock *l)
{
    /* Relaxed: the answer may be old when it arrives.  */
    uint32_t word = __atomic_load_n(&l->il_word, __ATOMIC_RELAXED);
    return (word & IL__LOCK_HELD) != 0;
}
#endif

IL__END_DECLS

#endif
