/* rlock.c -- an il_lock with an owner and a depth, biased to its first thread.

   il_base     the lock
   il_levels   for the thread T that il_owner names first; see there
   il_owner    a depth (bits 0..21), CANDIDATE, SHARED, and a thread's number
               (owner.h): T's, or U's, that of any thread

   0                   fresh: nobody has acquired it yet
   T CANDIDATE n       T has it n times, or nobody has it if n is 0; nobody
                       else ever came.  il_base is held.  il_levels: how often
                       T acquired it, up to FIRST
   T                   biased: T has it il_levels times.  il_base is held
   T REVOKED           the same, but another thread came (REVOKED is SHARED)
   U n                 U has it n times, and il_base is held by it
   SHARED              il_base says whether it is free

   fresh -> T CANDIDATE 1 -> .. n ..   T, each by a compare-exchange
   T CANDIDATE n -> T                  T, which acquires it the FIRST-th time
   T CANDIDATE 0 -> U 1                U acquires it
   T CANDIDATE n -> T n                U, which then waits for il_base
   T -> T REVOKED                      U, which then fences all
   T REVOKED -> U 1                    U acquires it: il_levels is 0
   T, T REVOKED -> T n                 T, in its next acquire, or in a release
                                       that can't be cheap
   fresh -> SHARED                     U: il_base was not free
   SHARED -> U 1 -> .. n .. -> SHARED  acquire and release by U

   R1  What il_owner says of a thread it says by its number, and only that
       thread writes its number there, or takes a flag of another's away.  So
       a thread that reads its own number there reads how it stands, and what
       else it may read, from whatever time, is not its own number.
   R2  Every state is left for good but U n and SHARED, and those two for each
       other only.  So there is one T; no thread ever waits for il_base but in
       one of those two; and il_base, which T acquired first, is handed to
       whoever ends CANDIDATE or REVOKED.

   The bias.  T, biased, acquires by a store into il_levels and a second look
   at il_owner, and releases by a store into il_levels; there is no atomic
   read-modify-write, and no fence.  U comes.  That T looks a second time, and
   that U revokes, fences all and then looks at il_levels, is again Dekker's
   protocol with one side's fence left to the other, as in presence.c.  (Dice,
   Moir and Scherer, "Quickly Reacquirable Locks", 2001; Kawachiya, Koseki and
   Onodera, "Lock Reservation", 2002; Russell and Detlefs, "Eliminating
   Synchronization-Related Atomic Operations with Biased Locking and Bulk
   Rebiasing", 2006; Vasudevan, Namjoshi and Edwards, "Simple and Fast Biased
   Locks", 2010.)

   B1  The fence of U is somewhere in T's program order.  If T's second look is
       after it, that sees REVOKED, and T has not acquired.  If it is before,
       so is T's store: U sees it, and waits.  So never both.
   B2  T's store may come however late after its first look, even when the lock
       has had other owners.  That is why T has il_levels to itself, for the
       life of the object, and why nobody reads it but in T and T REVOKED.  T
       takes such a store back, and wakes who saw it and parked.
   B3  U parks on il_levels, as it saw it.  After its fence T is in the middle
       of one call at most that has not seen REVOKED.  If that is a release, it
       is of the kind of presence.c's: U has announced itself, so either it
       sees the store of 0, or T sees that somebody is present, and wakes.  All
       later calls of T see REVOKED, make it T n, set il_levels to 0, and wake:
       from then on il_base is what is waited for.
   B4  Where releases are not cheap, for somebody who parks on this lock or on
       another with the same entry of il__presence, T gives its bias up.  A lock
       whose entry is not IL__NOBODY, as where the kernel does not fence for us,
       does not become biased.
   B5  A revocation costs an interrupt of every processor, once in the life of a
       lock.  It is paid only for those that the first thread has acquired FIRST
       times before the second came.

   Lifetime: release touches *r for the last time in the store that lets
   somebody through: that of il_base, of 0 into il_levels, or the
   compare-exchange of CANDIDATE 0.  B2's late store is in a call of T, whose
   object is there.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <interlock/rlock.h>

#include "clock.h"
#include "owner.h"
#include "park.h"
#include "presence.h"
#include "rlock.h"
#include "tsan.h"

_Static_assert(sizeof(il_rlock) <= 16, "the size that rlock.h promises");

extern inline bool il__rlock_is_mine(uint64_t owner);
extern inline bool il__rlock_step_biased(il_rlock *r);
extern inline bool il__rlock_step(il_rlock *r);
extern inline int il__rlock_release_biased(il_rlock *r);
extern inline int il_rlock_acquire(il_rlock *r);
extern inline int il_rlock_try_acquire(il_rlock *r);
extern inline int il_rlock_acquire_until(il_rlock *r, il_deadline until);
extern inline int il_rlock_release(il_rlock *r);
extern inline bool il_rlock_locked(const il_rlock *r);
extern inline bool il_rlock_owned(const il_rlock *r);
extern inline uint32_t il_rlock_depth(const il_rlock *r);

#define DEPTH IL__RLOCK_MAX
#define CANDIDATE IL__RLOCK_CANDIDATE
#define SHARED IL__RLOCK_SHARED
#define REVOKED IL__RLOCK_SHARED

/* Before a lock is biased each pair costs two read-modify-writes, 10 ns, that a
   biased one saves, and FIRST of them what a revocation costs, 9 us where the
   other processor is busy: who pays for either never pays more than twice the
   least (Karlin, Manasse, Rudolph and Sleator, "Competitive snoopy caching",
   1988).  */
