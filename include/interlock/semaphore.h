/* semaphore.h -- il_semaphore, a count of tokens: Python's
   threading.Semaphore.

   Acquiring takes a token and waits while there is none; releasing gives
   one, also one that was never taken.  Where that would be a mistake, use
   il_bounded_semaphore.

   A semaphore is IL_SEMAPHORE_INIT(value) or il_semaphore_init.  There is no
   destroy: when it is of no more use its memory may go, and that is so
   directly after the release that lets a thread through, even while that
   call has not yet returned.

   A newcomer may take the token that a waiter was woken for; no token and no
   wake-up is ever lost by that, nor by a waiter that gives up.  There is no
   bound on how often that happens: only il_lock and il_rlock have one.

   Memory order: what was written before a release is visible after the
   acquire that takes its token, and after every later one.

   SPDX-License-Identifier: MIT */

#ifndef INTERLOCK_SEMAPHORE_H
#define INTERLOCK_SEMAPHORE_H

#include <interlock/deadline.h>

IL__BEGIN_DECLS

typedef struct il_semaphore {
    /* Tokens, and from bit 32 on waiters; atomic.  */
    uint64_t il_state __attribute__((aligned(8)));
} il_semaphore;

/* The most tokens that a semaphore can hold.  */
#define IL_SEMAPHORE_MAX UINT32_C(0x7fffffff)

/* A semaphore of `value` tokens, at most IL_SEMAPHORE_MAX.  */
/* clang-format off */
#define IL_SEMAPHORE_INIT(value) { (uint32_t)(value) }
/* clang-format on */

/* The paths that meet a waiter, or become one.  */
IL__API int il__semaphore_acquire_slow(il_semaphore *s, il_deadline until);
IL__API void il__semaphore_wake(const il_semaphore *s, uint32_t n);

/* Takes a token if there is one; returns whether it did.  */
IL__CALL bool il__semaphore_take(il_semaphore *s) IL__NONNULL;

/* Gives n tokens if there are then `most` at most, and wakes who waits for
   them.  Returns 0 or EOVERFLOW.  */
IL__CALL int il__semaphore_give(il_semaphore *s, uint32_t n, uint32_t most)
    IL__NONNULL;

/* Makes *s a semaphore of `value` tokens.  `flags` is 0.
   Requires: nobody uses *s.
   Returns 0, or EINVAL: value is above IL_SEMAPHORE_MAX, or a flag is
   unknown.  Never blocks.  */
IL__API int il_semaphore_init(il_semaphore *s, uint32_t value, unsigned flags)
    IL__NONNULL;

/* Takes a token, waiting for one as long as it takes.
   Returns 0, always.  Blocks; signals do not end the wait; not a
   cancellation point.  */
IL__CALL int il_semaphore_acquire(il_semaphore *s) IL__NONNULL;

/* Takes a token if there is one.
   Returns 0, or EBUSY: there was none.  Never blocks.  */
IL__CALL int il_semaphore_try_acquire(il_semaphore *s) IL__NONNULL IL__CHECK;

/* Takes a token, waiting for one until `until` at most.
   Returns 0, or ETIMEDOUT: the deadline passed first, no token was taken.
   Blocks; signals do not end the wait; not a cancellation point.  */
IL__CALL int il_semaphore_acquire_until(il_semaphore *s, il_deadline until)
    IL__NONNULL IL__CHECK;

/* Gives one token and wakes a waiter for it.
   Returns 0, or EOVERFLOW: there were IL_SEMAPHORE_MAX, nothing changed.
   Never blocks; async-signal-safe with the futex backend.  */
IL__CALL int il_semaphore_release(il_semaphore *s) IL__NONNULL;

/* Gives n tokens at once and wakes up to n waiters for them.
   Returns 0; EINVAL: n is 0; or EOVERFLOW: there would be more than
   IL_SEMAPHORE_MAX, nothing changed.  Never blocks; async-signal-safe with
   the futex backend.  */
IL__CALL int il_semaphore_release_n(il_semaphore *s, uint32_t n) IL__NONNULL;

/* Returns the number of tokens at some moment of the call: a hint, that
   orders nothing.  Never blocks.  */
IL__CALL uint32_t il_semaphore_value(const il_semaphore *s) IL__NONNULL;

#ifndef IL_EXPLORE
/* The inline paths.  */

IL__CALL bool il__semaphore_take(il_semaphore *s)
{
    /* Relaxed: a guess that the compare-exchange checks.  */
    uint64_t state = __atomic_load_n(&s->il_state, __ATOMIC_RELAXED);
    while ((uint32_t)state != 0) {
        /* Acquire: pairs with the release in il__semaphore_give.  */
        if (IL__LIKELY(
                IL__CAS(&s->il_state, &state, state - 1, __ATOMIC_ACQUIRE)))
            return true;
    }
    return false;
}

IL__CALL int il__semaphore_give(il_semaphore *s, uint32_t n, uint32_t most)
{
    /* Relaxed: a guess that the compare-exchange checks.  */
    uint64_t state = __atomic_load_n(&s->il_state, __ATOMIC_RELAXED);
    do {
        if (n > most || (uint32_t)state > most - n)
            return EOVERFLOW;
        /* Release: pairs with the acquires of tokens.  After it the semaphore
           may be gone: il__semaphore_wake uses its address, not the value. */
    } while (!IL__LIKELY(
        IL__CAS(&s->il_state, &state, state + n, __ATOMIC_RELEASE)));
    if (state >> 32)
        il__semaphore_wake(s, n);
    return 0;
}

IL__CALL int il_semaphore_acquire(il_semaphore *s)
{
    if (!IL__LIKELY(il__semaphore_take(s)))
        (void)il__semaphore_acquire_slow(s, il_never()); /* 0 then */
    return 0;
}

IL__CALL int il_semaphore_try_acquire(il_semaphore *s)
{
    return il__semaphore_take(s) ? 0 : EBUSY;
}

IL__CALL int il_semaphore_acquire_until(il_semaphore *s, il_deadline until)
{
    return IL__LIKELY(il__semaphore_take(s))
               ? 0
               : il__semaphore_acquire_slow(s, until);
}

IL__CALL int il_semaphore_release(il_semaphore *s)
{
    return il__semaphore_give(s, 1, IL_SEMAPHORE_MAX);
}

IL__CALL int il_semaphore_release_n(il_semaphore *s, uint32_t n)
{
    return n == 0 ? EINVAL : il__semaphore_give(s, n, IL_SEMAPHORE_MAX);
}

IL__CALL uint32_t il_semaphore_value(const il_semaphore *s)
{
    /* Relaxed: the answer may be old when it arrives.  */
    return (uint32_t)__atomic_load_n(&s->il_state, __ATOMIC_RELAXED);
}
#endif

IL__END_DECLS

#endif
