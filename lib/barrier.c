/* barrier.c -- rounds, each with its own verdict.

   il_mutex     protects the rest; on the line of what an arrival touches
   il_epoch     the fork epoch of the rest; written under the guard
   il_newest    the parties that have arrived and wait, linked, the youngest
                first
   il_arrived   how many those are
   il_state     BROKEN    until reset
                CLOSED    the gate is: an action runs
                KNOCKED   somebody may be parked at it, on this word
                TIMED     a party that waits has a deadline
   il_cancels   counts abort, reset and deadlines
   the others   constant

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

   A party waits on a word of its own, on its stack (waiters.h), not on the
   barrier: the line of that is left to those who arrive, and nobody who waits
   keeps it from being freed.  (Mellor-Crummey and Scott, "Algorithms for
   Scalable Synchronization on Shared-Memory Multiprocessors", 1991: spin on
   what is yours only.)  An arrival takes the lock, links itself in and releases
   it: one read-modify-write on one line.  The last party takes the list,
   releases the lock, and only then gives the verdicts.

   B1  A round is decided once, by who takes its parties out of the list.  A
       party whose deadline passes decides it if it is still queued; else its
       round is decided already and it waits for the verdict, however late.
   B2  While the gate is closed the list is empty and nobody can join it, so
       actions run one at a time.  Who waits at the gate is of the round that
       comes: what cancels that opens nothing, but wakes them, and each finds
       by il_cancels that its round is over.
   B3  TIMED is set under the lock by a party with a deadline that queues, and
       cleared by who decides its round.  While it is set, and by a party that
       will set it, *b is entered with the guard (guard.h) and then the lock.
       So a round that has a party with a deadline is decided with the guard
       held, and `queued` of its parties is cleared then.
   B4  What *b says is of this process once il_epoch is the present epoch, which
       enter sees to before it touches the lock: a thread of the parent may
       have had that.  Where no fork has been the word is not even read,
       because that would fetch the line twice, to read and then to write.

   Lifetime: parties of one round may free the barrier as soon as they have
   their verdicts, and a party of a later round, that knows itself the last
   user, while the earlier verdicts are still being given.  So who decides
   touches *b for the last time when it releases the lock.  A party is in
   danger only when its deadline passes.  It takes the guard, which is not in
   the barrier, and looks whether it is queued.  If it is, its round is
   undecided and by B3 stays so as long as it has the guard: *b is there.  If
   not it has no business with *b.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <interlock/barrier.h>

#include "clock.h"
#include "fork.h"
#include "guard.h"
#include "park.h"
#include "spin.h"
#include "tsan.h"
#include "waiters.h"

_Static_assert(sizeof(il_barrier) <= 64, "the size that barrier.h promises");

enum { BROKEN = 1, CLOSED = 2, KNOCKED = 4, TIMED = 8 };

static bool is_timed(il_deadline until)
{
    return until.il_ns != il_never().il_ns;
}

/* A thread that has entered *b, and the guard if it has that.  */
struct visit {
    il_barrier *b;
    il_lock *guard; /* or NULL */
};

/* Relaxed: for who only asks, a hint; else the lock orders it, and parking
   compares it.  */
static void set_state(il_barrier *b, uint32_t state)
{
    __atomic_store_n(&b->il_state, state, __ATOMIC_RELAXED);
}

/* Relaxed: for who only asks, a hint; else the lock orders it.  */
static void set_arrived(il_barrier *b, uint32_t arrived)
{
    __atomic_store_n(&b->il_arrived, arrived, __ATOMIC_RELAXED);
}

/* Whether what *b says is of a process that forked this one.  One that has no
   parent with the library need not look at *b.  */
static bool is_foreign(const il_barrier *b)
{
    uint32_t epoch = fork_epoch();
    /* Acquire: pairs with the release in renew.  */
    return IL__UNLIKELY(epoch != 0)
           && __atomic_load_n(&b->il_epoch, __ATOMIC_ACQUIRE) != epoch;
}

/* Ends what the parent's threads were in the middle of, be it with the lock
   held: they are not here.  Under the guard, so that one thread does it.  */
