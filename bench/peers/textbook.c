/* textbook.c -- six locks of the literature, each in about 20 lines, as a
   measure for all others.

   In tas and ttas any thread may be next, so a spinner that has no processor
   is in nobody's way, and they spin without end, as published.  In ticket, mcs
   and clh the next thread is fixed.  If it has no processor the lock stands
   still until the scheduler takes one from a spinner, so those spin for LOOKS
   looks and then offer theirs, as is the practice in user space.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <sched.h>

#include "peers/drepper.h"
#include "run/run.h"
#include "templates/lock.h"

/* Tens of microseconds, as it takes to wake a thread.  */
enum { LOOKS = 1000 };

/* A simulated processor has another instruction.  */
#ifdef IL_PAUSE
void IL_PAUSE(void);
#endif

static inline void pause_a_while(void)
{
#if defined(IL_PAUSE)
    IL_PAUSE();
#elif defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__) || defined(__arm__)
    __asm__ volatile("yield");
#endif
}

/* Between two looks; *looks counts them.  */
static inline void pause_or_yield(unsigned *looks)
{
    pause_a_while();
    if (++*looks % LOOKS == 0)
        sched_yield();
}

/* tas: test and set, as IBM's System/360 (1964) has it.  All spinners write
   the line all the time, and so take it from the owner, too.  */

/* Acquire: pairs with the store in tas_release.  */
static inline bool tas_try(bool *held)
{
    return !__atomic_exchange_n(held, true, __ATOMIC_ACQUIRE);
}

static inline void tas_acquire(bool *held)
{
    while (!tas_try(held))
        continue;
}

/* Release: pairs with the exchange in tas_try.  */
static inline void tas_release(bool *held)
{
    __atomic_store_n(held, false, __ATOMIC_RELEASE);
}

#define NAME tas_lock
#define TYPE bool
#define INIT(l, permits) ((void)(*(l) = false))
#define ACQUIRE(l) tas_acquire(l)
#define RELEASE(l) tas_release(l)
#define TRY(l) tas_try(l)
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

/* ttas: test, then test and set (L. Rudolph and Z. Segall, "Dynamic
   decentralized cache schemes for MIMD parallel processors", 1984).  Spinners
   read a copy of their own until the owner writes.  */

/* Relaxed: a hint, tas_try orders.  */
static inline void ttas_acquire(bool *held)
{
    while (!tas_try(held)) {
        while (__atomic_load_n(held, __ATOMIC_RELAXED))
            pause_a_while();
    }
}

static inline bool ttas_try(bool *held)
{
    return !__atomic_load_n(held, __ATOMIC_RELAXED) && tas_try(held);
}

#define NAME ttas_lock
#define TYPE bool
#define INIT(l, permits) ((void)(*(l) = false))
#define ACQUIRE(l) ttas_acquire(l)
#define RELEASE(l) tas_release(l)
#define TRY(l) ttas_try(l)
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

/* ticket: first come, first served (D. Reed and R. Kanodia, "Synchronization
   with eventcounts and sequencers", 1979; as a spin lock in J. Mellor-Crummey
   and M. Scott, "Algorithms for scalable synchronization on shared-memory
   multiprocessors", 1991).  */
struct ticket {
    uint32_t next;
    uint32_t served;
};

/* Relaxed: the number alone says who is who.  Acquire: pairs with the store in
   ticket_release.  */
static inline void ticket_acquire(struct ticket *l)
{
    uint32_t mine = __atomic_fetch_add(&l->next, 1, __ATOMIC_RELAXED);
    unsigned looks = 0;

    while (__atomic_load_n(&l->served, __ATOMIC_ACQUIRE) != mine)
        pause_or_yield(&looks);
}

/* The ticket that is served is free if it is the next.  Acquire: pairs with the
   store in ticket_release.  Relaxed: as in ticket_acquire.  */
static inline bool ticket_try(struct ticket *l)
{
    uint32_t served = __atomic_load_n(&l->served, __ATOMIC_ACQUIRE);

    return __atomic_compare_exchange_n(&l->next, &served, served + 1, false,
                                       __ATOMIC_RELAXED, __ATOMIC_RELAXED);
}

