/* lock.c -- mutual exclusion in one word, released by a plain store.

   il_word   HELD        a holder
             WAITED      some thread may be parked: a release has to wake one.
                         May be set with nobody parked
             GRANTED     free, but only for a thread that has been to park
             STARVING    a thread, the heir, has been overtaken too often
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
   HELD|.. -> +STARVING        acquire_slow, back from park, after it has spun
                               in vain again; it is the heir now
   HELD|STARVING -> GRANTED    release; then wakes one
   GRANTED|.. -> HELD|..       acquire_slow of a thread that has been to park
   .. -> -STARVING             an heir takes the lock or gives up

   This is mutex2 of Drepper, "Futexes Are Tricky" (2004), with the hand-over
   of a lock to who starves as WebKit and Go have it (Pizlo, "Locking in
   WebKit", 2016; Vyukov, Go 1.9, 2017), and a release without an atomic
   read-modify-write, whose other half, and its sources, are in presence.c.

   The plain release.  The holder reads HELD alone and that nobody is present,
   stores 0, and reads again that nobody is present.  What if somebody comes
   in between?

   R1  Who parks, first announces itself (presence.h), then looks at the word
       and sets WAITED, then parks.  If the release came before that look,
       then the look sees it, or the release sees the announcement.  If the
       release has read the word before WAITED was set and stores after, it
       wipes WAITED and STARVING out, and sees the announcement: it wakes one
       thread, as it would have for WAITED.
   R2  So a wiped word does no more than a release that saw it: the lock is
       free, one waiter is awake, and whoever parks again sets WAITED again.
       An heir whose STARVING is gone sets it again when it looks.
   R3  GRANTED can't be wiped: it is set by the holder's release, after which
       there is no holder to store.  (A second release, by the mistake of R4,
       can: then the lock is free, and that release wakes one.)
   R4  Two threads that release one acquire at the same moment may both be
       answered 0: a release that has no holder is found by the read, and the
       store asks no more.

   What holds then:

   L1  At most one thread is between acquire and release: only a transition
       from a word without HELD sets it, each by one compare-exchange.
   L2  If threads are parked, the word has WAITED, or one of them has been
       woken and has not looked yet, or a release is on its way to wake one.
       A woken thread either takes the lock with WAITED or sets it before it
       parks again, and one that gives up used up no wake-up (park.h).
   L3  STARVING implies that the thread that set it last is in acquire_slow,
       as each heir removes it by the compare-exchange with which it leaves.
       GRANTED implies STARVING, and the heir takes a grant rather than leave
       it.  So a granted lock is always taken: by the parked thread that
       release woke or, if it found none parked, by the heir, who is then
       awake and never parks on a granted word.
   L4  A release of a lock with WAITED wakes the longest parked thread, and
       clears WAITED: the releases after it wake nobody until somebody parks,
       that one again, behind the others, or a newcomer.  The woken thread
       spins first; if newcomers are faster all that time it becomes the heir,
       and spins on.  From then on each release grants the lock, which no
       newcomer can take, but who has been to park: the heir, if it is awake,
       or else one that has been parked longer, and then the next, up to the
       heir.  So each parked thread has its turn, and in its turn is overtaken
       for the time of some YIELDS yields and one section.

   Lifetime: release touches *l for the last time in the store, or the
   compare-exchange, that lets somebody through; what comes after gets the
   address only.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <interlock/lock.h>

#include "clock.h"
#include "fork.h"
#include "park.h"
#include "presence.h"
#include "spin.h"
#include "tsan.h"

_Static_assert(sizeof(il_lock) <= 8, "the size that lock.h promises");

extern inline bool il__lock_take(il_lock *l);
extern inline int il_lock_acquire(il_lock *l);
extern inline int il_lock_try_acquire(il_lock *l);
extern inline int il_lock_acquire_until(il_lock *l, il_deadline until);
extern inline int il_lock_release(il_lock *l);
extern inline bool il_lock_locked(const il_lock *l);

#define HELD IL__LOCK_HELD
#define WAITED UINT32_C(2)
#define GRANTED UINT32_C(4)
#define STARVING UINT32_C(8)
#define EPOCH_SHIFT 16

/* How a thread spins: it pauses PAUSES times, each twice as long as before, and
   then gives the processor away YIELDS times (A. d'Antras, parking_lot, 2016).
   Where a section is shorter than it takes to pass the lock between two
   processors, a yield is the best pause: the holder meanwhile has the lock to
   itself.  Where there are more threads than processors, it lets the holder
   run.  After BLIND of them the section is a long one, and the thread looks
   closely before each.  YIELDS take about as long as to sleep and be woken (10
   to 50 us), the rule of Karlin, Li, Manasse and Owicki (1991).

   Sweep (throughput, and longest wait, to that of these values; geometric
   means over 2 to 64 threads, sections of 0 to 1000 ns, two processors): YIELDS
   5 0.90 and 0.5, 10 0.96 and 0.8, 40 1.04 and 1.1; BLIND 1 0.96 and 1.0, 3
   0.98 and 1.0, never to look 1.0 and 1.2; WATCH 40 0.98 and 0.9; PAUSES 2
   1.01 and 1.1; instead of all that 100 pauses of 26 ns and 3 yields 0.8 and
   4.8.

   Who sees the lock free and finds it taken by the time of its compare-exchange
   has met another that is awake and faster; after LOSSES of them there are
   enough, and the thread parks.  With two processors that is rare (1 0.89 and
   1.0, 2 and never 1.0 and 1.0).  With many it bounds how many look at the
   word, which each release and acquire takes away from all of them: on 32 and
   more simulated cores (bench/contention sim) an acquisition makes 22
   references and takes 2.1 us, with 3 25 and 2.4, without the bound 44 and 4.5.
 */
