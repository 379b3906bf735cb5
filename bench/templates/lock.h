/* lock.h -- a template: what is asked of everything that is acquired and
   released.

   Each inclusion defines the functions of NAME for LOCK_ENTRANTS, from

       NAME              what their names begin with
       TYPE              the lock
       INIT(l, permits)  makes *l a free one
       ACQUIRE(l)        and
       RELEASE(l)        as a user of the peer writes them
       TRY(l)            whether it got *l, without waiting; not defined if
                         the peer cannot: LOCK_ENTRANTS_NO_TRY, then
       AT_REST(l, permits)  whether *l is free, as INIT left it; if it is not
                         defined, a TRY tells
       DESTROY(l)
       REFUSED(l)        whether a release by a thread that does not have it is
                         refused; defined if the peer looks: RLOCK_ENTRANTS,
                         then
       IS_REENTERED      defined if an owner may acquire it again: the load's
                         permits are how often

   and forgets them.

   SPDX-License-Identifier: MIT */

#include "templates/entrant.h"

#ifndef BENCH_TEMPLATES_LOCK_H
#define BENCH_TEMPLATES_LOCK_H

#define LOCK_SHAPE_(peer, primitive, name, shape, counts)                \
    {                                                                    \
        peer, primitive, #shape, sizeof(struct RUN_PASTE(name, object)), \
            RUN_PASTE(name, prepare), RUN_PASTE(name, shape),            \
            RUN_PASTE(name, finish), counts                              \
    }

/* Where another thread has it.  */
#define LOCK_HELD_(peer, primitive, name, shape, counts)                 \
    {                                                                    \
        peer, primitive, #shape, sizeof(struct RUN_PASTE(name, object)), \
            RUN_PASTE(name, prepare_held), RUN_PASTE(name, shape),       \
            RUN_PASTE(name, finish_held), counts                         \
    }

/* The entrants, from the functions of name; counts: see struct entrant.  */
#define LOCK_ENTRANTS_NO_TRY(peer, primitive, name, counts)  \
    LOCK_SHAPE_(peer, primitive, name, pair, counts),        \
        LOCK_SHAPE_(peer, primitive, name, section, counts), \
        LOCK_SHAPE_(peer, primitive, name, bank, counts)
#define LOCK_ENTRANTS(peer, primitive, name, counts)     \
    LOCK_ENTRANTS_NO_TRY(peer, primitive, name, counts), \
        LOCK_HELD_(peer, primitive, name, fail, counts)
#define RLOCK_ENTRANTS(peer, name, counts)      \
    LOCK_ENTRANTS(peer, "rlock", name, counts), \
        LOCK_HELD_(peer, "rlock", name, refused, counts)

#endif

#ifdef NAME

struct OF_PEER(object) {
    ON_ITS_LINE TYPE lock;
};

/* Inlined, as the calls are in a program: beside the loop over the levels a
   compiler else makes a function of them.  */
static inline __attribute__((always_inline)) void OF_PEER(enter)(TYPE *lock,
                                                                 unsigned depth)
{
    ACQUIRE(lock);
#ifdef IS_REENTERED
    while (--depth > 0)
        ACQUIRE(lock);
#endif
    (void)depth;
}

static inline __attribute__((always_inline)) void OF_PEER(leave)(TYPE *lock,
                                                                 unsigned depth)
{
#ifdef IS_REENTERED
    while (--depth > 0)
        RELEASE(lock);
#endif
    (void)depth;
    RELEASE(lock);
}

static void OF_PEER(prepare)(void *object, const struct run *run)
{
    struct OF_PEER(object) *o = (struct OF_PEER(object) *)object;
    (void)run;
    INIT(&o->lock, run->load.permits);
}

static bool OF_PEER(is_left_free)(TYPE *lock, unsigned permits)
{
    (void)lock, (void)permits;
#ifdef AT_REST
    return AT_REST(lock, permits);
#else
    if (!TRY(lock))
        return false;
    RELEASE(lock);
    return true;
#endif
}

