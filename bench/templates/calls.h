/* calls.h -- a template: one call, over and over, by each thread with an object
   of its own: an event that is set and cleared, a wait for one that is set, a
   notify with nobody there, a look at a lock.

   Each inclusion defines the functions of NAME for ENTRANT, from

       NAME        what their names begin with
       TYPE        the object
       INIT(o)     makes *o ready for the calls
       CALL(o)     as a user of the peer writes it
       DESTROY(o)
       BEGIN(o)    what a thread does before its calls, and
       END(o)      after them; if they are defined

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
    INIT(&o->it);
}

static void OF_PEER(work)(struct worker *w)
{
    TYPE *it = &((struct OF_PEER(object) *)w->run->state)[w->index].it;

#ifdef BEGIN
    BEGIN(it);
#endif
    while (worker_goes_on(w)) {
        for (int i = 0; i < BATCH; i++)
            CALL(it);
        worker_counts(w, BATCH);
    }
#ifdef END
    END(it);
#endif
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
#undef CALL
#undef DESTROY
#undef BEGIN
#undef END
#endif
