/* planted.c -- locks with faults, to see them found.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "templates/lock.h"

#if !defined(SYS_futex)
#define SYS_futex SYS_futex_time64
#endif

void IL_PAUSE(void);

/* mcs-tail: mcs, but all wait at a word of the lock, not each at its
   own.  */
struct waiter {
    struct waiter *next; /* atomic */
};

#define NODE struct waiter
#define NODE_INIT(n) ((void)(n))
#include "templates/nodes.h"

struct queue {
    struct waiter *last;            /* atomic */
    ON_ITS_LINE struct waiter *now; /* atomic: whose turn it is */
};

static inline void tail_acquire(struct queue *l)
{
    struct waiter *mine = get_node(), *previous;

    __atomic_store_n(&mine->next, NULL, __ATOMIC_RELAXED);
    previous = __atomic_exchange_n(&l->last, mine, __ATOMIC_ACQ_REL);
    if (!previous) {
        __atomic_store_n(&l->now, mine, __ATOMIC_RELAXED);
        return;
    }
    __atomic_store_n(&previous->next, mine, __ATOMIC_RELEASE);
    while (__atomic_load_n(&l->now, __ATOMIC_ACQUIRE) != mine)
        IL_PAUSE();
}

static inline void tail_release(struct queue *l)
{
    struct waiter *mine = __atomic_load_n(&l->now, __ATOMIC_RELAXED);
    struct waiter *next, *last = mine;

    next = __atomic_load_n(&mine->next, __ATOMIC_ACQUIRE);
    if (!next
        && __atomic_compare_exchange_n(&l->last, &last, NULL, false,
                                       __ATOMIC_RELEASE, __ATOMIC_RELAXED)) {
        put_node(mine);
        return;
    }
    while (!(next = __atomic_load_n(&mine->next, __ATOMIC_ACQUIRE)))
        IL_PAUSE();
    __atomic_store_n(&l->now, next, __ATOMIC_RELEASE);
    put_node(mine);
}

#define NAME tail
#define TYPE struct queue
#define INIT(l, permits) ((void)(*(l) = (struct queue){NULL, NULL}))
#define ACQUIRE(l) tail_acquire(l)
#define RELEASE(l) tail_release(l)
#define TRY(l) (tail_acquire(l), true)
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

/* open: looks, then takes.  */
static inline void open_acquire(bool *held)
{
    while (__atomic_load_n(held, __ATOMIC_ACQUIRE))
        IL_PAUSE();
    __atomic_store_n(held, true, __ATOMIC_RELAXED);
}

#define NAME open
#define TYPE bool
#define INIT(l, permits) ((void)(*(l) = false))
#define ACQUIRE(l) open_acquire(l)
#define RELEASE(l) __atomic_store_n(l, false, __ATOMIC_RELEASE)
#define TRY(l) (open_acquire(l), true)
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

/* stuck: sleeps, and nobody wakes it.  */
static inline void stuck_acquire(uint32_t *held)
{
    while (__atomic_exchange_n(held, 1, __ATOMIC_ACQUIRE))
        syscall(SYS_futex, held, FUTEX_WAIT_PRIVATE, 1, NULL, NULL, 0);
}

#define NAME stuck
#define TYPE uint32_t
#define INIT(l, permits) ((void)(*(l) = 0))
#define ACQUIRE(l) stuck_acquire(l)
#define RELEASE(l) __atomic_store_n(l, 0, __ATOMIC_RELEASE)
#define TRY(l) (stuck_acquire(l), true)
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

const struct entrant entrants[] = {
    LOCK_ENTRANTS("mcs-tail", "lock", tail, true),
    LOCK_ENTRANTS("open", "lock", open, true),
    LOCK_ENTRANTS("stuck", "lock", stuck, true),
    {0},
};
