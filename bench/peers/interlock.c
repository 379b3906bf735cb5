/* interlock.c -- this library.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <interlock.h>
#include <sched.h>

#include "run/run.h"
#include "templates/entrant.h"
#include "templates/lock.h"

/* With the other backend they are the C library's.  */
#if defined(BACKEND_FUTEX)
#define COUNTS true
#else
#define COUNTS false
#endif

#define NAME lock
#define TYPE il_lock
#define INIT(l, permits) il_lock_init(l, 0)
#define ACQUIRE(l) il_lock_acquire(l)
#define RELEASE(l) il_lock_release(l)
#define TRY(l) (il_lock_try_acquire(l) == 0)
#define AT_REST(l, permits) (!il_lock_locked(l))
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

/* So that it is done, whatever becomes of it.  */
static inline void keep(bool x)
{
    __asm__ volatile("" : : "r"(x));
}

#define NAME lock_look
#define TYPE il_lock
#define INIT(l) il_lock_init(l, 0)
#define CALL(l) keep(il_lock_locked(l))
#define DESTROY(l) ((void)(l))
#include "templates/calls.h"

#define NAME rlock
#define TYPE il_rlock
#define INIT(l, permits) il_rlock_init(l, 0)
#define ACQUIRE(l) il_rlock_acquire(l)
#define RELEASE(l) il_rlock_release(l)
#define TRY(l) (il_rlock_try_acquire(l) == 0)
#define REFUSED(l) (il_rlock_release(l) == EPERM)
#define AT_REST(l, permits) (!il_rlock_locked(l))
#define DESTROY(l) ((void)(l))
#define IS_REENTERED
#include "templates/lock.h"

#define NAME rlock_look
#define TYPE il_rlock
#define INIT(l) il_rlock_init(l, 0)
#define CALL(l) keep(il_rlock_locked(l))
#define DESTROY(l) ((void)(l))
#include "templates/calls.h"

#define NAME semaphore
#define TYPE il_semaphore
#define INIT(s, permits) il_semaphore_init(s, permits, 0)
#define ACQUIRE(s) il_semaphore_acquire(s)
#define RELEASE(s) il_semaphore_release(s)
#define TRY(s) (il_semaphore_try_acquire(s) == 0)
#define AT_REST(s, permits) (il_semaphore_value(s) == (permits))
#define DESTROY(s) ((void)(s))
#include "templates/lock.h"

#define NAME bounded
#define TYPE il_bounded_semaphore
#define INIT(s, permits) il_bounded_semaphore_init(s, permits, 0)
#define ACQUIRE(s) il_bounded_semaphore_acquire(s)
#define RELEASE(s) il_bounded_semaphore_release(s)
#define TRY(s) (il_bounded_semaphore_try_acquire(s) == 0)
#define AT_REST(s, permits) (il_bounded_semaphore_value(s) == (permits))
#define DESTROY(s) ((void)(s))
#include "templates/lock.h"

/* Two semaphores, each with a token when the ball is on its side; apart, as
   they would be in the objects of two threads.  */
struct semaphores {
    struct {
        ON_ITS_LINE il_semaphore here;
    } side[2];
};

static inline void semaphores_init(struct semaphores *s)
{
    il_semaphore_init(&s->side[0].here, 1, 0);
    il_semaphore_init(&s->side[1].here, 0, 0);
}

#define NAME semaphore_pingpong
#define TYPE struct semaphores
#define INIT(s) semaphores_init(s)
#define AWAIT(s, from) il_semaphore_acquire(&(s)->side[from].here)
#define PASS(s, from) il_semaphore_release(&(s)->side[1 - (from)].here)
#define DESTROY(s) ((void)(s))
#include "templates/pingpong.h"

#define NAME semaphore_wake
#define TYPE il_semaphore
#define INIT(s, n) il_semaphore_init(s, 0, 0)
#define PARK(s, round) il_semaphore_acquire(s)
#define WAKE(s, round, n) il_semaphore_release_n(s, n)
#define REARM(s, n) ((void)(s))
#define DESTROY(s) ((void)(s))
#include "templates/wake.h"

static inline void event_pair(il_event *e)
{
    il_event_set(e);
    il_event_clear(e);
}

#define NAME event_calls
#define TYPE il_event
#define INIT(e) il_event_init(e, 0)
#define CALL(e) event_pair(e)
#define DESTROY(e) ((void)(e))
#include "templates/calls.h"

static inline void event_init_set(il_event *e)
{
    il_event_init(e, 0);
    il_event_set(e);
}

