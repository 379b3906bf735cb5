/* rounds.h -- a template: threads that meet at a barrier, round after round.

   Each inclusion defines the functions of NAME for ENTRANT, from

       NAME         what their names begin with
       TYPE         the barrier
       INIT(b, n)   makes *b a barrier for n threads
       WAIT(b)      as a user of the peer writes it
       DESTROY(b)

   and forgets them.

   SPDX-License-Identifier: MIT */

#include "templates/entrant.h"

#ifdef NAME

struct OF_PEER(object) {
    ON_ITS_LINE TYPE barrier;
};

static void OF_PEER(prepare)(void *object, const struct run *run)
{
    struct OF_PEER(object) *o = (struct OF_PEER(object) *)object;
    INIT(&o->barrier, run->load.threads);
}

static void OF_PEER(work)(struct worker *w)
{
    TYPE *barrier = &((struct OF_PEER(object) *)w->run->state)->barrier;

    do {
        rounds_arrive(w);
        WAIT(barrier);
    } while (rounds_pass(w));
}

static bool OF_PEER(finish)(void *object, const struct run *run)
{
    struct OF_PEER(object) *o = (struct OF_PEER(object) *)object;
    (void)run;
    DESTROY(&o->barrier);
    return true;
}

#undef NAME
#undef TYPE
#undef INIT
#undef WAIT
#undef DESTROY
#endif
