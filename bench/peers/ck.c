/* ck.c -- Concurrency Kit: spin locks, which are for threads that have a
   processor each, and an event count, which parks.

   Each kind is a peer of its own.  "ck" is what it has one of: the writers'
   side of ck_rwlock_recursive as an rlock, and what its users make of the
   event count, an event.  It has no lock that parks, and so no condition: who
   was woken would spin while who woke it has no processor.  The queue of
   ck-clh cannot be tried.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <ck_ec.h>
#include <ck_rwlock.h>
#include <ck_spinlock.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "run/run.h"
#include "templates/entrant.h"
#include "templates/lock.h"

#define NAME fas
#define TYPE ck_spinlock_fas_t
#define INIT(l, permits) ck_spinlock_fas_init(l)
#define ACQUIRE(l) ck_spinlock_fas_lock(l)
#define RELEASE(l) ck_spinlock_fas_unlock(l)
#define TRY(l) ck_spinlock_fas_trylock(l)
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

/* Not all processors have a ticket lock that can be tried.  */
#if defined(CK_F_SPINLOCK_TICKET_TRYLOCK)
#define TICKET_ENTRANTS LOCK_ENTRANTS
#define TRY(l) ck_spinlock_ticket_trylock(l)
#else
#define TICKET_ENTRANTS LOCK_ENTRANTS_NO_TRY
#endif
#define NAME ticket
#define TYPE ck_spinlock_ticket_t
#define INIT(l, permits) ck_spinlock_ticket_init(l)
#define ACQUIRE(l) ck_spinlock_ticket_lock(l)
#define RELEASE(l) ck_spinlock_ticket_unlock(l)
#define AT_REST(l, permits) (!ck_spinlock_ticket_locked(l))
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

union waiter {
    ck_spinlock_mcs_context_t mcs;
    ck_spinlock_clh_t clh;
};

#define NODE union waiter
#define NODE_INIT(n) ((void)(n))
#include "templates/nodes.h"

struct mcs {
    ck_spinlock_mcs_t queue;
    ON_ITS_LINE union waiter *owner;
};

static inline void mcs_acquire(struct mcs *l)
{
    union waiter *mine = get_node();
    ck_spinlock_mcs_lock(&l->queue, &mine->mcs);
    l->owner = mine;
}

static inline bool mcs_try(struct mcs *l)
{
    union waiter *mine = get_node();

    if (!ck_spinlock_mcs_trylock(&l->queue, &mine->mcs)) {
        put_node(mine);
        return false;
    }
    l->owner = mine;
    return true;
}

static inline void mcs_release(struct mcs *l)
{
    union waiter *mine = l->owner;
    ck_spinlock_mcs_unlock(&l->queue, &mine->mcs);
    put_node(mine);
}

#define NAME mcs
#define TYPE struct mcs
#define INIT(l, permits) ck_spinlock_mcs_init(&(l)->queue)
#define ACQUIRE(l) mcs_acquire(l)
#define RELEASE(l) mcs_release(l)
#define TRY(l) mcs_try(l)
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

struct clh {
    ck_spinlock_clh_t *queue;
    ON_ITS_LINE union waiter *owner;
};

static inline void clh_acquire(struct clh *l)
{
    union waiter *mine = get_node();
    ck_spinlock_clh_lock(&l->queue, &mine->clh);
    l->owner = mine;
}

/* The unlock leaves the predecessor's node to whoever calls it.  */
static inline void clh_release(struct clh *l)
{
    ck_spinlock_clh_t *node = &l->owner->clh;
    ck_spinlock_clh_unlock(&node);
    put_node((union waiter *)node);
}

#define NAME clh
#define TYPE struct clh
#define INIT(l, permits) ck_spinlock_clh_init(&(l)->queue, &get_node()->clh)
#define ACQUIRE(l) clh_acquire(l)
#define RELEASE(l) clh_release(l)
#define AT_REST(l, permits) (!ck_spinlock_clh_locked(&(l)->queue))
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

