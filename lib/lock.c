/* lock.c -- mutual exclusion in one word.

   il_word   HELD        a holder
             WAITED      some thread may be parked: a release has to wake one.
                         May be set with nobody parked, and is clear with
                         somebody parked only while one that was woken is on
                         its way to set it again.
             GRANTED     free, but only for a thread that has been to park
             STARVING    how many threads have waited too long; each adds
                         itself once and takes itself off when it leaves
             EPOCH       the fork epoch of STARVING and GRANTED

   0                           free
   HELD                        held, nobody waits
   HELD|WAITED                 held, a release wakes one
   HELD|WAITED|STARVING        held, a release hands over
   GRANTED|WAITED|STARVING     handed over, not yet taken

   0 -> HELD                   acquire
   HELD -> 0                   release
   HELD -> HELD|WAITED         acquire_slow, which parks
   HELD|WAITED -> 0            release; then wakes one
   0 -> HELD|WAITED            acquire_slow, after having parked
   .. -> +STARVING             acquire_slow, back from park, out of patience
                               and still not served
   HELD|.. -> GRANTED|..       release, if anybody starves; then wakes one
   GRANTED|.. -> HELD|..       acquire_slow of a thread that has been to park
   .. -> -STARVING             the starving thread takes the lock or gives up

   This is mutex2 of Drepper, "Futexes Are Tricky" (2004), with the hand-over
   of a lock to who starves as WebKit and Go have it (Pizlo, "Locking in
   WebKit", 2016; Vyukov, Go 1.9, 2017).

   L1  At most one thread is between acquire and release: only a transition
       from a word without HELD sets it, each by one compare-exchange.
   L2  If threads are parked, the word has WAITED, or one of them has been
       woken and has not looked yet.  A woken thread either takes the lock
       with WAITED or sets it before it parks again, and a thread that gives
       up used up no wake-up (park.h).
   L3  GRANTED implies STARVING: the last starving thread to leave takes the
       grant.  So a granted lock is always taken: by the parked thread that
       release woke or, if it found none parked, by a starving one, who is
       then awake and never parks on a granted word.
   L4  A release of a lock with WAITED wakes the longest parked thread, which
       parks again behind the others if a newcomer was faster, so that each
       has its turn to look.  The first to look after PATIENCE starves, and
       from there on each release grants the lock: no newcomer can have it,
       only the thread that the release woke, until nobody starves.

   Lifetime: release touches *l for the last time in its compare-exchange,
   which lets somebody through; il__park_wake gets the address only.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <interlock/lock.h>

#include "clock.h"
#include "fork.h"
#include "park.h"
#include "spin.h"
#include "tsan.h"

_Static_assert(sizeof(il_lock) <= 8, "the size that lock.h promises");

extern inline int il_lock_acquire(il_lock *l);
extern inline int il_lock_try_acquire(il_lock *l);
extern inline int il_lock_acquire_until(il_lock *l, il_deadline until);
extern inline int il_lock_release(il_lock *l);
extern inline bool il_lock_locked(const il_lock *l);

#define HELD IL__LOCK_HELD
#define WAITED UINT32_C(2)
#define GRANTED UINT32_C(4)
#define STARVING_ONE UINT32_C(8)
#define STARVING UINT32_C(0xfff8)
#define EPOCH_SHIFT 16

/* How long a thread may be overtaken.  */
#define PATIENCE IL_MS(1)

/* A thread in acquire_slow.  */
struct attempt {
    il_deadline until;
    il_deadline patience; /* never, once it starves */
    bool parked;          /* has been to park: may take a granted lock */
    bool starving;        /* is counted in STARVING */
};

static uint32_t epoch_bits(void)
{
    return fork_epoch() << EPOCH_SHIFT;
}

/* The word as this process has to read it: in a forked child the threads that
   starved, and the one that was granted the lock, do not exist.  */
static uint32_t in_this_process(uint32_t word)
{
    uint32_t here = word;
    if ((word & STARVING) && word >> EPOCH_SHIFT != epoch_bits() >> EPOCH_SHIFT)
        here &= HELD | WAITED;
    return here;
}

/* `word` with one thread more, or less, that starves.  The epoch belongs to
   the count, and goes with the last.  */
static uint32_t one_more(uint32_t word)
{
    return (word & STARVING ? word : word | epoch_bits()) + STARVING_ONE;
}

static uint32_t one_less(uint32_t word)
{
    word -= STARVING_ONE;
    return word & STARVING ? word : word & (HELD | WAITED | GRANTED);
}

static bool may_take(const struct attempt *a, uint32_t word)
{
    return !(word & HELD) && (a->parked || !(word & GRANTED));
}

