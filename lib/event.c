/* event.c -- a flag, and how often it was set, in one word.

   il_word   SET         the flag
             WAITED      some thread may be parked; only without SET
             GENERATION  counts the sets, modulo 2^30

   any -> SET, generation + 1   set, a set event too; wakes all if WAITED
   SET -> not SET               clear; the generation stays
   not SET -> WAITED            wait_slow, which parks

   E1  A waiter goes on when it sees SET or a generation that is not the one
       it came in: then there was a set since, even if a clear hides it.
   E2  A thread parks only on a word with WAITED and without SET, so the set
       that follows sees WAITED, and wakes it.
   E3  A set of a set event still is a release, and a clear an acquire: a
       consumer that clears, looks and waits against a producer that puts and
       sets.  Either the clear comes after the set, and sees what was put, or
       the set comes after the clear, and the wait returns.

   A waiter that sleeps through exactly 2^30 sets between its look and its
   park would miss them; each of them would have to fit in there.

   Lifetime: set touches *e for the last time in its compare-exchange, which
   lets the waiters through; il__event_wake gets the address only.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <interlock/event.h>

#include "clock.h"
#include "park.h"
#include "spin.h"
#include "tsan.h"

_Static_assert(sizeof(il_event) <= 8, "the size that event.h promises");

extern inline bool il_event_is_set(const il_event *e);
extern inline void il_event_set(il_event *e);
extern inline void il_event_clear(il_event *e);
extern inline int il_event_wait(il_event *e);
extern inline int il_event_wait_until(il_event *e, il_deadline until);

#define SET IL__EVENT_SET
#define WAITED IL__EVENT_WAITED
#define GENERATION (~(SET | WAITED))

/* Whether `word` lets a waiter through that came when it was `came`.  */
static bool lets_through(uint32_t word, uint32_t came)
{
    return (word & SET) || ((word ^ came) & GENERATION);
}

/* Parks on *e, whose word was `word`.  Returns as il__park_wait.  */
static int park(il_event *e, uint32_t word, il_deadline until)
{
    /* Relaxed: parking compares the word again.  */
    if (!(word & WAITED)
        && !IL__CAS(&e->il_word, &word, word | WAITED, __ATOMIC_RELAXED))
        return 0;
    return il__park_wait(&e->il_word, word | WAITED, until);
}

/* Waits as one that came when the word was `came`; r is ETIMEDOUT if it is to
   look once.  Returns 0 or ETIMEDOUT.  */
static int wait_as(il_event *e, uint32_t came, il_deadline until, int r)
{
    uint32_t word;
    for (;;) {
        /* Acquire: pairs with the release in il_event_set, or through the
           read-modify-writes of il_event_clear.  */
        word = __atomic_load_n(&e->il_word, __ATOMIC_ACQUIRE);
        if (lets_through(word, came)) {
            acquire_seen(e);
            return 0;
        }
        if (r == ETIMEDOUT)
            return r;
        r = park(e, word, until);
    }
}

int il__event_wait_slow(il_event *e, il_deadline until)
{
    /* Relaxed: only compared; the loop has the acquire.  */
    uint32_t came = __atomic_load_n(&e->il_word, __ATOMIC_RELAXED);
    int64_t began;
    int r;

    if (came & SET)
        return wait_as(e, came, until, 0);
    if (il__deadline_passed(until))
        return wait_as(e, came, until, ETIMEDOUT);
    began = il__spin(&(struct change){&e->il_word, came & GENERATION, WAITED},
                     until);
    r = wait_as(e, came, until, 0);
    il__spin_over(began);
    return r;
}

void il__event_wake(const il_event *e)
{
    il__park_wake(&e->il_word, PARK_ALL);
}

int il_event_init(il_event *e, unsigned flags)
{
    if (flags)
        return EINVAL;
    *e = (il_event)IL_EVENT_INIT;
    return 0;
}

void il_event_at_fork_reinit(il_event *e)
{
    e->il_word &= ~WAITED;
}