/* Its users number their threads.  */
static inline unsigned number_of_thread(void)
{
    static unsigned last;
    static __thread unsigned mine;

    if (mine == 0)
        mine = ck_pr_faa_uint(&last, 1) + 1;
    return mine;
}

static const ck_rwlock_recursive_t free_rwlock =
    CK_RWLOCK_RECURSIVE_INITIALIZER;

#define NAME recursive
#define TYPE ck_rwlock_recursive_t
#define INIT(l, permits) ((void)(*(l) = free_rwlock))
#define ACQUIRE(l) ck_rwlock_recursive_write_lock(l, number_of_thread())
#define RELEASE(l) ck_rwlock_recursive_write_unlock(l)
#define TRY(l) ck_rwlock_recursive_write_trylock(l, number_of_thread())
#define DESTROY(l) ((void)(l))
#define IS_REENTERED
#include "templates/lock.h"

/* What its users have to tell an event count: how a thread sleeps.  The call
   that takes a struct timespec depends on the size of its numbers.  */
static long futex(const uint32_t *word, int op, uint32_t n,
                  const struct timespec *end)
{
    long number;

#if !defined(SYS_futex_time64)
    number = SYS_futex;
#elif !defined(SYS_futex)
    number = SYS_futex_time64;
#else
    number = sizeof end->tv_sec > sizeof(long) ? SYS_futex_time64 : SYS_futex;
#endif
    return syscall(number, word, op, n, end, NULL, FUTEX_BITSET_MATCH_ANY);
}

static int gettime(const struct ck_ec_ops *ops, struct timespec *now)
{
    (void)ops;
    return clock_gettime(CLOCK_MONOTONIC, now);
}

static void wait32(const struct ck_ec_wait_state *state, const uint32_t *word,
                   uint32_t expected, const struct timespec *end)
{
    (void)state;
    futex(word, FUTEX_WAIT_BITSET_PRIVATE, expected, end);
}

static void wake32(const struct ck_ec_ops *ops, const uint32_t *word)
{
    (void)ops;
    futex(word, FUTEX_WAKE_PRIVATE, INT32_MAX, NULL);
}

static const struct ck_ec_ops ops = {
    .gettime = gettime,
    .wait32 = wait32,
    .wake32 = wake32,
};
static const struct ck_ec_mode mode = {.ops = &ops};

/* Whether it is set, and the event count of its sets.  */
struct event {
    unsigned is_set;
    struct ck_ec32 sets;
};

static inline void event_init(struct event *e, bool is_set)
{
    e->is_set = is_set;
    ck_ec32_init(&e->sets, 0);
}

static inline void event_set(struct event *e)
{
    ck_pr_store_uint(&e->is_set, true);
    ck_pr_fence_store_atomic();
    ck_ec32_inc(&e->sets, &mode);
}

static inline void event_wait(struct event *e)
{
    while (!ck_pr_load_uint(&e->is_set)) {
        uint32_t before = ck_ec32_value(&e->sets);
        if (ck_pr_load_uint(&e->is_set))
            break;
        ck_ec32_wait(&e->sets, &mode, before, NULL);
    }
    ck_pr_fence_acquire();
}

#define EVENT struct event
#define EVENT_INIT(e, is_set) event_init(e, is_set)
#define EVENT_SET(e) event_set(e)
#define EVENT_CLEAR(e) ck_pr_store_uint(&(e)->is_set, false)
#define EVENT_WAIT(e) event_wait(e)
#define EVENT_DESTROY(e) ((void)(e))
#include "templates/event.h"

const struct entrant entrants[] = {
    LOCK_ENTRANTS("ck-fas", "lock", fas, true),
    TICKET_ENTRANTS("ck-ticket", "lock", ticket, true),
    LOCK_ENTRANTS("ck-mcs", "lock", mcs, true),
    LOCK_ENTRANTS_NO_TRY("ck-clh", "lock", clh, true),
    LOCK_ENTRANTS("ck", "rlock", recursive, true),
    EVENT_ENTRANTS("ck", true),
    {0},
};
