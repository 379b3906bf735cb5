/* pingpong.h -- a template: pairs of threads that pass a ball to and fro.

   Each pair has a court, with a ball that only who has it looks at.  A lone
   thread plays both sides: that is the primitive with nobody waiting.

   Each inclusion makes an entrant, NAME_entrant, from

       NAME              what its names begin with
       TYPE              what the two wait with
       INIT(c)           makes *c one where the ball is on side 0
       AWAIT(c, side)    waits until the ball is on that side
       PASS(c, side)     passes it to the other side
       DESTROY(c)

   and forgets them.  Without a NAME it only declares.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_PINGPONG_H
#define BENCH_PINGPONG_H

#include "harness.h"

struct ball {
    uint64_t hits;
    bool over; /* who gets it now passes it for the last time */
};

/* A thread's place on its court.  */
struct player {
    unsigned side;
    bool alone;
    uint64_t hits; /* that the ball will have when it comes */
};

static inline struct player pingpong_player(const struct worker *w)
{
    unsigned side = w->index % 2;
    return (struct player){side, w->run->load.threads == 1, side};
}

/* Hits the ball.  Returns whether the game goes on.  Side 0 decides that, so
   that the other does not wait for a ball that never comes.  */
static inline bool pingpong_hit(struct worker *w, struct ball *b,
                                struct player *p)
{
    bool goes_on = !b->over;
    if (b->hits != p->hits)
        w->saw_fault = true;
    b->hits++;
    p->hits += p->alone ? 1 : 2;
    worker_counts(w);
    if ((p->alone || p->side == 0) && !worker_goes_on(w)) {
        b->over = true;
        goes_on = false;
    }
    return goes_on;
}

/* Checks the ball of a court.  */
void pingpong_check(struct run *run, unsigned court, const struct ball *b);

unsigned pingpong_courts(const struct run *run);

#endif

#ifdef NAME

struct OF_PEER(court) {
    _Alignas(LINE) TYPE object;
    struct ball ball;
};

_Static_assert(sizeof(struct OF_PEER(court)) * MAX_THREADS / 2 <= STATE_SIZE,
               "all courts have room");

static void OF_PEER(prepare)(struct run *run)
{
    struct OF_PEER(court) *c = run->state;
    for (unsigned i = 0; i < pingpong_courts(run); i++)
        INIT(&c[i].object);
}

static void OF_PEER(work)(struct worker *w)
{
    struct OF_PEER(court) *courts = w->run->state, *c = &courts[w->index / 2];
    struct player p = pingpong_player(w);
    bool goes_on;

    do {
        AWAIT(&c->object, p.side);
        goes_on = pingpong_hit(w, &c->ball, &p);
        PASS(&c->object, p.side);
        p.side ^= p.alone;
    } while (goes_on);
}

static void OF_PEER(finish)(struct run *run)
{
    struct OF_PEER(court) *c = run->state;
    for (unsigned i = 0; i < pingpong_courts(run); i++) {
        pingpong_check(run, i, &c[i].ball);
        DESTROY(&c[i].object);
    }
}

ENTRANT_OF_PEER;

#undef NAME
#undef TYPE
#undef INIT
#undef AWAIT
#undef PASS
#undef DESTROY
#endif
