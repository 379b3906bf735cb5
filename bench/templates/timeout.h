/* timeout.h -- a template: waits for what does not come, each thread with an
   object of its own.

   Each inclusion defines the functions of NAME for ENTRANT, from

       NAME          what their names begin with
       TYPE          what it waits with
       INIT(o)
       WAIT(o, us)   waits that many microseconds, as a user of the peer
                     writes it; whether it timed out
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
    INIT(&o->it);
}

static void OF_PEER(work)(struct worker *w)
{
    TYPE *it = &((struct OF_PEER(object) *)w->run->state)[w->index].it;

    while (worker_goes_on(w)) {
        int64_t begin = timeout_begin();
        if (WAIT(it, TIMEOUT_US))
            timeout_end(w, begin);
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
#undef WAIT
#undef DESTROY
#endif
