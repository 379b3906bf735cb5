/* waiters.c -- the queue of waiting threads.

   An entry is queued, or taken, or gone:

   queued -> taken     il__waiters_take; it is owed a verdict
   queued -> gone      il__waiters_remove
   taken -> gone       il__waiters_release: its verdict is written

   and its verdict, in the thread's own time:

   WAITING -> PARKED   its thread parks, or did, and has to be woken
   both -> a verdict   il__waiters_release; wakes if it was PARKED

   W1  An entry that is queued or taken is alive: its thread leaves only with
       a verdict, or after having removed itself under the lock.
   W2  An entry is touched for the last time by the exchange of its verdict:
       what comes next in the list is read before it, and il__park_wake gets the
       address only.
   W3  The entries are of this process if il_epoch is the present epoch; an
       empty queue may have any.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "waiters.h"

#include "fork.h"
#include "park.h"
#include "spin.h"
#include "tsan.h"

/* A bit of its own, which il__spin can ignore.  */
enum { PARKED = 4 };

/* The length is written under the lock and may be asked for without.  */
static void set_length(il__waiters *q, uint32_t length)
{
    /* Relaxed: without the lock the answer is a hint.  */
    __atomic_store_n(&q->il_length, length, __ATOMIC_RELAXED);
}

static bool is_present(const il__waiters *q)
{
    /* Relaxed: the epoch changes only where there is one thread.  */
    return __atomic_load_n(&q->il_epoch, __ATOMIC_RELAXED) == fork_epoch();
}

uint32_t il__waiters_length(const il__waiters *q)
{
    /* Relaxed: without the lock the answer is a hint.  */
    uint32_t length = __atomic_load_n(&q->il_length, __ATOMIC_RELAXED);
    return is_present(q) ? length : 0;
}

/* Forgets entries of threads that this process, a forked child, does not
   have.  */
static void refresh(il__waiters *q)
{
    if (is_present(q))
        return;
    q->il_first = NULL;
    q->il_last = NULL;
    set_length(q, 0);
    /* Relaxed: for is_present, which may ask without the lock.  */
    __atomic_store_n(&q->il_epoch, fork_epoch(), __ATOMIC_RELAXED);
}

void il__waiters_add(il__waiters *q, struct il__waiter *w)
{
    refresh(q);
    *w = (struct il__waiter){.previous = q->il_last, .queued = true};
    if (q->il_last)
        q->il_last->next = w;
    else
        q->il_first = w;
    q->il_last = w;
    set_length(q, q->il_length + 1);
}

void il__waiters_remove(il__waiters *q, struct il__waiter *w)
{
    if (w->previous)
        w->previous->next = w->next;
    else
        q->il_first = w->next;
    if (w->next)
        w->next->previous = w->previous;
    else
        q->il_last = w->previous;
    w->queued = false;
    set_length(q, q->il_length - 1);
}

struct il__waiter *il__waiters_take(il__waiters *q, uint32_t n)
{
    struct il__waiter *list, *last = NULL, *w;
    uint32_t taken = 0;

    refresh(q);
    list = q->il_first;
    for (w = list; w && taken < n; w = w->next, taken++) {
        w->queued = false;
        last = w;
    }
    if (!last)
        return NULL;
    last->next = NULL;
    q->il_first = w;
    if (w)
        w->previous = NULL;
    else
        q->il_last = NULL;
    set_length(q, q->il_length - taken);
    return list;
}

void il__waiters_release(struct il__waiter *list, enum verdict verdict)
{
    while (list) {
        struct il__waiter *w = list;
        list = w->next;
        release_seen(w);
        /* Release: pairs with the acquire in il__waiters_wait.  */
        if (__atomic_exchange_n(&w->verdict, (uint32_t)verdict,
                                __ATOMIC_RELEASE)
            == PARKED)
            il__park_wake(&w->verdict, 1);
    }
}

/* Parks until there is a verdict, or `until` has passed.  */
static void park(struct il__waiter *w, il_deadline until)
{
    uint32_t verdict = WAITING;
    /* Relaxed: il__waiters_wait has the acquire.  */
    if (!IL__CAS(&w->verdict, &verdict, PARKED, __ATOMIC_RELAXED)
        && verdict != PARKED)
        return;
    while (__atomic_load_n(&w->verdict, __ATOMIC_RELAXED) == PARKED) {
        if (il__park_wait(&w->verdict, PARKED, until) == ETIMEDOUT)
            return;
    }
}

/* Waits, if there is none, for the verdict.  */
static void wait_for(struct il__waiter *w, il_deadline until)
{
    const struct change decided = {&w->verdict, WAITING, PARKED};
    int64_t began;

    if (w->crowded) {
        if (!il__spin_in_crowd(&decided, until))
            park(w, until);
        return;
    }
    began = il__spin(&decided, until);
    if (began == 0)
        return;
    park(w, until);
    il__spin_over(began);
}

enum verdict il__waiters_wait(struct il__waiter *w, il_deadline until)
{
    uint32_t verdict;

    wait_for(w, until);
    /* Acquire: pairs with the release in il__waiters_release.  */
    verdict = __atomic_load_n(&w->verdict, __ATOMIC_ACQUIRE);
    acquire_seen(w);
    return verdict == PARKED ? WAITING : (enum verdict)verdict;
}
