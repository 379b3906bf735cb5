/* interlock.c -- this library.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <interlock.h>

#include "peers/peer.h"

#define NAME lock
#define TYPE il_lock
#define INIT(l) il_lock_init(l, 0)
#define ACQUIRE(l) il_lock_acquire(l)
#define RELEASE(l) il_lock_release(l)
#define AT_REST(l) (!il_lock_locked(l))
#define DESTROY(l) ((void)(l))
#include "workloads/critical.h"

#define NAME rlock
#define TYPE il_rlock
#define INIT(l) il_rlock_init(l, 0)
#define ACQUIRE(l) il_rlock_acquire(l)
#define RELEASE(l) il_rlock_release(l)
#define AT_REST(l) (!il_rlock_locked(l))
#define DESTROY(l) ((void)(l))
#include "workloads/critical.h"

#define NAME semaphore
#define TYPE il_semaphore
#define INIT(s) il_semaphore_init(s, 1, 0)
#define ACQUIRE(s) il_semaphore_acquire(s)
#define RELEASE(s) il_semaphore_release(s)
#define AT_REST(s) (il_semaphore_value(s) == 1)
#define DESTROY(s) ((void)(s))
#include "workloads/critical.h"

#define NAME bounded_semaphore
#define TYPE il_bounded_semaphore
#define INIT(s) il_bounded_semaphore_init(s, 1, 0)
#define ACQUIRE(s) il_bounded_semaphore_acquire(s)
#define RELEASE(s) il_bounded_semaphore_release(s)
#define AT_REST(s) (il_bounded_semaphore_value(s) == 1)
#define DESTROY(s) ((void)(s))
#include "workloads/critical.h"

/* Two events, each set when the ball is on its side; apart, as they would
   be in the objects of two threads.  */
struct events {
    struct {
        _Alignas(LINE) il_event here;
    } side[2];
};

static inline void events_init(struct events *e)
{
    il_event_init(&e->side[0].here, 0);
    il_event_init(&e->side[1].here, 0);
    il_event_set(&e->side[0].here);
}

static inline void events_await(struct events *e, unsigned side)
{
    il_event_wait(&e->side[side].here);
    il_event_clear(&e->side[side].here);
}

#define NAME event
#define TYPE struct events
#define INIT(e) events_init(e)
#define AWAIT(e, from) events_await(e, from)
#define PASS(e, from) il_event_set(&(e)->side[1 - (from)].here)
#define DESTROY(e) ((void)(e))
#include "workloads/pingpong.h"

/* The side of the ball, under a lock that is held from the wait to the
   pass.  */
struct turns {
    il_lock lock;
    il_condition changed;
    unsigned side;
};

static inline void turns_init(struct turns *t)
{
    il_lock_init(&t->lock, 0);
    il_condition_init(&t->changed, &t->lock, 0);
    t->side = 0;
}

static inline void turns_await(struct turns *t, unsigned side)
{
    il_lock_acquire(&t->lock);
    while (t->side != side)
        il_condition_wait(&t->changed);
}

static inline void turns_pass(struct turns *t, unsigned side)
{
    t->side = 1 - side;
    il_condition_notify(&t->changed);
    il_lock_release(&t->lock);
}

#define NAME condition
#define TYPE struct turns
#define INIT(t) turns_init(t)
#define AWAIT(t, from) turns_await(t, from)
#define PASS(t, from) turns_pass(t, from)
#define DESTROY(t) ((void)(t))
#include "workloads/pingpong.h"

#define NAME barrier
#define TYPE il_barrier
#define INIT(b, n) il_barrier_init(b, n, NULL, NULL, 0)
#define WAIT(b) il_barrier_wait(b, NULL)
#define DESTROY(b) ((void)(b))
#include "workloads/rounds.h"

const struct peer peer_interlock = {
    .name = "interlock",
    .entrants =
        {
            [LOCK] = &lock_entrant,
            [RLOCK] = &rlock_entrant,
            [SEMAPHORE] = &semaphore_entrant,
            [BOUNDED_SEMAPHORE] = &bounded_semaphore_entrant,
            [EVENT] = &event_entrant,
            [CONDITION] = &condition_entrant,
            [BARRIER] = &barrier_entrant,
        },
};