/* Takes *l, whose word `seen` reads `word` here; returns whether it did.  */
static bool take(il_lock *l, const struct attempt *a, uint32_t seen,
                 uint32_t word)
{
    uint32_t next = (word & ~GRANTED) | HELD;
    if (a->parked)
        next |= WAITED;
    if (a->starving)
        next = one_less(next);
    /* Acquire: pairs with the release in il_lock_release and
       il__lock_release_slow.  */
    return IL__CAS(&l->il_word, &seen, next, __ATOMIC_ACQUIRE);
}

/* Writes into *l that a waits, and that it starves once it has run out of
   patience.  Returns whether it did, with the word to park on in *seen.  */
static bool announce(il_lock *l, struct attempt *a, uint32_t *seen,
                     uint32_t word)
{
    bool starves = a->parked && (word & STARVING) != STARVING
                   && il__deadline_passed(a->patience);
    uint32_t next = (starves ? one_more(word) : word) | WAITED;

    /* Relaxed: parking compares the word again.  */
    if (next != *seen && !IL__CAS(&l->il_word, seen, next, __ATOMIC_RELAXED))
        return false;
    *seen = next;
    if (starves) {
        a->patience = il_never();
        a->starving = true;
    }
    return true;
}

/* Gives up.  Returns ETIMEDOUT, or 0 if a had to take the lock: it was granted
   and there may be nobody else to take it.  */
static int give_up(il_lock *l, const struct attempt *a)
{
    /* Relaxed: take has the acquire.  */
    uint32_t word = __atomic_load_n(&l->il_word, __ATOMIC_RELAXED);
    while (a->starving) {
        if (word & GRANTED) {
            if (take(l, a, word, word))
                return 0;
            word = __atomic_load_n(&l->il_word, __ATOMIC_RELAXED);
        } else if (IL__CAS(&l->il_word, &word, one_less(word),
                           __ATOMIC_RELAXED))
            break;
    }
    return ETIMEDOUT;
}

/* The loop of who has to wait.  */
static int wait_for(il_lock *l, struct attempt *a)
{
    for (;;) {
        /* Relaxed: take has the acquire.  */
        uint32_t seen = __atomic_load_n(&l->il_word, __ATOMIC_RELAXED);
        uint32_t word = in_this_process(seen);
        if (may_take(a, word)) {
            if (take(l, a, seen, word))
                return 0;
        } else if (announce(l, a, &seen, word)) {
            if (il__park_wait(&l->il_word, seen, a->until) == ETIMEDOUT)
                return give_up(l, a);
            a->parked = true;
        }
    }
}

int il__lock_acquire_slow(il_lock *l, il_deadline until)
{
    struct attempt a = {.until = until};

    if (il__deadline_passed(until))
        return seen_to_acquire(l, il_lock_try_acquire(l) ? ETIMEDOUT : 0);
    spin_while(&l->il_word, HELD);
    a.patience = il_after(PATIENCE);
    return seen_to_acquire(l, wait_for(l, &a));
}

/* The inline path found neither HELD nor, by the time it tried, 0.  */
int il__lock_try_slow(il_lock *l)
{
    static const struct attempt newcomer;
    /* Relaxed: take has the acquire.  */
    uint32_t seen = __atomic_load_n(&l->il_word, __ATOMIC_RELAXED);
    uint32_t word = in_this_process(seen);
    bool taken = may_take(&newcomer, word) && take(l, &newcomer, seen, word);
    return seen_to_acquire(l, taken ? 0 : EBUSY);
}

int il__lock_release_slow(il_lock *l)
{
    /* Relaxed: a guess that the compare-exchange checks.  */
    uint32_t seen = __atomic_load_n(&l->il_word, __ATOMIC_RELAXED);
    uint32_t word, next;

    release_seen(l);
    do {
        word = in_this_process(seen);
        if (!(word & HELD))
            return EPERM;
        next = word & STARVING ? (word & ~HELD) | GRANTED : 0;
        /* Release: pairs with the acquire in take and il_lock_acquire.  */
    } while (!IL__CAS(&l->il_word, &seen, next, __ATOMIC_RELEASE));
    if (word & WAITED)
        il__park_wake(&l->il_word, 1);
    return 0;
}

int il_lock_init(il_lock *l, unsigned flags)
{
    if (flags)
        return EINVAL;
    *l = (il_lock)IL_LOCK_INIT;
    return 0;
}

void il_lock_at_fork_reinit(il_lock *l)
{
    *l = (il_lock)IL_LOCK_INIT;
}
