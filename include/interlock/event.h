/* event.h -- il_event, a flag that threads wait for: Python's
   threading.Event.

   Waiting returns when the flag is set, at once if it already is.  Setting
   it lets every waiter through, and those stay let through however soon it
   is cleared again.

   All-zero bytes are an event that is not set.  There is no destroy: when it
   is of no more use its memory may go, and that is so directly after the set
   that lets a thread through, even while that call has not yet returned.

   Memory order: what was written before a set is visible after the wait that
   it lets through, after an il_event_is_set that says true, and after the
   il_event_clear that undoes the set.  So of a consumer that clears, then
   looks, then waits, and a producer that puts, then sets, one always sees the
   other.

   SPDX-License-Identifier: MIT */

#ifndef INTERLOCK_EVENT_H
#define INTERLOCK_EVENT_H

#include <interlock/deadline.h>

IL__BEGIN_DECLS

typedef struct il_event {
    uint32_t il_word; /* bit 0 set, bit 1 waited for, generation; atomic */
} il_event;

/* clang-format off */
#define IL_EVENT_INIT { 0 }
/* clang-format on */

#define IL__EVENT_SET UINT32_C(1)
#define IL__EVENT_WAITED UINT32_C(2)
#define IL__EVENT_GENERATION UINT32_C(4)

/* The paths that meet a waiter, or become one.  */
IL__API int il__event_wait_slow(il_event *e, il_deadline until);
IL__API void il__event_wake(const il_event *e);

/* Makes *e an event that is not set.  `flags` is 0.
   Requires: nobody uses *e.
   Returns 0, or EINVAL for an unknown flag.  Never blocks.  */
IL__API int il_event_init(il_event *e, unsigned flags) IL__NONNULL;

/* Returns whether *e is set at some moment of the call; if so, what was
   written before the set is visible.  Never blocks.  */
IL__CALL bool il_event_is_set(const il_event *e) IL__NONNULL;

/* Sets *e and lets every waiter through.  Never blocks; async-signal-safe
   with the futex backend.  */
IL__CALL void il_event_set(il_event *e) IL__NONNULL;

/* Makes *e not set.  Never blocks.  */
IL__CALL void il_event_clear(il_event *e) IL__NONNULL;

/* Waits until *e is set, as long as it takes.
   Returns 0, always, also if *e was cleared before this thread ran again.
   Blocks; signals do not end the wait; not a cancellation point.  */
IL__CALL int il_event_wait(il_event *e) IL__NONNULL;

/* Waits until *e is set, or `until` passes.
   Returns 0, as il_event_wait, or ETIMEDOUT: the deadline passed and *e was
   not set since the call began.  Blocks; signals do not end the wait; not a
   cancellation point.  */
IL__CALL int il_event_wait_until(il_event *e, il_deadline until)
    IL__NONNULL IL__CHECK;

/* Forgets, in a forked child, the waiters of the parent; the flag stays.
   Requires: the caller is the child's only thread that uses *e.
   Never blocks.  */
IL__API void il_event_at_fork_reinit(il_event *e) IL__NONNULL;

#ifndef IL_EXPLORE
/* The inline paths.  */

IL__CALL bool il_event_is_set(const il_event *e)
{
    /* Acquire: pairs with the release in il_event_set.  */
    return (__atomic_load_n(&e->il_word, __ATOMIC_ACQUIRE) & IL__EVENT_SET)
           != 0;
}

IL__CALL void il_event_set(il_event *e)
{
    uint32_t next;
    /* Relaxed: a guess that the compare-exchange checks.  */
    uint32_t word = __atomic_load_n(&e->il_word, __ATOMIC_RELAXED);
    do
        next =
            ((word | IL__EVENT_SET) & ~IL__EVENT_WAITED) + IL__EVENT_GENERATION;
    /* Release: pairs with the acquires in il_event_is_set, il_event_clear and
       il__event_wait_slow.  It is done on a set event too: a clear may be
       about to follow.  After it the event may be gone: il__event_wake uses
       its address, not the value.  */
    while (!IL__LIKELY(IL__CAS(&e->il_word, &word, next, __ATOMIC_RELEASE)));
    if (word & IL__EVENT_WAITED)
        il__event_wake(e);
}

IL__CALL void il_event_clear(il_event *e)
{
    /* Acquire: pairs with the release in the il_event_set that it undoes.  */
    __atomic_fetch_and(&e->il_word, ~IL__EVENT_SET, __ATOMIC_ACQUIRE);
}

IL__CALL int il_event_wait(il_event *e)
{
    return il_event_is_set(e) ? 0 : il__event_wait_slow(e, il_never());
}

IL__CALL int il_event_wait_until(il_event *e, il_deadline until)
{
    return il_event_is_set(e) ? 0 : il__event_wait_slow(e, until);
}
#endif

IL__END_DECLS

#endif