#ifndef IL_RLOCK_FIRST
#define IL_RLOCK_FIRST 1024
#endif
enum { FIRST = IL_RLOCK_FIRST };

enum { AGAIN = -1 }; /* il_owner has changed, or was changed: look again */

static uint64_t owner_of(const il_rlock *r)
{
    /* Relaxed: what depends on it is done by compare-exchange.  */
    return __atomic_load_n(&r->il_owner, __ATOMIC_RELAXED);
}

static uint32_t levels_of(const il_rlock *r)
{
    /* Relaxed: the caller's own, or a guess.  */
    return __atomic_load_n(&r->il_levels, __ATOMIC_RELAXED);
}

/* Whether `owner` is T, or T REVOKED.  */
static bool is_biased(uint64_t owner)
{
    return owner > SHARED && !(owner & (DEPTH | CANDIDATE));
}

/* Makes il_owner `to` if it is `from`; returns whether it was.  */
static bool change(il_rlock *r, uint64_t from, uint64_t to)
{
    /* Relaxed: the caller has the lock, or does not get it by this.  */
    return IL__CAS(&r->il_owner, &from, to, __ATOMIC_RELAXED);
}

/* Acquires *r, which nobody has, and its il_base from T.  */
static int take_over(il_rlock *r, uint64_t from)
{
    /* Acquire: pairs with the release in il__rlock_release_slow.  */
    return IL__CAS(&r->il_owner, &from, il__thread_id + 1, __ATOMIC_ACQUIRE)
               ? 0
               : AGAIN;
}

/* The caller has il_base, or has waited for it in vain.  Returns `answer`.  */
static int own(il_rlock *r, int answer)
{
    /* Relaxed: see R1.  */
    if (answer == 0)
        __atomic_store_n(&r->il_owner, il__thread_id + 1, __ATOMIC_RELAXED);
    return answer;
}

static bool may_be_biased(const il_rlock *r)
{
    /* Relaxed: each release looks again.  */
    return __atomic_load_n(il__presence_of(r), __ATOMIC_RELAXED) == IL__NOBODY;
}

static int acquire_fresh(il_rlock *r)
{
    uint64_t candidate = il__thread_id + CANDIDATE + 1;

    if (!il__lock_take(&r->il_base)) {
        change(r, 0, SHARED);
        return AGAIN;
    }
    return may_be_biased(r) && change(r, 0, candidate) ? 0 : own(r, 0);
}

/* The caller is the candidate.  */
static int acquire_candidate(il_rlock *r, uint64_t owner)
{
    uint32_t times = levels_of(r);
    uint64_t next = owner + 1;

    if (times < FIRST)
        times++;
    else if (may_be_biased(r)) {
        times = (uint32_t)(next & DEPTH);
        next = il__thread_id;
    } else
        next &= ~CANDIDATE;
    /* Relaxed: the compare-exchange comes after it.  */
    __atomic_store_n(&r->il_levels, times, __ATOMIC_RELAXED);
    /* Release: pairs with the acquire in revoke.  */
    return IL__CAS(&r->il_owner, &owner, next, __ATOMIC_RELEASE) ? 0 : AGAIN;
}

/* Another thread is the candidate.  */
static int end_candidacy(il_rlock *r, uint64_t owner)
{
    if (!(owner & DEPTH))
        return take_over(r, owner);
    change(r, owner, owner & ~CANDIDATE);
    return AGAIN;
}

/* Makes *r, biased to the caller, one that the caller has `depth` times.
   Returns whether it was still biased.  */
static bool give_up_bias(il_rlock *r, uint64_t owner, uint32_t depth)
{
    if (!change(r, owner, il__thread_id + depth))
        return false;
    il__rlock_step_back(r, 0);
    return true;
}

static int acquire_mine(il_rlock *r, uint64_t owner)
{
    if (il_rlock_depth(r) == DEPTH)
        return EOVERFLOW;
    if (owner & CANDIDATE)
        return acquire_candidate(r, owner);
    return give_up_bias(r, owner, levels_of(r) + 1) ? 0 : AGAIN;
}

