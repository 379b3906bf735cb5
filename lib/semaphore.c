/* semaphore.c -- tokens and waiters in one word.

   il_state   bits 0..31   tokens, at most IL_SEMAPHORE_MAX
              bits 32..63  threads in acquire_slow that came to park

   (t, w) -> (t - 1, w)        acquire, t > 0
   (t, w) -> (t + n, w)        release; then wakes n, if w > 0
   (t, w) -> (t, w + 1)        acquire_slow comes to park
   (t, w) -> (t - 1, w - 1)    acquire_slow takes a token, t > 0
   (0, w) -> (0, w - 1)        acquire_slow gives up

   S1  Each change is one compare-exchange, so no token appears or vanishes.
   S2  A thread parks only on 0 tokens and is counted in w from before it
       looks until it leaves.  So the release that ends the 0 sees it, and
       wakes as many parked threads as it gives tokens.  A woken thread that
       finds none parks again: somebody else took the token.
   S3  One that gives up used up no wake-up (park.h), and takes a token that
       came at the last moment.

   The count has to be in the same word as the tokens: a release that looked
   for waiters in another word would look at the semaphore after having let
   somebody through (BZ#12674; the word is the remedy of glibc 2.21).

   Parking needs a 32-bit word: it is the tokens' half (park.h, park_word).

   Lifetime: release touches *s for the last time in its compare-exchange;
   il__semaphore_wake gets the address only.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <interlock/semaphore.h>

#include "clock.h"
#include "park.h"
#include "spin.h"
#include "tsan.h"

_Static_assert(sizeof(il_semaphore) <= 8, "the size that semaphore.h promises");

extern inline bool il__semaphore_take(il_semaphore *s);
extern inline int il__semaphore_give(il_semaphore *s, uint32_t n,
                                     uint32_t most);
extern inline int il_semaphore_acquire(il_semaphore *s);
extern inline int il_semaphore_try_acquire(il_semaphore *s);
extern inline int il_semaphore_acquire_until(il_semaphore *s,
                                             il_deadline until);
extern inline int il_semaphore_release(il_semaphore *s);
extern inline int il_semaphore_release_n(il_semaphore *s, uint32_t n);
extern inline uint32_t il_semaphore_value(const il_semaphore *s);

#define ONE_WAITER (UINT64_C(1) << 32)

/* The half of il_state that holds the tokens.  */
static const park_word *tokens(const il_semaphore *s)
{
    return (const park_word *)&s->il_state
           + (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__);
}

/* Leaves acquire_slow with a token, if there is one, or if `anyway` without.
   Returns 0 with a token, EBUSY for having found none.  */
static int leave(il_semaphore *s, bool anyway)
{
    /* Relaxed: a guess that the compare-exchange checks.  */
    uint64_t state = __atomic_load_n(&s->il_state, __ATOMIC_RELAXED);
    uint32_t token;
    do {
        token = (uint32_t)state != 0;
        if (!token && !anyway)
            return EBUSY;
        /* Acquire: pairs with the release in il__semaphore_give.  */
    } while (!IL__CAS(&s->il_state, &state, state - token - ONE_WAITER,
                      __ATOMIC_ACQUIRE));
    return token ? 0 : EBUSY;
}

/* Comes to park.  Returns 0 or ETIMEDOUT.  */
static int wait_counted(il_semaphore *s, il_deadline until)
{
    int r = 0;
    /* Relaxed: parking compares the tokens, and leave has the acquire.  */
    __atomic_fetch_add(&s->il_state, ONE_WAITER, __ATOMIC_RELAXED);
    while (r == 0 && leave(s, false) != 0)
        r = il__park_wait(tokens(s), 0, until);
    if (r != 0 && leave(s, true) == 0)
        r = 0;
    return r;
}

int il__semaphore_acquire_slow(il_semaphore *s, il_deadline until)
{
    int64_t began;
    int r;

    if (il__deadline_passed(until))
        return seen_to_acquire(s, il__semaphore_take(s) ? 0 : ETIMEDOUT);
    began = il__spin(&(struct change){.word = tokens(s)}, until);
    if (began == 0 && il__semaphore_take(s))
        return seen_to_acquire(s, 0);
    r = wait_counted(s, until);
    il__spin_over(began);
    return seen_to_acquire(s, r);
}

void il__semaphore_wake(const il_semaphore *s, uint32_t n)
{
    il__park_wake(tokens(s), n);
}

int il_semaphore_init(il_semaphore *s, uint32_t value, unsigned flags)
{
    if (value > IL_SEMAPHORE_MAX || flags)
        return EINVAL;
    *s = (il_semaphore)IL_SEMAPHORE_INIT(value);
    return 0;
}
