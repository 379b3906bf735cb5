/* pingpong.h -- a template: two threads that pass a ball to and fro, each
   waiting until it is on its side.  A lone thread plays both sides: that is the
   primitive with nobody waiting.

   Each inclusion defines the functions of NAME for ENTRANT, from

       NAME              what their names begin with
       TYPE              what the two wait with
       INIT(c)           makes *c one where the ball is on side 0
       AWAIT(c, side)    waits until the ball is on that side
       PASS(c, side)     passes it to the other side
       DESTROY(c)

   and forgets them.

   SPDX-License-Identifier: MIT */

#include "templates/entrant.h"

#ifdef NAME

struct OF_PEER(object) {
    ON_ITS_LINE TYPE court;
};

static void OF_PEER(prepare)(void *object, const struct run *run)
{
    struct OF_PEER(object) *o = (struct OF_PEER(object) *)object;
    (void)run;
    INIT(&o->court);
}

static void OF_PEER(work)(struct worker *w)
{
    TYPE *court =
        &((struct OF_PEER(object) *)w->run->state)[w->index / 2].court;
    bool goes_on;

    do {
        unsigned side = ball_side(w);
        AWAIT(court, side);
        goes_on = ball_hit(w);
        PASS(court, side);
    } while (goes_on);
}

static bool OF_PEER(finish)(void *object, const struct run *run)
{
    struct OF_PEER(object) *o = (struct OF_PEER(object) *)object;
    (void)run;
    DESTROY(&o->court);
    return true;
}

#undef NAME
#undef TYPE
#undef INIT
#undef AWAIT
#undef PASS
#undef DESTROY
#endif
