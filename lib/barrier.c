/* barrier.c -- rounds, each with its own verdict.

   il_waiters   the parties that have arrived and wait, under the guard
   il_broken    0 or 1; under the guard
   il_gate      OPEN, or CLOSED while an action runs, with KNOCKED if somebody
                may be parked on it; under the guard
   il_cancels   counts abort, reset and deadlines; under the guard
   the rest     constant

   filling, n waiting -> n + 1            wait
   parties - 1 waiting -> filling, 0      wait of the last party: the round
                                          has passed
   parties - 1 waiting -> closed          the same, with an action to run
   closed -> filling, 0                   the action is over; it has decided
                                          whether the round passed
   closed -> closed and broken            the deadline of a newcomer passes,
                                          or abort
   n waiting -> broken, 0                 abort; the deadline of a party passes
   any -> filling, 0                      reset

   The waiters that a transition takes out of the queue get their verdict from
   the thread that made it, after it has released the guard.

   B1  A round is decided once, by who takes its waiters out of the queue.  A
       party whose deadline passes decides it if it is still queued; else its
       round is decided already and it waits for the verdict, however late.
   B2  While the gate is closed the queue is empty and nobody can join it, so
       actions run one at a time.  Who waits at the gate is of the round that
       comes: what cancels that opens nothing, but wakes them, and each finds
       by il_cancels that its round is over.

   Lifetime: parties of one round may free the barrier as soon as they have
   their verdicts.  So giving them is the last thing that a thread does,
   and one that wakes by its deadline takes the guard (guard.h), which is not
   in the barrier, and touches *b only if it finds itself queued: then its
   round is undecided, and all its parties are here.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <interlock/barrier.h>

#include "clock.h"
#include "guard.h"
#include "park.h"
#include "tsan.h"
#include "waiters.h"

_Static_assert(sizeof(il_barrier) <= 64, "the size that barrier.h promises");

enum { OPEN = 0, CLOSED = 1, KNOCKED = 2 };

static void set_broken(il_barrier *b, bool broken)
{
    /* Relaxed: for il_barrier_broken, a hint; else the guard orders it.  */
    __atomic_store_n(&b->il_broken, broken, __ATOMIC_RELAXED);
}

static void set_gate(il_barrier *b, uint32_t gate)
{
    /* Relaxed: the guard orders it, and parking compares it.  */
    __atomic_store_n(&b->il_gate, gate, __ATOMIC_RELAXED);
}

/* Acquires the guard of *b.  In a forked child, what the parent's threads
   were in the middle of is over.  */
static il_lock *enter(il_barrier *b)
{
    il_lock *guard = il__guard_acquire(b);
    if (il__waiters_refresh(&b->il_waiters))
        set_gate(b, OPEN);
    return guard;
}

/* Ends the round that fills, if any, without success; `broken` is what *b is
   afterwards.  Releases the guard.  */
static void cancel_round(il_barrier *b, il_lock *guard, bool broken)
{
    struct il__waiter *parties = il__waiters_take(&b->il_waiters, UINT32_MAX);
    uint32_t gate = b->il_gate;
    b->il_cancels++;
    set_broken(b, broken);
    set_gate(b, gate & CLOSED);
    il__guard_release(guard);
    if (gate & KNOCKED)
        il__park_wake(&b->il_gate, PARK_ALL);
    il__waiters_release(parties, CANCELED);
}

/* Runs the action, with the gate closed meanwhile, and breaks the barrier if
   it fails.  Releases the guard.  Returns what the action returned.  */
static int run_action(il_barrier *b, il_lock *guard)
{
    uint32_t gate;
    int r;

    set_gate(b, CLOSED);
    il__guard_release(guard);
    r = b->il_action(b->il_arg);
    guard = il__guard_acquire(b);
    gate = b->il_gate;
    set_gate(b, OPEN);
    if (r != 0)
        set_broken(b, true);
    il__guard_release(guard);
    if (gate & KNOCKED)
        il__park_wake(&b->il_gate, PARK_ALL);
    return r;
}

/* The last party has arrived.  Releases the guard.  Returns 0, or what the
   action returned.  */
static int finish_round(il_barrier *b, il_lock *guard)
{
    struct il__waiter *parties = il__waiters_take(&b->il_waiters, UINT32_MAX);
    int r = 0;

    acquire_seen(b);
    if (b->il_action)
        r = run_action(b, guard);
    else
        il__guard_release(guard);
    il__waiters_release(parties, r ? CANCELED : PASSED);
    return r;
}