#ifndef IL_LOCK_PAUSES
#define IL_LOCK_PAUSES 3
#endif
#ifndef IL_LOCK_YIELDS
#define IL_LOCK_YIELDS 20
#endif
#ifndef IL_LOCK_BLIND
#define IL_LOCK_BLIND 6
#endif
#ifndef IL_LOCK_WATCH
#define IL_LOCK_WATCH 16
#endif
#ifndef IL_LOCK_LOSSES
#define IL_LOCK_LOSSES 2
#endif
enum {
    PAUSES = IL_LOCK_PAUSES,
    YIELDS = IL_LOCK_YIELDS,
    BLIND = IL_LOCK_BLIND,
    WATCH = IL_LOCK_WATCH,
    LOSSES = IL_LOCK_LOSSES
};

/* A thread in acquire_slow.  */
struct attempt {
    il_deadline until;
    bool parked; /* has been to park: may take a granted lock */
    bool heir;   /* has set STARVING */
};

static uint32_t epoch_bits(void)
{
    return fork_epoch() << EPOCH_SHIFT;
}

static uint32_t without_heir(uint32_t word)
{
    return word & (HELD | WAITED);
}

/* The word as this process has to read it: in a forked child the heir, and
   the thread that was granted the lock, do not exist.  */
static uint32_t in_this_process(uint32_t word)
{
    if ((word & STARVING) && word >> EPOCH_SHIFT != epoch_bits() >> EPOCH_SHIFT)
        return without_heir(word);
    return word;
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
    if (a->heir)
        next = without_heir(next);
    /* Acquire: pairs with the release in il_lock_release and
       il__lock_release_slow.  */
    return IL__CAS(&l->il_word, &seen, next, __ATOMIC_ACQUIRE);
}

/* Writes into *l that a waits.  Returns whether it did, with the word to park
   on in *seen.  */
static bool announce(il_lock *l, const struct attempt *a, uint32_t *seen)
{
    uint32_t word, next;

    /* Relaxed: parking compares the word again.  */
    *seen = __atomic_load_n(&l->il_word, __ATOMIC_RELAXED);
    word = in_this_process(*seen);
    next = word | WAITED;
    if (may_take(a, word))
        return false;
    if (next != *seen && !IL__CAS(&l->il_word, seen, next, __ATOMIC_RELAXED))
        return false;
    *seen = next;
    return true;
}

/* Makes a the heir of *l, if there is none.  Returns whether it did.  */
static bool inherit(il_lock *l, struct attempt *a)
{
    /* Relaxed: it only asks the next release.  */
    uint32_t seen = __atomic_load_n(&l->il_word, __ATOMIC_RELAXED);
    uint32_t word = in_this_process(seen);
    uint32_t next = word | STARVING | epoch_bits();

    if (!(word & HELD) || word & STARVING
        || !IL__CAS(&l->il_word, &seen, next, __ATOMIC_RELAXED))
        return false;
    a->heir = true;
    return true;
}