static void renew(il_barrier *b)
{
    if (!is_foreign(b))
        return;
    il_lock_at_fork_reinit(&b->il_mutex);
    b->il_newest = NULL;
    set_arrived(b, 0);
    set_state(b, b->il_state & BROKEN);
    /* Release: pairs with the acquire in is_foreign.  */
    __atomic_store_n(&b->il_epoch, fork_epoch(), __ATOMIC_RELEASE);
}

static void renew_guarded(il_barrier *b)
{
    il_lock *guard = il__guard_acquire(b);
    renew(b);
    il__guard_release(guard);
}

/* Acquires the lock of *b, and before it the guard if the caller is `timed` or
   a party that waits is.  */
static struct visit enter(il_barrier *b, bool timed)
{
    struct visit v = {b, NULL};

    if (is_foreign(b))
        renew_guarded(b);
    if (timed)
        v.guard = il__guard_acquire(b);
    il_lock_acquire(&b->il_mutex);
    if (!v.guard && (b->il_state & TIMED)) {
        il_lock_release(&b->il_mutex);
        v.guard = il__guard_acquire(b);
        il_lock_acquire(&b->il_mutex);
    }
    return v;
}

/* Leaves and enters with the guard, if v has not.  */
static struct visit enter_timed(const struct visit *v)
{
    if (v->guard)
        return *v;
    il_lock_release(&v->b->il_mutex);
    return enter(v->b, true);
}

static void leave(const struct visit *v)
{
    il_lock_release(&v->b->il_mutex);
    if (v->guard)
        il__guard_release(v->guard);
}

/* Decides the round that fills.  Returns its waiting parties, who are owed
   their verdicts.  */
static struct il__waiter *take_parties(il_barrier *b)
{
    struct il__waiter *parties = b->il_newest;

    b->il_newest = NULL;
    set_arrived(b, 0);
    if (b->il_state & TIMED) {
        for (struct il__waiter *w = parties; w; w = w->next)
            w->queued = false;
        set_state(b, b->il_state & ~(uint32_t)TIMED);
    }
    return parties;
}

/* Ends the round that fills, if any, without success, and leaves; `broken` is
   what *b is afterwards.  */
static void cancel_round(const struct visit *v, bool broken)
{
    il_barrier *b = v->b;
    struct il__waiter *parties = take_parties(b);
    uint32_t state = b->il_state;

    b->il_cancels++;
    set_state(b, (state & CLOSED) | (broken ? BROKEN : 0));
    leave(v);
    if (state & KNOCKED)
        il__park_wake(&b->il_state, PARK_ALL);
    il__waiters_release(parties, CANCELED);
}

/* The action has made this child, in which it was over when the child began,
   and others may have arrived since.  Leaves.  Returns r.  */
static int end_in_child(const struct visit *v, int r)
{
    if (r != 0)
        cancel_round(v, true);
    else
        leave(v);
    return r;
}

/* Runs the action, with the gate closed meanwhile, and breaks the barrier if
   it fails.  Leaves.  Returns what the action returned.  */
static int run_action(const struct visit *v)
{
    il_barrier *b = v->b;
    uint32_t epoch = fork_epoch();
    struct visit again;
    uint32_t state;
    int r;

    set_state(b, b->il_state | CLOSED);
    leave(v);
    r = b->il_action(b->il_arg);
    again = enter(b, false);
    if (epoch != fork_epoch())
        return end_in_child(&again, r);
    state = b->il_state;
    set_state(b, (state & BROKEN) | (r ? BROKEN : 0));
    leave(&again);
    if (state & KNOCKED)
        il__park_wake(&b->il_state, PARK_ALL);
    return r;
}

/* The last party has arrived.  Leaves.  Returns 0, or what the action
   returned.  */
static int finish_round(const struct visit *v)
{
    struct il__waiter *parties = take_parties(v->b);
    uint32_t epoch = fork_epoch();
    int r = 0;

    acquire_seen(v->b);
    if (v->b->il_action)
        r = run_action(v);
    else
        leave(v);
    /* In a child that the action made only this party goes on.  */
    if (epoch == fork_epoch())
        il__waiters_release(parties, r ? CANCELED : PASSED);
    return r;
}