#define NAME event_already
#define TYPE il_event
#define INIT(e) event_init_set(e)
#define CALL(e) il_event_wait(e)
#define DESTROY(e) ((void)(e))
#include "templates/calls.h"

#define NAME event_look
#define TYPE il_event
#define INIT(e) il_event_init(e, 0)
#define CALL(e) keep(il_event_is_set(e))
#define DESTROY(e) ((void)(e))
#include "templates/calls.h"

#define NAME event_churn
#define TYPE il_event
#define INIT(e) il_event_init(e, 0)
#define SET(e) il_event_set(e)
#define CLEAR(e) il_event_clear(e)
#define WAIT(e) il_event_wait(e)
#define DESTROY(e) ((void)(e))
#include "templates/churn.h"

/* Two events, each set when the ball is on its side.  */
struct events {
    struct {
        ON_ITS_LINE il_event here;
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

#define NAME event_pingpong
#define TYPE struct events
#define INIT(e) events_init(e)
#define AWAIT(e, from) events_await(e, from)
#define PASS(e, from) il_event_set(&(e)->side[1 - (from)].here)
#define DESTROY(e) ((void)(e))
#include "templates/pingpong.h"

#define NAME event_wake
#define TYPE il_event
#define INIT(e, n) il_event_init(e, 0)
#define PARK(e, round) il_event_wait(e)
#define WAKE(e, round, n) il_event_set(e)
#define REARM(e, n) il_event_clear(e)
#define DESTROY(e) ((void)(e))
#include "templates/wake.h"

/* A lock, a condition, and what is waited for: the side of the ball, or the
   round.  */
struct monitor {
    il_lock lock;
    il_condition changed;
    unsigned state;
};

static inline void monitor_init(struct monitor *m)
{
    il_lock_init(&m->lock, 0);
    il_condition_init(&m->changed, &m->lock, 0);
    m->state = 0;
}

#define NAME condition_notify
#define TYPE struct monitor
#define INIT(m) monitor_init(m)
#define CALL(m)                             \
    do {                                    \
        il_lock_acquire(&(m)->lock);        \
        il_condition_notify(&(m)->changed); \
        il_lock_release(&(m)->lock);        \
    } while (0)
#define DESTROY(m) ((void)(m))
#include "templates/calls.h"

#define NAME condition_signal
#define TYPE struct monitor
#define INIT(m) monitor_init(m)
#define BEGIN(m) il_lock_acquire(&(m)->lock)
#define CALL(m) il_condition_notify(&(m)->changed)
#define END(m) il_lock_release(&(m)->lock)
#define DESTROY(m) ((void)(m))
#include "templates/calls.h"

static inline void monitor_await(struct monitor *m, unsigned side)
{
    il_lock_acquire(&m->lock);
    while (m->state != side)
        il_condition_wait(&m->changed);
}

static inline void monitor_pass(struct monitor *m, unsigned side)
{
    m->state = 1 - side;
    il_condition_notify(&m->changed);
    il_lock_release(&m->lock);
}

#define NAME condition_pingpong
#define TYPE struct monitor
#define INIT(m) monitor_init(m)
#define AWAIT(m, from) monitor_await(m, from)
#define PASS(m, from) monitor_pass(m, from)
#define DESTROY(m) ((void)(m))
#include "templates/pingpong.h"

static inline void monitor_park(struct monitor *m, unsigned round)
{
    il_lock_acquire(&m->lock);
    while (m->state < round)
        il_condition_wait(&m->changed);
    il_lock_release(&m->lock);
}

static inline void monitor_wake(struct monitor *m, unsigned round)
{
    il_lock_acquire(&m->lock);
    m->state = round;
    il_condition_notify_all(&m->changed);
    il_lock_release(&m->lock);
}

#define NAME condition_wake
#define TYPE struct monitor
#define INIT(m, n) monitor_init(m)
#define PARK(m, round) monitor_park(m, round)
#define WAKE(m, round, n) monitor_wake(m, round)
#define REARM(m, n) ((void)(m))
#define DESTROY(m) ((void)(m))
#include "templates/wake.h"

static inline bool monitor_timeout(struct monitor *m, unsigned us)
{
    int r;
    il_lock_acquire(&m->lock);
    r = il_condition_wait_until(&m->changed, il_after(IL_US(us)));
    il_lock_release(&m->lock);
    return r == ETIMEDOUT;
}

#define NAME condition_timeout
#define TYPE struct monitor
#define INIT(m) monitor_init(m)
#define WAIT(m, us) monitor_timeout(m, us)
#define DESTROY(m) ((void)(m))
#include "templates/timeout.h"

struct doors {
    il_lock lock;
    il_condition changed[2];
};

static inline void doors_init(struct doors *d)
{
    il_lock_init(&d->lock, 0);
    il_condition_init(&d->changed[0], &d->lock, 0);
    il_condition_init(&d->changed[1], &d->lock, 0);
}

#define NAME condition_buffer
#define TYPE struct doors
#define INIT(d) doors_init(d)
#define ACQUIRE(d) il_lock_acquire(&(d)->lock)
#define RELEASE(d) il_lock_release(&(d)->lock)
#define WAIT(d, which) il_condition_wait(&(d)->changed[which])
#define NOTIFY(d, which) il_condition_notify(&(d)->changed[which])
#define NOTIFY_ALL(d, which) il_condition_notify_all(&(d)->changed[which])
#define DESTROY(d) ((void)(d))
#include "templates/buffer.h"

#define BARRIER il_barrier
#define BARRIER_INIT(b, n) il_barrier_init(b, n, NULL, NULL, 0)
#define BARRIER_WAIT(b) il_barrier_wait(b, NULL)
#define BARRIER_DESTROY(b) ((void)(b))
#include "templates/barrier.h"

/* One party more than waiters, here and below, so that no round is
   complete.  */
#define NAME barrier_wake
#define TYPE il_barrier
#define INIT(b, n) il_barrier_init(b, (n) + 1, NULL, NULL, 0)
#define PARK(b, round) il_barrier_wait(b, NULL)
#define WAKE(b, round, n) il_barrier_abort(b)
#define REARM(b, n) il_barrier_reset(b)
#define DESTROY(b) ((void)(b))
#include "templates/wake.h"

/* Who comes after a reset waits for the next one.  */
static inline void reset_for_all(il_barrier *b, unsigned n)
{
    while (il_barrier_waiting(b) < n)
        sched_yield();
    il_barrier_reset(b);
}

#define NAME barrier_reset
#define TYPE il_barrier
#define INIT(b, n) il_barrier_init(b, (n) + 1, NULL, NULL, 0)
#define PARK(b, round) il_barrier_wait(b, NULL)
#define WAKE(b, round, n) reset_for_all(b, n)
#define REARM(b, n) ((void)(b))
#define DESTROY(b) ((void)(b))
#include "templates/wake.h"

const struct entrant entrants[] = {
    LOCK_ENTRANTS("interlock", "lock", lock, COUNTS),
    ENTRANT("interlock", "lock", "look", lock_look, COUNTS),
    RLOCK_ENTRANTS("interlock", rlock, COUNTS),
    ENTRANT("interlock", "rlock", "look", rlock_look, COUNTS),
    LOCK_ENTRANTS("interlock", "semaphore", semaphore, COUNTS),
    LOCK_ENTRANTS("interlock", "bounded_semaphore", bounded, COUNTS),
    ENTRANT("interlock", "semaphore", "pingpong", semaphore_pingpong, COUNTS),
    ENTRANT("interlock", "semaphore", "wake", semaphore_wake, COUNTS),
    ENTRANT("interlock", "event", "calls", event_calls, COUNTS),
    ENTRANT("interlock", "event", "already", event_already, COUNTS),
    ENTRANT("interlock", "event", "look", event_look, COUNTS),
    ENTRANT("interlock", "event", "churn", event_churn, COUNTS),
    ENTRANT("interlock", "event", "pingpong", event_pingpong, COUNTS),
    ENTRANT("interlock", "event", "wake", event_wake, COUNTS),
    ENTRANT("interlock", "condition", "notify", condition_notify, COUNTS),
    ENTRANT("interlock", "condition", "signal", condition_signal, COUNTS),
    ENTRANT("interlock", "condition", "pingpong", condition_pingpong, COUNTS),
    ENTRANT("interlock", "condition", "wake", condition_wake, COUNTS),
    ENTRANT("interlock", "condition", "timeout", condition_timeout, COUNTS),
    ENTRANT("interlock", "condition", "buffer", condition_buffer, COUNTS),
    BARRIER_ENTRANTS("interlock", COUNTS),
    ENTRANT("interlock", "barrier", "wake", barrier_wake, COUNTS),
    ENTRANT("interlock", "barrier", "reset", barrier_reset, COUNTS),
    {0},
};