/* Only the owner writes what it reads here.  Release: pairs with the loads in
   ticket_acquire and ticket_try.  */
static inline void ticket_release(struct ticket *l)
{
    uint32_t mine = __atomic_load_n(&l->served, __ATOMIC_RELAXED);

    __atomic_store_n(&l->served, mine + 1, __ATOMIC_RELEASE);
}

#define NAME ticket_lock
#define TYPE struct ticket
#define INIT(l, permits) ((void)(*(l) = (struct ticket){0, 0}))
#define ACQUIRE(l) ticket_acquire(l)
#define RELEASE(l) ticket_release(l)
#define TRY(l) ticket_try(l)
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

/* A waiter of mcs or clh.  In mcs it waits itself and next is who follows it;
   in clh its follower waits.  */
struct waiter {
    bool waits;              /* atomic */
    struct waiter *next;     /* atomic */
    struct waiter *previous; /* the owner's */
};

#define NODE struct waiter
#define NODE_INIT(n) ((void)(n))
#include "templates/nodes.h"

/* A queue lock, with the owner's node beside it.  */
struct queue {
    struct waiter *last;              /* atomic */
    ON_ITS_LINE struct waiter *owner; /* the owner's */
};

/* mcs: each waits at a node of its own, which its predecessor writes
   (J. Mellor-Crummey and M. Scott, 1991, as above).  */

/* Acquire and release, exchange: pairs with itself, so that a follower finds
   the node made before it links its own; and with the owner that left the queue
   empty.  Release, store: pairs with the loads of next in mcs_release.
   Acquire, load: pairs with the store of waits there.  */
static inline void mcs_acquire(struct queue *l)
{
    struct waiter *mine = get_node(), *previous;
    unsigned looks = 0;

    __atomic_store_n(&mine->next, NULL, __ATOMIC_RELAXED);
    __atomic_store_n(&mine->waits, true, __ATOMIC_RELAXED);
    previous = __atomic_exchange_n(&l->last, mine, __ATOMIC_ACQ_REL);
    if (previous) {
        __atomic_store_n(&previous->next, mine, __ATOMIC_RELEASE);
        while (__atomic_load_n(&mine->waits, __ATOMIC_ACQUIRE))
            pause_or_yield(&looks);
    }
    l->owner = mine;
}

