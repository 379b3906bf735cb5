/* condition.h -- il_condition, waiting for others to change what a lock
   protects: Python's threading.Condition.

   A condition is bound for life to one il_lock or il_rlock.  Under that lock
   a thread waits until another, under the same lock, notifies it:

       il_condition_acquire(&c);                il_condition_acquire(&c);
       il_condition_wait_for(&c, ready, &x);    make_ready(&x);
       use(&x);                                 il_condition_notify(&c);
       il_condition_release(&c);                il_condition_release(&c);

   Waiters are notified oldest first, exactly as many as were asked for, and
   nobody who began to wait after a notify can take its place.  A wait never
   returns without a notify or its deadline.

   "Held" means, with an il_rlock, held by the caller; with an il_lock, which
   has no owner, held by anybody: calling from a thread that does not itself
   hold it, while another does, is a mistake that is not found and that
   breaks the queue.

   There is no destroy: when the condition is of no more use its memory may
   go, once every call that waits on it has returned.

   Memory order: that of the lock.

   SPDX-License-Identifier: MIT */

#ifndef INTERLOCK_CONDITION_H
#define INTERLOCK_CONDITION_H

#include <interlock/lock.h>
#include <interlock/rlock.h>
#include <interlock/waiters.h>

IL__BEGIN_DECLS

typedef struct IL__CAPABILITY("condition") il_condition {
    il_lock *il_plain;      /* this one, */
    il_rlock *il_recursive; /* or this one; the other is NULL */
    il__waiters il_waiters; /* under the lock */
} il_condition;

/* A condition on *lock, an il_lock, or on *rlock, an il_rlock.  */
/* clang-format off */
#define IL_CONDITION_INIT(lock) { (lock), 0, { 0, 0, 0, 0 } }
#define IL_CONDITION_INIT_RLOCK(rlock) { 0, (rlock), { 0, 0, 0, 0 } }
/* clang-format on */

/* Whether the lock of *c is held, as far as that can be known.  */
IL__CALL bool il__condition_is_held(const il_condition *c) IL__NONNULL;

/* The path that meets somebody.  */
IL__API void il__condition_notify_slow(il_condition *c, uint32_t n);

/* Makes *c a condition on *lock, held or not.  `flags` is 0.
   Requires: nobody uses *c.
   Returns 0, or EINVAL for an unknown flag.  Never blocks.  */
IL__API int il_condition_init(il_condition *c, il_lock *lock, unsigned flags)
    IL__NONNULL;

/* Makes *c a condition on *rlock, held or not.  `flags` is 0.
   Requires: nobody uses *c.
   Returns 0, or EINVAL for an unknown flag.  Never blocks.  */
IL__API int il_condition_init_rlock(il_condition *c, il_rlock *rlock,
                                    unsigned flags) IL__NONNULL;

/* Acquires the lock of *c: il_lock_acquire or il_rlock_acquire, and returns
   what that returns.  */
IL__API int il_condition_acquire(il_condition *c) IL__NONNULL IL__ACQUIRES(*c);

/* Acquires the lock of *c if that can be had at once: il_lock_try_acquire or
   il_rlock_try_acquire, and returns what that returns.  */
IL__API int il_condition_try_acquire(il_condition *c)
    IL__NONNULL IL__CHECK IL__TRIES(*c);

/* Acquires the lock of *c, waiting until `until` at most:
   il_lock_acquire_until or il_rlock_acquire_until, and returns what that
   returns.  */
IL__API int il_condition_acquire_until(il_condition *c, il_deadline until)
    IL__NONNULL IL__CHECK IL__TRIES(*c);

/* Releases the lock of *c: il_lock_release or il_rlock_release, and returns
   what that returns.  */
IL__API int il_condition_release(il_condition *c) IL__NONNULL IL__RELEASES(*c);

/* Releases the lock, every level of an il_rlock, waits to be notified, and
   acquires it again, every level.
   Requires: the lock is held.
   Returns 0, with the lock held, or EPERM: it was not, and nothing changed.
   Blocks; signals do not end the wait; not a cancellation point.  */
