/* event.h -- a template: all that is asked of an event.

   Included once in a program, it defines EVENT_ENTRANTS, from

       EVENT                   the type
       EVENT_INIT(e, is_set)
       EVENT_SET(e)            as a user of the peer writes it
       EVENT_CLEAR(e)          the same
       EVENT_WAIT(e)           the same
       EVENT_DESTROY(e)

   SPDX-License-Identifier: MIT */

#ifndef BENCH_TEMPLATES_EVENT_H
#define BENCH_TEMPLATES_EVENT_H

#include "templates/entrant.h"

/* counts: see struct entrant.  */
#define EVENT_ENTRANTS(peer, counts)                                \
    ENTRANT(peer, "event", "calls", event_calls, counts),           \
        ENTRANT(peer, "event", "already", event_already, counts),   \
        ENTRANT(peer, "event", "churn", event_churn, counts),       \
        ENTRANT(peer, "event", "pingpong", event_pingpong, counts), \
        ENTRANT(peer, "event", "wake", event_wake, counts)

static inline void event_pair(EVENT *e)
{
    EVENT_SET(e);
    EVENT_CLEAR(e);
}

#define NAME event_calls
#define TYPE EVENT
#define INIT(e) EVENT_INIT(e, false)
#define CALL(e) event_pair(e)
#define DESTROY(e) EVENT_DESTROY(e)
#include "templates/calls.h"

#define NAME event_already
#define TYPE EVENT
#define INIT(e) EVENT_INIT(e, true)
#define CALL(e) EVENT_WAIT(e)
#define DESTROY(e) EVENT_DESTROY(e)
#include "templates/calls.h"

#define NAME event_churn
#define TYPE EVENT
#define INIT(e) EVENT_INIT(e, false)
#define SET(e) EVENT_SET(e)
#define CLEAR(e) EVENT_CLEAR(e)
#define WAIT(e) EVENT_WAIT(e)
#define DESTROY(e) EVENT_DESTROY(e)
#include "templates/churn.h"

/* Two events, each set when the ball is on its side; apart, as they would be
   in the objects of two threads.  */
struct events {
    struct {
        ON_ITS_LINE EVENT here;
    } side[2];
};

static inline void events_init(struct events *e)
{
    EVENT_INIT(&e->side[0].here, true);
    EVENT_INIT(&e->side[1].here, false);
}

static inline void events_await(struct events *e, unsigned side)
{
    EVENT_WAIT(&e->side[side].here);
    EVENT_CLEAR(&e->side[side].here);
}

static inline void events_destroy(struct events *e)
{
    for (unsigned i = 0; i < 2; i++)
        EVENT_DESTROY(&e->side[i].here);
}

#define NAME event_pingpong
#define TYPE struct events
#define INIT(e) events_init(e)
#define AWAIT(e, from) events_await(e, from)
#define PASS(e, from) EVENT_SET(&(e)->side[1 - (from)].here)
#define DESTROY(e) events_destroy(e)
#include "templates/pingpong.h"

#define NAME event_wake
#define TYPE EVENT
#define INIT(e, n) EVENT_INIT(e, false)
#define PARK(e, round) EVENT_WAIT(e)
#define WAKE(e, round, n) EVENT_SET(e)
#define REARM(e, n) EVENT_CLEAR(e)
#define DESTROY(e) EVENT_DESTROY(e)
#include "templates/wake.h"

#endif