/* Acquire and release: as the exchange in mcs_acquire.  */
static inline bool mcs_try(struct queue *l)
{
    struct waiter *mine, *none = NULL;

    if (__atomic_load_n(&l->last, __ATOMIC_RELAXED))
        return false;
    mine = get_node();
    __atomic_store_n(&mine->next, NULL, __ATOMIC_RELAXED);
    __atomic_store_n(&mine->waits, true, __ATOMIC_RELAXED);
    if (!__atomic_compare_exchange_n(&l->last, &none, mine, false,
                                     __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) {
        put_node(mine);
        return false;
    }
    l->owner = mine;
    return true;
}

/* If the queue is not empty but nobody is linked, somebody is about to be.
   Acquire: pairs with the store of next in mcs_acquire.  Release, both: pair
   with the exchange and with the load of waits there.  */
static inline void mcs_release(struct queue *l)
{
    struct waiter *mine = l->owner, *next, *last = mine;
    unsigned looks = 0;

    next = __atomic_load_n(&mine->next, __ATOMIC_ACQUIRE);
    if (!next
        && __atomic_compare_exchange_n(&l->last, &last, NULL, false,
                                       __ATOMIC_RELEASE, __ATOMIC_RELAXED)) {
        put_node(mine);
        return;
    }
    while (!(next = __atomic_load_n(&mine->next, __ATOMIC_ACQUIRE)))
        pause_or_yield(&looks);
    __atomic_store_n(&next->waits, false, __ATOMIC_RELEASE);
    put_node(mine);
}

#define NAME mcs_lock
#define TYPE struct queue
#define INIT(l, permits) ((void)(*(l) = (struct queue){NULL, NULL}))
#define ACQUIRE(l) mcs_acquire(l)
#define RELEASE(l) mcs_release(l)
#define TRY(l) mcs_try(l)
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

/* clh: each waits at its predecessor's node, and takes that for its next time
   (T. Craig, "Building FIFO and priority-queuing spin locks from atomic swap",
   1993; P. Magnusson, A. Landin and E. Hagersten, "Queue locks on cache
   coherent multiprocessors", 1994).  */

static void clh_init(struct queue *l)
{
    l->last = get_node();
    l->last->waits = false;
}

/* Acquire: pairs with the store in clh_release.  */
static inline void clh_follow(struct queue *l, struct waiter *mine,
                              struct waiter *previous)
{
    unsigned looks = 0;

    while (__atomic_load_n(&previous->waits, __ATOMIC_ACQUIRE))
        pause_or_yield(&looks);
    mine->previous = previous;
    l->owner = mine;
}

/* Acquire and release: pairs with itself, so that a follower finds the node
   made.  */
static inline void clh_acquire(struct queue *l)
{
    struct waiter *mine = get_node();

    __atomic_store_n(&mine->waits, true, __ATOMIC_RELAXED);
    clh_follow(l, mine, __atomic_exchange_n(&l->last, mine, __ATOMIC_ACQ_REL));
}

/* Since the look the last node may have been taken and queued again, and then
   this waits for it after all.  Acquire, load: pairs with the exchange in
   clh_acquire, so that the node is found made; the exchange here is as that.
   Relaxed: a hint, clh_follow orders.  */
static inline bool clh_try(struct queue *l)
{
    struct waiter *mine, *last = __atomic_load_n(&l->last, __ATOMIC_ACQUIRE);

    if (__atomic_load_n(&last->waits, __ATOMIC_RELAXED))
        return false;
    mine = get_node();
    __atomic_store_n(&mine->waits, true, __ATOMIC_RELAXED);
    if (!__atomic_compare_exchange_n(&l->last, &last, mine, false,
                                     __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) {
        put_node(mine);
        return false;
    }
    clh_follow(l, mine, last);
    return true;
}

/* Release: pairs with the load in clh_follow.  */
static inline void clh_release(struct queue *l)
{
    struct waiter *mine = l->owner, *previous = mine->previous;

    __atomic_store_n(&mine->waits, false, __ATOMIC_RELEASE);
    put_node(previous);
}

#define NAME clh_lock
#define TYPE struct queue
#define INIT(l, permits) clh_init(l)
#define ACQUIRE(l) clh_acquire(l)
#define RELEASE(l) clh_release(l)
#define TRY(l) clh_try(l)
#define DESTROY(l) put_node((l)->last)
#include "templates/lock.h"

/* drepper: drepper.h.  */
static inline void drepper_acquire(uint32_t *word)
{
    if (!drepper_try(word))
        drepper_wait(word);
}

#define NAME drepper_lock
#define TYPE uint32_t
#define INIT(l, permits) ((void)(*(l) = FREE))
#define ACQUIRE(l) drepper_acquire(l)
#define RELEASE(l) drepper_release(l)
#define TRY(l) drepper_try(l)
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

/* load: what a look at a lock or an event costs at least.  */

/* The answer is yes or no.  Acquire: pairs with nothing here; who looks wants
   it.  */
static inline void load_look(const uint32_t *word)
{
    bool answer = __atomic_load_n(word, __ATOMIC_ACQUIRE) & HELD;
    __asm__ volatile("" : : "r"(answer));
}

#define NAME load
#define TYPE uint32_t
#define INIT(l) ((void)(*(l) = FREE))
#define CALL(l) load_look(l)
#define DESTROY(l) ((void)(l))
#include "templates/calls.h"

const struct entrant entrants[] = {
    LOCK_ENTRANTS("tas", "lock", tas_lock, true),
    LOCK_ENTRANTS("ttas", "lock", ttas_lock, true),
    LOCK_ENTRANTS("ticket", "lock", ticket_lock, true),
    LOCK_ENTRANTS("mcs", "lock", mcs_lock, true),
    LOCK_ENTRANTS("clh", "lock", clh_lock, true),
    LOCK_ENTRANTS("drepper", "lock", drepper_lock, true),
    ENTRANT("load", "lock", "look", load, true),
    ENTRANT("load", "rlock", "look", load, true),
    ENTRANT("load", "event", "look", load, true),
    {0},
};
