/* bounded_semaphore.h -- il_bounded_semaphore, a count of tokens that never
   exceeds where it began: Python's threading.BoundedSemaphore.

   The semaphore for things that are borrowed and given back: a token too
   many is a mistake of the program, and is reported instead of kept.
   Everything else, lifetime and memory order included, is as il_semaphore
   has it.

   SPDX-License-Identifier: MIT */

#ifndef INTERLOCK_BOUNDED_SEMAPHORE_H
#define INTERLOCK_BOUNDED_SEMAPHORE_H

#include <interlock/semaphore.h>

IL__BEGIN_DECLS

typedef struct il_bounded_semaphore {
    il_semaphore il_tokens;
    uint32_t il_bound; /* never written after init */
    uint32_t il_reserved;
} il_bounded_semaphore;

/* A bounded semaphore of `value` tokens, at most IL_SEMAPHORE_MAX; `value` is
   evaluated twice.  */
/* clang-format off */
#define IL_BOUNDED_SEMAPHORE_INIT(value) \
    { IL_SEMAPHORE_INIT(value), (uint32_t)(value), 0 }
/* clang-format on */

/* Makes *s a bounded semaphore of `value` tokens.  `flags` is 0.
   Requires: nobody uses *s.
   Returns 0, or EINVAL: value is above IL_SEMAPHORE_MAX, or a flag is
   unknown.  Never blocks.  */
IL__API int il_bounded_semaphore_init(il_bounded_semaphore *s, uint32_t value,
                                      unsigned flags) IL__NONNULL;

/* Takes a token, waiting for one as long as it takes.
   Returns 0, always.  Blocks; signals do not end the wait; not a
   cancellation point.  */
IL__CALL int il_bounded_semaphore_acquire(il_bounded_semaphore *s) IL__NONNULL;

/* Takes a token if there is one.
   Returns 0, or EBUSY: there was none.  Never blocks.  */
IL__CALL int il_bounded_semaphore_try_acquire(il_bounded_semaphore *s)
    IL__NONNULL IL__CHECK;

/* Takes a token, waiting for one until `until` at most.
   Returns 0, or ETIMEDOUT: the deadline passed first, no token was taken.
   Blocks; signals do not end the wait; not a cancellation point.  */
IL__CALL int il_bounded_semaphore_acquire_until(il_bounded_semaphore *s,
                                                il_deadline until)
    IL__NONNULL IL__CHECK;

/* Gives one token back and wakes a waiter for it.
   Returns 0, or EOVERFLOW: no token was out, nothing changed.  Never blocks;
   async-signal-safe with the futex backend.  */
IL__CALL int il_bounded_semaphore_release(il_bounded_semaphore *s) IL__NONNULL;

/* Gives n tokens back at once and wakes up to n waiters for them.
   Returns 0; EINVAL: n is 0; or EOVERFLOW: fewer than n tokens were out,
   nothing changed.  Never blocks; async-signal-safe with the futex
   backend.  */
IL__CALL int il_bounded_semaphore_release_n(il_bounded_semaphore *s, uint32_t n)
    IL__NONNULL;

/* Returns the number of tokens at some moment of the call: a hint, that
   orders nothing.  Never blocks.  */
IL__CALL uint32_t il_bounded_semaphore_value(const il_bounded_semaphore *s)
    IL__NONNULL;

/* Returns the number of tokens that *s began with.  Never blocks.  */
IL__CALL uint32_t il_bounded_semaphore_bound(const il_bounded_semaphore *s)
    IL__NONNULL;

#ifndef IL_EXPLORE
/* The inline paths.  */

IL__CALL int il_bounded_semaphore_acquire(il_bounded_semaphore *s)
{
    return il_semaphore_acquire(&s->il_tokens);
}

IL__CALL int il_bounded_semaphore_try_acquire(il_bounded_semaphore *s)
{
    return il_semaphore_try_acquire(&s->il_tokens);
}

IL__CALL int il_bounded_semaphore_acquire_until(il_bounded_semaphore *s,
                                                il_deadline until)
{
    return il_semaphore_acquire_until(&s->il_tokens, until);
}

IL__CALL int il_bounded_semaphore_release(il_bounded_semaphore *s)
{
    return il__semaphore_give(&s->il_tokens, 1, s->il_bound);
}

IL__CALL int il_bounded_semaphore_release_n(il_bounded_semaphore *s, uint32_t n)
{
    return n == 0 ? EINVAL : il__semaphore_give(&s->il_tokens, n, s->il_bound);
}

IL__CALL uint32_t il_bounded_semaphore_value(const il_bounded_semaphore *s)
{
    return il_semaphore_value(&s->il_tokens);
}

IL__CALL uint32_t il_bounded_semaphore_bound(const il_bounded_semaphore *s)
{
    return s->il_bound;
}
#endif

IL__END_DECLS

#endif
