/* churn.h -- a template: one thread sets and clears an event while all others
   wait for it, again and again.

   Each inclusion defines the functions of NAME for ENTRANT, from

       NAME       what their names begin with
       TYPE       the event
       INIT(e)    makes *e one that is not set
       SET(e)     as a user of the peer writes it
       CLEAR(e)   the same
       WAIT(e)    the same
       DESTROY(e)

   and forgets them.

   SPDX-License-Identifier: MIT */

#include "templates/entrant.h"

#ifdef NAME

struct OF_PEER(object) {
    ON_ITS_LINE TYPE event;
};

static void OF_PEER(prepare)(void *object, const struct run *run)
{
    struct OF_PEER(object) *o = (struct OF_PEER(object) *)object;
    (void)run;
    INIT(&o->event);
}

/* The others find the event set when it is over.  */
static void OF_PEER(lead)(struct worker *w, TYPE *event)
{
    while (worker_goes_on(w)) {
        SET(event);
        CLEAR(event);
        worker_counts(w, 1);
    }
    SET(event);
}

static void OF_PEER(work)(struct worker *w)
{
    TYPE *event = &((struct OF_PEER(object) *)w->run->state)->event;

    if (wake_is_leader(w)) {
        OF_PEER(lead)(w, event);
        return;
    }
    while (worker_goes_on(w)) {
        WAIT(event);
        worker_works_outside(w);
    }
}

static bool OF_PEER(finish)(void *object, const struct run *run)
{
    struct OF_PEER(object) *o = (struct OF_PEER(object) *)object;
    (void)run;
    DESTROY(&o->event);
    return true;
}

#undef NAME
#undef TYPE
#undef INIT
#undef SET
#undef CLEAR
#undef WAIT
#undef DESTROY
#endif