/* The deadline of me has passed.  Returns ETIMEDOUT, having broken the
   barrier, for me too, or what its round came to before.  */
static int give_up(il_barrier *b, struct il__waiter *me)
{
    struct visit v = {b, il__guard_acquire(b)};

    if (!me->queued) {
        il__guard_release(v.guard);
        return il__waiters_wait(me, il_never()) == PASSED ? 0 : ECANCELED;
    }
    renew(b);
    il_lock_acquire(&b->il_mutex);
    cancel_round(&v, true);
    return ETIMEDOUT;
}

/* Waits as one of the parties that are not the last.  Leaves.  Returns 0,
   ETIMEDOUT or ECANCELED.  */
static int wait_for_round(const struct visit *v, il_deadline until)
{
    il_barrier *b = v->b;
    struct il__waiter me = {.next = b->il_newest,
                            .queued = true,
                            .crowded = il__is_crowd(b->il_parties)};

    b->il_newest = &me;
    set_arrived(b, b->il_arrived + 1);
    if (is_timed(until))
        set_state(b, b->il_state | TIMED);
    leave(v);
    switch (il__waiters_wait(&me, until)) {
    case PASSED:
        return 0;
    case CANCELED:
        return ECANCELED;
    default:
        return give_up(b, &me);
    }
}

/* Waits, having entered before and after, until no action runs.  Returns 0;
   ETIMEDOUT when `until` passed first; or ECANCELED when the round that is to
   come was canceled meanwhile.  */
static int pass_gate(struct visit *v, il_deadline until)
{
    il_barrier *b = v->b;
    uint32_t cancels = b->il_cancels;
    int r = 0;

    while ((b->il_state & CLOSED) && r == 0) {
        set_state(b, CLOSED | KNOCKED);
        leave(v);
        r = il__park_wait(&b->il_state, CLOSED | KNOCKED, until);
        *v = enter(b, v->guard);
        if (b->il_cancels != cancels)
            return ECANCELED;
    }
    return b->il_state & CLOSED ? r : 0;
}

/* Arrives at the round that fills.  Leaves.  Returns what the wait returns.  */
static int arrive(const struct visit *v, uint32_t *index, il_deadline until)
{
    uint32_t arrived = v->b->il_arrived;
    int r = arrived + 1 == v->b->il_parties ? finish_round(v)
                                            : wait_for_round(v, until);
    if (r == 0 && index)
        *index = arrived;
    return r;
}

/* Waits at *b, at the gate until `at_gate`.  The limit for the round is that
   too, or if `by_default` the barrier's own, from when the gate is passed.  */
static int wait_at(il_barrier *b, uint32_t *index, il_deadline at_gate,
                   bool by_default)
{
    struct visit v;
    int r = 0;

    release_seen(b);
    v = enter(b, is_timed(at_gate));
    if (by_default && b->il_timeout >= 0)
        v = enter_timed(&v);
    if (b->il_parties == 0)
        r = EINVAL;
    else if (!(b->il_state & BROKEN))
        r = pass_gate(&v, at_gate);
    if (r == ETIMEDOUT) {
        cancel_round(&v, true);
        return ETIMEDOUT;
    }
    if (r == 0 && (b->il_state & BROKEN))
        r = ECANCELED;
    if (r != 0) {
        leave(&v);
        return r;
    }
    return arrive(&v, index,
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
    struct visit v = enter(b, false);
    cancel_round(&v, false);
    return 0;
}

int il_barrier_abort(il_barrier *b)
{
    struct visit v = enter(b, false);
    cancel_round(&v, true);
    return 0;
}

uint32_t il_barrier_parties(const il_barrier *b)
{
    return b->il_parties;
}

uint32_t il_barrier_waiting(const il_barrier *b)
{
    /* Relaxed: a hint.  */
    uint32_t arrived = __atomic_load_n(&b->il_arrived, __ATOMIC_RELAXED);
    return is_foreign(b) ? 0 : arrived;
}

bool il_barrier_broken(const il_barrier *b)
{
    /* Relaxed: a hint.  */
    return __atomic_load_n(&b->il_state, __ATOMIC_RELAXED) & BROKEN;
}