IL__API int il_condition_wait(il_condition *c) IL__NONNULL;

/* The same, waiting to be notified until `until` at most.  The lock is taken
   back however long that takes.
   Requires: the lock is held.
   Returns 0: notified; ETIMEDOUT: the deadline passed and no notify was
   used up on this thread; both with the lock held; or EPERM: it was not, and
   nothing changed.
   Blocks; signals do not end the wait; not a cancellation point.  */
IL__API int il_condition_wait_until(il_condition *c, il_deadline until)
    IL__NONNULL IL__CHECK;

/* Waits until predicate(arg) is true, calling it with the lock held, before
   the first wait and after each.  The predicate must not leave by longjmp or
   by a C++ exception.
   Requires: the lock is held.
   Returns 0: it is true; or EPERM: it is false and the lock is not held.
   Blocks; signals do not end the wait; not a cancellation point.  */
IL__API int il_condition_wait_for(il_condition *c, bool (*predicate)(void *),
                                  void *arg) IL__NONNULL_ARG(1)
    IL__NONNULL_ARG(2);

/* The same, until `until` at most; what counts is the predicate's last
   answer, after the deadline too.
   Requires: the lock is held.
   Returns 0: it is true; ETIMEDOUT: it is false and the deadline has passed;
   or EPERM: it is false and the lock is not held.
   Blocks; signals do not end the wait; not a cancellation point.  */
IL__API int il_condition_wait_for_until(il_condition *c,
                                        bool (*predicate)(void *), void *arg,
                                        il_deadline until) IL__NONNULL_ARG(1)
    IL__NONNULL_ARG(2) IL__CHECK;

/* Notifies the thread that has waited longest.  With nobody waiting it does
   nothing: a notify is not kept.
   Requires: the lock is held.
   Returns 0, or EPERM: it is not.  Never blocks.  */
IL__CALL int il_condition_notify(il_condition *c) IL__NONNULL;

/* Notifies the n threads that have waited longest, or all if there are fewer;
   0 notifies nobody.
   Requires: the lock is held.
   Returns 0, or EPERM: it is not.  Never blocks.  */
IL__CALL int il_condition_notify_n(il_condition *c, uint32_t n) IL__NONNULL;

/* Notifies every thread that waits.
   Requires: the lock is held.
   Returns 0, or EPERM: it is not.  Never blocks.  */
IL__CALL int il_condition_notify_all(il_condition *c) IL__NONNULL;

/* Returns how many threads wait and are not notified yet, at some moment of
   the call; exact while the lock is held.  Never blocks.  */
IL__API uint32_t il_condition_waiting(const il_condition *c) IL__NONNULL;

/* Makes, in a forked child, the lock of *c free and forgets the waiters of
   the parent.  (They are forgotten without it too; the lock is not.)
   Requires: the caller is the child's only thread that uses *c.
   Never blocks.  */
IL__API void il_condition_at_fork_reinit(il_condition *c) IL__NONNULL;

#ifndef IL_EXPLORE
/* The inline paths.  */

IL__CALL bool il__condition_is_held(const il_condition *c)
{
    return c->il_plain ? il_lock_locked(c->il_plain)
                       : il_rlock_owned(c->il_recursive);
}

IL__CALL int il_condition_notify_n(il_condition *c, uint32_t n)
{
    if (!il__condition_is_held(c))
        return EPERM;
    /* Relaxed: the lock orders it.  */
    if (IL__UNLIKELY(__atomic_load_n(&c->il_waiters.il_length, __ATOMIC_RELAXED)
                     != 0))
        il__condition_notify_slow(c, n);
    return 0;
}

IL__CALL int il_condition_notify(il_condition *c)
{
    return il_condition_notify_n(c, 1);
}

IL__CALL int il_condition_notify_all(il_condition *c)
{
    return il_condition_notify_n(c, UINT32_MAX);
}
#endif

IL__END_DECLS

#endif