static bool OF_PEER(finish)(void *object, const struct run *run)
{
    struct OF_PEER(object) *o = (struct OF_PEER(object) *)object;
    bool is_at_rest = OF_PEER(is_left_free)(&o->lock, run->load.permits);
    DESTROY(&o->lock);
    return is_at_rest;
}

static inline __attribute__((always_inline)) void OF_PEER(pairs)(TYPE *lock,
                                                                 unsigned depth)
{
    for (int i = 0; i < BATCH; i++) {
        OF_PEER(enter)(lock, depth);
        OF_PEER(leave)(lock, depth);
    }
}

/* Acquire and release, with nobody in the way: each thread has its own.  A
   depth of 1 without what counts it.  */
static void OF_PEER(pair)(struct worker *w)
{
    TYPE *lock = &((struct OF_PEER(object) *)w->run->state)[w->index].lock;
    unsigned depth = w->run->load.permits;

    if (w->run->load.held)
        ACQUIRE(lock);
    while (worker_goes_on(w)) {
        if (depth == 1)
            OF_PEER(pairs)(lock, 1);
        else
            OF_PEER(pairs)(lock, depth);
        worker_counts(w, BATCH);
    }
    if (w->run->load.held)
        RELEASE(lock);
}

#ifdef TRY

/* A try that fails, for another thread, who prepares the run, has it all.  */
static void OF_PEER(prepare_held)(void *object, const struct run *run)
{
    struct OF_PEER(object) *o = (struct OF_PEER(object) *)object;
    OF_PEER(prepare)(object, run);
    for (unsigned i = 0; i < run->load.permits; i++)
        ACQUIRE(&o->lock);
}

static bool OF_PEER(finish_held)(void *object, const struct run *run)
{
    struct OF_PEER(object) *o = (struct OF_PEER(object) *)object;
    for (unsigned i = 0; i < run->load.permits; i++)
        RELEASE(&o->lock);
    return OF_PEER(finish)(object, run);
}

static void OF_PEER(fail)(struct worker *w)
{
    TYPE *lock = &((struct OF_PEER(object) *)w->run->state)[w->index].lock;

    while (worker_goes_on(w)) {
        for (int i = 0; i < BATCH; i++) {
            if (TRY(lock))
                w->saw_fault = true;
        }
        worker_counts(w, BATCH);
    }
}

#ifdef REFUSED

static void OF_PEER(refused)(struct worker *w)
{
    TYPE *lock = &((struct OF_PEER(object) *)w->run->state)[w->index].lock;

    while (worker_goes_on(w)) {
        for (int i = 0; i < BATCH; i++) {
            if (!REFUSED(lock))
                w->saw_fault = true;
        }
        worker_counts(w, BATCH);
    }
}

#endif

#endif

static void OF_PEER(section)(struct worker *w)
{
    struct OF_PEER(object) *all = (struct OF_PEER(object) *)w->run->state;
    unsigned depth = w->run->load.permits;
    int which;

    while ((which = turn_next(w)) >= 0) {
        OF_PEER(enter)(&all[which].lock, depth);
        turn_inside(w, which);
        OF_PEER(leave)(&all[which].lock, depth);
    }
}

/* Several locks at a time, in the order of their numbers.  */
static void OF_PEER(bank)(struct worker *w)
{
    struct OF_PEER(object) *all = (struct OF_PEER(object) *)w->run->state;
    struct held held;

    while (bank_next(w, &held)) {
        for (unsigned i = 0; i < held.n; i++)
            ACQUIRE(&all[held.locks[i]].lock);
        bank_inside(w, &held);
        for (unsigned i = held.n; i > 0; i--)
            RELEASE(&all[held.locks[i - 1]].lock);
    }
}

#undef NAME
#undef TYPE
#undef INIT
#undef ACQUIRE
#undef RELEASE
#undef TRY
#undef REFUSED
#undef AT_REST
#undef DESTROY
#undef IS_REENTERED
#endif