/* Gives up.  Returns ETIMEDOUT, or 0 if a had to take the lock: it was granted
   and there may be nobody else to take it.  */
static int give_up(il_lock *l, const struct attempt *a)
{
    /* Relaxed: take has the acquire.  */
    uint32_t word = __atomic_load_n(&l->il_word, __ATOMIC_RELAXED);
    while (a->heir && (word & STARVING)) {
        if (word & GRANTED) {
            if (take(l, a, word, word))
                return 0;
            word = __atomic_load_n(&l->il_word, __ATOMIC_RELAXED);
        } else if (IL__CAS(&l->il_word, &word, without_heir(word),
                           __ATOMIC_RELAXED))
            break;
    }
    return ETIMEDOUT;
}

/* Looks closely, for the length of a yield, whether *l is released.  */
static bool watch(const il_lock *l)
{
    for (int i = 0; i < WATCH; i++) {
        spin_pauses(1);
        /* Relaxed: a hint.  */
        if (!(__atomic_load_n(&l->il_word, __ATOMIC_RELAXED) & HELD))
            return true;
    }
    return false;
}

/* Takes *l if it may be taken; returns whether it did.  *lost counts how often
   another was faster.  */
static bool try(il_lock *l, const struct attempt *a, unsigned *lost)
{
    /* Relaxed: take has the acquire.  */
    uint32_t seen = __atomic_load_n(&l->il_word, __ATOMIC_RELAXED);
    uint32_t word = in_this_process(seen);

    if (!may_take(a, word))
        return false;
    if (take(l, a, seen, word))
        return true;
    ++*lost;
    return false;
}

/* Looks for a while whether *l may be taken.  Returns whether a has it.  */
static bool spin(il_lock *l, const struct attempt *a)
{
    unsigned looks = PAUSES + il__spin_turns(YIELDS);
    unsigned lost = 0;

    for (unsigned i = 0; i < looks; i++) {
        if (try(l, a, &lost))
            return true;
        if (lost == LOSSES && !a->heir)
            return false;
        if (i < PAUSES)
            spin_pauses(1U << i);
        else if (i >= PAUSES + BLIND && watch(l))
            continue;
        else if (il__deadline_passed(a->until) || !il__spin_turn())
            return false;
    }
    return false;
}

/* The loop of who has spun in vain, and has announced itself.  */
static int wait_for(il_lock *l, struct attempt *a)
{
    do {
        uint32_t seen;
        if (a->parked && inherit(l, a))
            continue;
        if (!announce(l, a, &seen))
            continue;
        if (il__park_wait(&l->il_word, seen, a->until) == ETIMEDOUT)
            return give_up(l, a);
        a->parked = true;
    } while (!spin(l, a));
    return 0;
}

int il__lock_acquire_slow(il_lock *l, il_deadline until)
{
    struct attempt a = {.until = until};
    int r;

    if (il__deadline_passed(until))
        return seen_to_acquire(l, il_lock_try_acquire(l) ? ETIMEDOUT : 0);
    if (spin(l, &a))
        return seen_to_acquire(l, 0);
    il__presence_begin(l);
    r = wait_for(l, &a);
    il__presence_end(l);
    return seen_to_acquire(l, r);
}

/* The inline path found neither HELD nor, by the time it tried, 0.  */
int il__lock_try_slow(il_lock *l)
{
    static const struct attempt newcomer;
    unsigned lost = 0;

    return seen_to_acquire(l, try(l, &newcomer, &lost) ? 0 : EBUSY);
}

/* The release that somebody may have waited for: a read-modify-write.  */
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
        /* Release: pairs with the acquire in take and il__lock_take.  */
    } while (!IL__CAS(&l->il_word, &seen, next, __ATOMIC_RELEASE));
    if (word & WAITED)
        il__park_wake(&l->il_word, 1);
    else
        il__presence_unneeded(l);
    return 0;
}

/* The plain release of *l saw, too late, that somebody is present.  */
void il__lock_wake(const il_lock *l)
{
    il__park_wake(&l->il_word, 1);
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
