/* buffer.h -- a template: producers and consumers at a bounded buffer, with one
   lock and two conditions.  A lone thread puts and takes in turn.

   Each inclusion defines the functions of NAME for ENTRANT, from

       NAME                what their names begin with
       TYPE                a lock and two conditions, 0: not full, 1: not empty
       INIT(o)
       ACQUIRE(o)
       RELEASE(o)
       WAIT(o, which)      waits for that condition; *o is acquired
       NOTIFY(o, which)    wakes one waiter; *o is acquired
       NOTIFY_ALL(o, which)
       DESTROY(o)

   and forgets them.

   SPDX-License-Identifier: MIT */

#include "templates/entrant.h"

#ifdef NAME

struct OF_PEER(object) {
    ON_ITS_LINE TYPE it;
    struct buffer buffer;
};

static void OF_PEER(prepare)(void *object, const struct run *run)
{
    struct OF_PEER(object) *o = (struct OF_PEER(object) *)object;
    INIT(&o->it);
    o->buffer.slots = run->load.permits;
}

static inline void OF_PEER(put)(struct worker *w, struct OF_PEER(object) * o)
{
    ACQUIRE(&o->it);
    while (o->buffer.used == o->buffer.slots && !o->buffer.over)
        WAIT(&o->it, 0);
    if (!o->buffer.over) {
        buffer_put(w, &o->buffer);
        NOTIFY(&o->it, 1);
    }
    RELEASE(&o->it);
}

static inline void OF_PEER(take)(struct worker *w, struct OF_PEER(object) * o)
{
    ACQUIRE(&o->it);
    while (o->buffer.used == 0 && !o->buffer.over)
        WAIT(&o->it, 1);
    if (!o->buffer.over) {
        buffer_take(w, &o->buffer);
        NOTIFY(&o->it, 0);
    }
    RELEASE(&o->it);
}

/* Who finds it over first lets all the others go.  */
static void OF_PEER(end)(struct OF_PEER(object) * o)
{
    ACQUIRE(&o->it);
    o->buffer.over = true;
    NOTIFY_ALL(&o->it, 0);
    NOTIFY_ALL(&o->it, 1);
    RELEASE(&o->it);
}

static void OF_PEER(work)(struct worker *w)
{
    struct OF_PEER(object) *o = (struct OF_PEER(object) *)w->run->state;
    bool alone = w->run->load.threads == 1;

    while (worker_goes_on(w)) {
        int64_t begin = worker_times(w) ? run_now() : 0;
        if (buffer_is_producer(w))
            OF_PEER(put)(w, o);
        if (!buffer_is_producer(w) || alone)
            OF_PEER(take)(w, o);
        if (begin)
            worker_waited(w, run_now() - begin - w->run->clock, false);
        worker_works_outside(w);
    }
    OF_PEER(end)(o);
}

static bool OF_PEER(finish)(void *object, const struct run *run)
{
    struct OF_PEER(object) *o = (struct OF_PEER(object) *)object;
    const struct buffer *b = &o->buffer;
    DESTROY(&o->it);
    return buffer_is_whole(b, run);
}

#undef NAME
#undef TYPE
#undef INIT
#undef ACQUIRE
#undef RELEASE
#undef WAIT
#undef NOTIFY
#undef NOTIFY_ALL
#undef DESTROY
#endif
