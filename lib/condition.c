/* condition.c -- a queue of waiters under the user's lock.

   il_plain, il_recursive   the lock, one of the two; constant
   il_waiters               who waits and is not notified; under the lock

   wait     adds itself, releases the lock, waits for its verdict, acquires
            the lock
   notify   takes the oldest waiters and gives them their verdict
   time-out acquires the lock; if still queued removes itself

   C1  The queue changes only with the lock held.  So whether a notify came
       before a deadline is decided by who has the lock first: a waiter that
       finds itself taken was notified, and returns 0 however late it is.
   C2  A notify takes the waiters that are queued when it is called, the
       oldest first; who comes later is not among them.
   C3  A waiter returns only notified or timed out: park's wake-ups for no
       reason end in il__waiters_wait.

   Lifetime: a notified waiter has to acquire the lock before it returns, so
   the condition is there for as long as its notifier holds the lock.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <interlock/condition.h>

#include "rlock.h"
#include "tsan.h"
#include "waiters.h"

_Static_assert(sizeof(il_condition) <= 40,
               "the size that condition.h promises");

extern inline bool il__condition_is_held(const il_condition *c);
extern inline int il_condition_notify(il_condition *c);
extern inline int il_condition_notify_n(il_condition *c, uint32_t n);
extern inline int il_condition_notify_all(il_condition *c);

/* The lock's address, for ThreadSanitizer.  */
static const void *lock_of(const il_condition *c)
{
    return c->il_plain ? (const void *)c->il_plain : c->il_recursive;
}

int il_condition_acquire(il_condition *c)
{
    return seen_to_acquire(lock_of(c), c->il_plain
                                           ? il_lock_acquire(c->il_plain)
                                           : il_rlock_acquire(c->il_recursive));
}

int il_condition_try_acquire(il_condition *c)
{
    return seen_to_acquire(lock_of(c),
                           c->il_plain ? il_lock_try_acquire(c->il_plain)
                                       : il_rlock_try_acquire(c->il_recursive));
}

int il_condition_acquire_until(il_condition *c, il_deadline until)
{
    return seen_to_acquire(
        lock_of(c), c->il_plain
                        ? il_lock_acquire_until(c->il_plain, until)
                        : il_rlock_acquire_until(c->il_recursive, until));
}

int il_condition_release(il_condition *c)
{
    release_seen(lock_of(c));
    return c->il_plain ? il_lock_release(c->il_plain)
                       : il_rlock_release(c->il_recursive);
}

/* Gives up every level of the lock; returns how many there were above the
   first.  */
static uint32_t release_all(il_condition *c)
{
    uint32_t more = 0;
    if (c->il_recursive)
        more = il_rlock_depth(c->il_recursive) - 1;
    if (more > 0)
        il__rlock_set_depth(c->il_recursive, 1);
    il_condition_release(c);
    return more;
}

/* Takes the lock, and `more` levels.  */
static void acquire_all(il_condition *c, uint32_t more)
{
    il_condition_acquire(c);
    if (more > 0)
        il__rlock_set_depth(c->il_recursive, more + 1);
}

int il_condition_wait_until(il_condition *c, il_deadline until)
{
    struct il__waiter me;
    uint32_t more;

    if (!il__condition_is_held(c))
        return EPERM;
    il__waiters_add(&c->il_waiters, &me);
    more = release_all(c);
    il__waiters_wait(&me, until);
    acquire_all(c, more);
    if (!me.queued)
        return 0;
    il__waiters_remove(&c->il_waiters, &me);
    return ETIMEDOUT;
}

int il_condition_wait(il_condition *c)
{
    return il_condition_wait_until(c, il_never());
}

int il_condition_wait_for_until(il_condition *c, bool (*predicate)(void *),
                                void *arg, il_deadline until)
{
    int r = 0;
    while (!predicate(arg)) {
        if (r != 0)
            return r;
        r = il_condition_wait_until(c, until);
        if (r == EPERM)
            return r;
    }
    return 0;
}

int il_condition_wait_for(il_condition *c, bool (*predicate)(void *), void *arg)
{
    return il_condition_wait_for_until(c, predicate, arg, il_never());
}

/* Notifies up to n of those that wait; the lock is held.  */
void il__condition_notify_slow(il_condition *c, uint32_t n)
{
    il__waiters_release(il__waiters_take(&c->il_waiters, n), PASSED);
}

uint32_t il_condition_waiting(const il_condition *c)
{
    return il__waiters_length(&c->il_waiters);
}

int il_condition_init(il_condition *c, il_lock *lock, unsigned flags)
{
    if (flags)
        return EINVAL;
    *c = (il_condition)IL_CONDITION_INIT(lock);
    return 0;
}

int il_condition_init_rlock(il_condition *c, il_rlock *rlock, unsigned flags)
{
    if (flags)
        return EINVAL;
    *c = (il_condition)IL_CONDITION_INIT_RLOCK(rlock);
    return 0;
}

void il_condition_at_fork_reinit(il_condition *c)
{
    if (c->il_plain)
        il_lock_at_fork_reinit(c->il_plain);
    else
        il_rlock_at_fork_reinit(c->il_recursive);
    c->il_waiters = (il__waiters){0};
}
