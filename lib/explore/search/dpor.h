/* dpor.h -- the path of the reduction, and the races on it; see dpor.c.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_DPOR_H
#define EXPLORE_DPOR_H

#include "strategy.h"

/* Of each actor the number of the first event that does not happen before.  */
struct clock {
    uint32_t at[ACTORS_MOST];
};

/* An option of a node.  */
struct item {
    struct option option;
    size_t since; /* the node from which on its actor has been about to do it */
    bool asleep;
    bool done;       /* has been chosen here */
    bool is_barrier; /* ... and was found to depend on all */
};

/* A state on the path, and the event that leads on from it.  */
struct node {
    size_t first; /* of its items */
    size_t n;
    size_t chosen;       /* of the items */
    uint32_t backtrack;  /* the actors that are to be chosen here */
    uint32_t moved;      /* those that the event before has brought here */
    uint8_t actor;       /* of the event */
    bool is_barrier;     /* the event depends on all */
    bool is_value;       /* it is the choice of a value */
    struct clock before; /* what happens before its actor gets there */
    struct clock clock;  /* what happens before what comes after the event */
};

struct dpor {
    struct node *nodes;
    struct item *items;
    size_t depth, nodes_room, items_room;
    size_t at;                      /* on the path: the next event */
    struct clock past[ACTORS_MOST]; /* what happens before what each actor does
                                       next */
};

/* An event that may be, or has been, at node `at`.  */
struct pending {
    const struct option *option;
    size_t since, at;
    const struct clock *past;
    bool is_barrier;
};

static inline uint32_t bit(unsigned actor)
{
    return UINT32_C(1) << actor;
}

static inline void join(struct clock *c, const struct clock *other)
{
    for (int i = 0; i < ACTORS_MOST; i++)
        if (c->at[i] < other->at[i])
            c->at[i] = other->at[i];
}

static inline struct item *item_of(const struct dpor *d, const struct node *n,
                                   size_t i)
{
    return &d->items[n->first + i];
}

static inline const struct option *event(const struct dpor *d,
                                         const struct node *n)
{
    return &item_of(d, n, n->chosen)->option;
}

static inline struct item *find(const struct dpor *d, const struct node *n,
                                struct choice c)
{
    for (size_t i = 0; i < n->n; i++) {
        struct item *item = item_of(d, n, i);
        if (item->option.choice.actor == c.actor
            && item->option.choice.chance == c.chance)
            return item;
    }
    return NULL;
}

/* Whether it can be only as long as somebody can go on without: then it depends
   on all.  */
static inline bool is_spurious(const struct option *o)
{
    return o->choice.chance == CHANCE_SPURIOUS;
}

static inline bool options_conflict(const struct option *a,
                                    const struct option *b)
{
    return is_spurious(a) || is_spurious(b)
           || touches_conflict(a->touch, a->touches, b->touch, b->touches);
}

/* Whether a thread that has yielded is held back.  */
static inline bool is_held(const struct option *o)
{
    return o->yields && !o->enabled;
}

/* Whether the event of the node depends on t.  */
bool depends(const struct dpor *d, const struct node *n,
             const struct pending *t);

/* Looks for all events that race with t.  */
void find_races(struct dpor *d, const struct pending *t);

/* The event of the node is taken.  */
void take(struct dpor *d, size_t at);

/* Returns where the last event is; the choice of a value is part of what led
   to it.  */
size_t last_step(const struct dpor *d);

/* The last event turns out to depend on all: on those before, and on what
   others could have done instead.  */
void make_barrier(struct dpor *d);

#endif
