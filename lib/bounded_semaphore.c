/* bounded_semaphore.c -- an il_semaphore that remembers its first value.

   il_tokens   the semaphore: states, transitions and lifetime are its own
   il_bound    the most tokens; constant

   B1  tokens <= il_bound: a release checks it in the compare-exchange that
       adds them, so that of two releases for one token one fails.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <interlock/bounded_semaphore.h>

_Static_assert(sizeof(il_bounded_semaphore) <= 16,
               "the size that bounded_semaphore.h promises");

extern inline int il_bounded_semaphore_acquire(il_bounded_semaphore *s);
extern inline int il_bounded_semaphore_try_acquire(il_bounded_semaphore *s);
extern inline int il_bounded_semaphore_acquire_until(il_bounded_semaphore *s,
                                                     il_deadline until);
extern inline int il_bounded_semaphore_release(il_bounded_semaphore *s);
extern inline int il_bounded_semaphore_release_n(il_bounded_semaphore *s,
                                                 uint32_t n);
extern inline uint32_t il_bounded_semaphore_value(
    const il_bounded_semaphore *s);
extern inline uint32_t il_bounded_semaphore_bound(
    const il_bounded_semaphore *s);

int il_bounded_semaphore_init(il_bounded_semaphore *s, uint32_t value,
                              unsigned flags)
{
    if (value > IL_SEMAPHORE_MAX || flags)
        return EINVAL;
    *s = (il_bounded_semaphore)IL_BOUNDED_SEMAPHORE_INIT(value);
    return 0;
}
