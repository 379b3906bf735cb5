/* monitor.h -- a template: all that is asked of a condition, and of an event,
   where a peer has mutexes and condition variables.

   Included once in a program, it defines CONDITION_ENTRANTS, from

       MUTEX                    the types
       COND
       MUTEX_INIT(m)
       LOCK(m)                  as a user of the peer writes it
       UNLOCK(m)                the same
       MUTEX_DESTROY(m)
       COND_INIT(c)
       COND_WAIT(c, m)          the same
       COND_WAIT_FOR(c, m, us)  the same, no longer than that many
                                microseconds: whether it timed out
       COND_SIGNAL(c)           the same
       COND_BROADCAST(c)        the same
       COND_DESTROY(c)

   A peer with an event of its own includes event.h first.  For all others this
   defines EVENT_ENTRANTS too: their event is a flag in a monitor.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_TEMPLATES_MONITOR_H
#define BENCH_TEMPLATES_MONITOR_H

#include "templates/entrant.h"

/* counts: see struct entrant.  */
#define CONDITION_ENTRANTS(peer, counts)                                    \
    ENTRANT(peer, "condition", "notify", condition_notify, counts),         \
        ENTRANT(peer, "condition", "signal", condition_signal, counts),     \
        ENTRANT(peer, "condition", "pingpong", condition_pingpong, counts), \
        ENTRANT(peer, "condition", "wake", condition_wake, counts),         \
        ENTRANT(peer, "condition", "timeout", condition_timeout, counts),   \
        ENTRANT(peer, "condition", "buffer", condition_buffer, counts)

/* A mutex, a condition variable, and what is waited for: the flag, the side of
   the ball, or the round.  */
struct monitor {
    MUTEX mutex;
    COND changed;
    unsigned state;
};

static inline void monitor_init(struct monitor *m, unsigned state)
{
    MUTEX_INIT(&m->mutex);
    COND_INIT(&m->changed);
    m->state = state;
}

static inline void monitor_destroy(struct monitor *m)
{
    COND_DESTROY(&m->changed);
    MUTEX_DESTROY(&m->mutex);
}

static inline void monitor_notify(struct monitor *m)
{
    LOCK(&m->mutex);
    COND_SIGNAL(&m->changed);
    UNLOCK(&m->mutex);
}

static inline void monitor_set(struct monitor *m, unsigned state)
{
    LOCK(&m->mutex);
    m->state = state;
    COND_BROADCAST(&m->changed);
    UNLOCK(&m->mutex);
}

static inline void monitor_park(struct monitor *m, unsigned round)
{
    LOCK(&m->mutex);
    while (m->state < round)
        COND_WAIT(&m->changed, &m->mutex);
    UNLOCK(&m->mutex);
}

/* The mutex is kept while the ball is hit.  */
static inline void monitor_await(struct monitor *m, unsigned side)
{
    LOCK(&m->mutex);
    while (m->state != side)
        COND_WAIT(&m->changed, &m->mutex);
}

static inline void monitor_pass(struct monitor *m, unsigned side)
{
    m->state = 1 - side;
    COND_SIGNAL(&m->changed);
    UNLOCK(&m->mutex);
}

static inline bool monitor_timeout(struct monitor *m, unsigned us)
{
    bool timed_out;
    LOCK(&m->mutex);
    timed_out = COND_WAIT_FOR(&m->changed, &m->mutex, us);
    UNLOCK(&m->mutex);
    return timed_out;
}

#define NAME condition_notify
#define TYPE struct monitor
#define INIT(m) monitor_init(m, 0)
#define CALL(m) monitor_notify(m)
#define DESTROY(m) monitor_destroy(m)
#include "templates/calls.h"

/* The same with the mutex held all the time, so that it is the call alone.  */
#define NAME condition_signal
#define TYPE struct monitor
#define INIT(m) monitor_init(m, 0)
#define BEGIN(m) LOCK(&(m)->mutex)
#define CALL(m) COND_SIGNAL(&(m)->changed)
#define END(m) UNLOCK(&(m)->mutex)
#define DESTROY(m) monitor_destroy(m)
#include "templates/calls.h"

#define NAME condition_pingpong
#define TYPE struct monitor
#define INIT(m) monitor_init(m, 0)
#define AWAIT(m, from) monitor_await(m, from)
#define PASS(m, from) monitor_pass(m, from)
#define DESTROY(m) monitor_destroy(m)
#include "templates/pingpong.h"

#define NAME condition_wake
#define TYPE struct monitor
#define INIT(m, n) monitor_init(m, 0)
#define PARK(m, round) monitor_park(m, round)
#define WAKE(m, round, n) monitor_set(m, round)
#define REARM(m, n) ((void)(m))
#define DESTROY(m) monitor_destroy(m)
#include "templates/wake.h"

#define NAME condition_timeout
#define TYPE struct monitor
#define INIT(m) monitor_init(m, 0)
#define WAIT(m, us) monitor_timeout(m, us)
#define DESTROY(m) monitor_destroy(m)
#include "templates/timeout.h"

struct doors {
    MUTEX mutex;
    COND changed[2];
};

static inline void doors_init(struct doors *d)
{
    MUTEX_INIT(&d->mutex);
    COND_INIT(&d->changed[0]);
    COND_INIT(&d->changed[1]);
}

static inline void doors_destroy(struct doors *d)
{
    COND_DESTROY(&d->changed[0]);
    COND_DESTROY(&d->changed[1]);
    MUTEX_DESTROY(&d->mutex);
}

#define NAME condition_buffer
#define TYPE struct doors
#define INIT(d) doors_init(d)
#define ACQUIRE(d) LOCK(&(d)->mutex)
#define RELEASE(d) UNLOCK(&(d)->mutex)
#define WAIT(d, which) COND_WAIT(&(d)->changed[which], &(d)->mutex)
#define NOTIFY(d, which) COND_SIGNAL(&(d)->changed[which])
#define NOTIFY_ALL(d, which) COND_BROADCAST(&(d)->changed[which])
#define DESTROY(d) doors_destroy(d)
#include "templates/buffer.h"

#if !defined(EVENT_ENTRANTS)

/* Nobody waits for it to be clear, so nobody has to be woken.  */
static inline void monitor_clear(struct monitor *m)
{
    LOCK(&m->mutex);
    m->state = false;
    UNLOCK(&m->mutex);
}

#define EVENT struct monitor
#define EVENT_INIT(e, is_set) monitor_init(e, is_set)
#define EVENT_SET(e) monitor_set(e, true)
#define EVENT_CLEAR(e) monitor_clear(e)
#define EVENT_WAIT(e) monitor_park(e, true)
#define EVENT_DESTROY(e) monitor_destroy(e)
#include "templates/event.h"

#endif

#endif