static uint32_t levels_after_fence(const il_rlock *r)
{
    /* Acquire: pairs with the release in il__rlock_release_biased.  */
    return __atomic_load_n(&r->il_levels, __ATOMIC_ACQUIRE);
}

/* Waits until T has left *r, or has made it its own.  Returns 0, ETIMEDOUT or,
   then, AGAIN.  */
static int await_first(il_rlock *r, uint64_t revoked, il_deadline until)
{
    uint32_t levels;
    int answer = 0;

    il__presence_begin(r);
    while (answer == 0 && (levels = levels_after_fence(r)) != 0)
        answer = owner_of(r) != revoked
                     ? AGAIN
                     : il__park_wait(&r->il_levels, levels, until);
    il__presence_end(r);
    return answer;
}

/* Acquires *r, which is biased to another thread, or was.  */
static int revoke(il_rlock *r, uint64_t owner, il_deadline until)
{
    uint64_t revoked = owner | REVOKED;

    if (levels_of(r) > 0 && il__deadline_passed(until))
        return ETIMEDOUT;
    /* Acquire: pairs with the release in acquire_candidate.  */
    if (!IL__CAS(&r->il_owner, &owner, revoked, __ATOMIC_ACQUIRE))
        return AGAIN;
    il__presence_fence();
    if (levels_after_fence(r) != 0) {
        int answer = await_first(r, revoked, until);
        if (answer != 0)
            return answer;
    }
    acquire_seen(&r->il_levels);
    return take_over(r, revoked);
}

/* Does what the inline step could not, whose il_owner may have been `owner`.
   Returns 0, ETIMEDOUT, EOVERFLOW or AGAIN.  */
static int acquire(il_rlock *r, uint64_t owner, il_deadline until)
{
    if (owner == 0)
        return acquire_fresh(r);
    if (il__rlock_is_mine(owner))
        return acquire_mine(r, owner);
    if (owner & CANDIDATE)
        return end_candidacy(r, owner);
    if (is_biased(owner))
        return revoke(r, owner, until);
    return own(r, il__lock_acquire_slow(&r->il_base, until));
}

int il__rlock_acquire_slow(il_rlock *r, il_deadline until)
{
    int answer;

    if (il__owner_self() == IL__RLOCK_NUMBER)
        return EOVERFLOW;
    do {
        uint64_t owner = owner_of(r);
        answer = il__rlock_step(r) ? 0 : acquire(r, owner, until);
    } while (answer == AGAIN);
    return seen_to_acquire(r, answer);
}

int il__rlock_try_slow(il_rlock *r)
{
    static const il_deadline passed;
    int answer = il__rlock_acquire_slow(r, passed);
    return answer == ETIMEDOUT ? EBUSY : answer;
}

/* A store into il_levels of the thread that it belongs to was in vain: it is
   `levels` again.  */
void il__rlock_step_back(il_rlock *r, uint32_t levels)
{
    /* Relaxed: a wake comes after it (park.h).  */
    __atomic_store_n(&r->il_levels, levels, __ATOMIC_RELAXED);
    il__rlock_wake(r);
}

/* The release of *r, biased, saw, too late, that somebody is present.  */
void il__rlock_wake(const il_rlock *r)
{
    il__park_wake(&r->il_levels, PARK_ALL);
}

int il__rlock_release_slow(il_rlock *r)
{
    uint64_t owner = owner_of(r);

    if (il_rlock_depth(r) == 0)
        return EPERM;
    release_seen(r);
    if (owner & CANDIDATE) {
        /* Release: pairs with the acquire in take_over.  */
        if (IL__CAS(&r->il_owner, &owner, owner - 1, __ATOMIC_RELEASE))
            return 0;
    } else if (is_biased(owner))
        give_up_bias(r, owner, levels_of(r));
    return il_rlock_release(r);
}

/* A candidate that ends meanwhile leaves the depth as it was.  */
void il__rlock_set_depth(il_rlock *r, uint32_t depth)
{
    uint64_t owner;

    do {
        owner = owner_of(r);
        if (is_biased(owner)) {
            /* Relaxed: neither is 0, so it is held before and after.  */
            __atomic_store_n(&r->il_levels, depth, __ATOMIC_RELAXED);
            return;
        }
    } while (!change(r, owner, (owner & ~DEPTH) | depth));
}

int il_rlock_init(il_rlock *r, unsigned flags)
{
    if (flags)
        return EINVAL;
    *r = (il_rlock)IL_RLOCK_INIT;
    return 0;
}

void il_rlock_at_fork_reinit(il_rlock *r)
{
    *r = (il_rlock)IL_RLOCK_INIT;
}