/* The deadline of me has passed.  Returns ETIMEDOUT, having broken the
   barrier, or what its round came to before.  */
static int give_up(il_barrier *b, struct il__waiter *me)
{
    il_lock *guard = il__guard_acquire(b);
    if (!me->queued) {
        il__guard_release(guard);
        return il__waiters_wait(me, il_never()) == PASSED ? 0 : ECANCELED;
    }
    il__waiters_remove(&b->il_waiters, me);
    cancel_round(b, guard, true);
    return ETIMEDOUT;
}

/* Waits as one of the parties that are not the last.  Releases the guard.
   Returns 0, ETIMEDOUT or ECANCELED.  */
static int wait_for_round(il_barrier *b, il_lock *guard, il_deadline until)
{
    struct il__waiter me;
    il__waiters_add(&b->il_waiters, &me);
    il__guard_release(guard);
    switch (il__waiters_wait(&me, until)) {
    case PASSED:
        return 0;
    case CANCELED:
        return ECANCELED;
    default:
        return give_up(b, &me);
    }
}

/* Waits, with the guard held before and after, until no action runs.  Returns
   0; ETIMEDOUT when `until` passed first; or ECANCELED when the round that is
   to come was canceled meanwhile.  */
static int pass_gate(il_barrier *b, il_lock **guard, il_deadline until)
{
    uint32_t cancels = b->il_cancels;
    int r = 0;
    while (b->il_gate != OPEN && r == 0) {
        set_gate(b, CLOSED | KNOCKED);
        il__guard_release(*guard);
        r = il__park_wait(&b->il_gate, CLOSED | KNOCKED, until);
        *guard = il__guard_acquire(b);
        if (b->il_cancels != cancels)
            return ECANCELED;
    }
    return b->il_gate == OPEN ? 0 : r;
}

/* Arrives at the round that fills.  Releases the guard.  Returns what the
   wait returns.  */
static int arrive(il_barrier *b, il_lock *guard, uint32_t *index,
                  il_deadline until)
{
    uint32_t arrived = il__waiters_length(&b->il_waiters);
    int r;
    if (arrived + 1 == b->il_parties)
        r = finish_round(b, guard);
    else
        r = wait_for_round(b, guard, until);
    if (r == 0 && index)
        *index = arrived;
    return r;
}

/* Waits at *b, at the gate until `at_gate`.  The limit for the round is that
   too, or if `by_default` the barrier's own, from when the gate is passed.  */
static int wait_at(il_barrier *b, uint32_t *index, il_deadline at_gate,
                   bool by_default)
{
    il_lock *guard;
    int r = 0;

    if (b->il_parties == 0)
        return EINVAL;
    release_seen(b);
    guard = enter(b);
    if (!b->il_broken)
        r = pass_gate(b, &guard, at_gate);
    if (r == ETIMEDOUT) {
        cancel_round(b, guard, true);
        return ETIMEDOUT;
    }
    if (b->il_broken || r == ECANCELED) {
        il__guard_release(guard);
        return ECANCELED;
    }
    return arrive(b, guard, index,
                  by_default && b->il_timeout >= 0 ? il_after(b->il_timeout)
                                                   : at_gate);
}

int il_barrier_wait_until(il_barrier *b, uint32_t *index, il_deadline until)
{
    return wait_at(b, index, until, false);
}

int il_barrier_wait(il_barrier *b, uint32_t *index)
{
    return wait_at(b, index, il_never(), true);
}

int il_barrier_init(il_barrier *b, uint32_t parties, int (*action)(void *),
                    void *arg, unsigned flags)
{
    if (parties == 0 || flags)
        return EINVAL;
    *b = (il_barrier)IL_BARRIER_INIT(parties);
    b->il_action = action;
    b->il_arg = arg;
    return 0;
}

int il_barrier_set_timeout(il_barrier *b, int64_t ns)
{
    b->il_timeout = ns;
    return 0;
}

int il_barrier_reset(il_barrier *b)
{
    cancel_round(b, enter(b), false);
    return 0;
}

int il_barrier_abort(il_barrier *b)
{
    cancel_round(b, enter(b), true);
    return 0;
}

uint32_t il_barrier_parties(const il_barrier *b)
{
    return b->il_parties;
}

uint32_t il_barrier_waiting(const il_barrier *b)
{
    return il__waiters_length(&b->il_waiters);
}

bool il_barrier_broken(const il_barrier *b)
{
    /* Relaxed: a hint.  */
    return __atomic_load_n(&b->il_broken, __ATOMIC_RELAXED) != 0;
}
