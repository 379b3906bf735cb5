/* wake.h -- a template: one call wakes all threads: an event is set, a
   condition notified for all, tokens released for all, a barrier aborted.

   Each inclusion defines the functions of NAME for ENTRANT, from

       NAME            what their names begin with
       TYPE            what they wait with
       INIT(o, n)      makes *o one for n waiters
       PARK(o, round)  waits until WAKE was called for that round (1, 2, ...)
       WAKE(o, round, n)  wakes all n
       REARM(o, n)     makes all n wait again; they are awake
       DESTROY(o)

   and forgets them.

   SPDX-License-Identifier: MIT */

#include "templates/entrant.h"

#ifdef NAME

struct OF_PEER(object) {
    ON_ITS_LINE TYPE it;
};

static void OF_PEER(prepare)(void *object, const struct run *run)
{
    struct OF_PEER(object) *o = (struct OF_PEER(object) *)object;
    (void)run;
    INIT(&o->it, run->load.threads);
}

static void OF_PEER(lead)(struct worker *w, TYPE *it)
{
    unsigned round, n = w->run->load.threads;

    while ((round = wake_gather(w)) != 0) {
        WAKE(it, round, n);
        wake_collect(w);
        REARM(it, n);
    }
    (void)n;
}

static void OF_PEER(work)(struct worker *w)
{
    TYPE *it = &((struct OF_PEER(object) *)w->run->state)->it;
    unsigned round;

    if (wake_is_leader(w)) {
        OF_PEER(lead)(w, it);
        return;
    }
    while ((round = wake_ready(w)) != 0) {
        PARK(it, round);
        wake_woken(w);
    }
}

static bool OF_PEER(finish)(void *object, const struct run *run)
{
    struct OF_PEER(object) *o = (struct OF_PEER(object) *)object;
    (void)run;
    DESTROY(&o->it);
    return true;
}

#undef NAME
#undef TYPE
#undef INIT
#undef PARK
#undef WAKE
#undef REARM
#undef DESTROY
#endif
