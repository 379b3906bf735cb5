/* kinds.h -- tables of what the primitives have in common, so that a test
   that holds for all of them is written once.

   SPDX-License-Identifier: MIT */

#ifndef KINDS_H
#define KINDS_H

#include <interlock.h>

#include "thread.h"

/* One of each.  A kind uses what it needs.  */
struct object {
    il_lock lock;
    il_rlock rlock;
    il_semaphore semaphore;
    il_bounded_semaphore bounded_semaphore;
    il_event event;
    il_condition condition;
    il_barrier barrier;
    bool ready;          /* what the condition is about; under its lock */
    bool acting;         /* the barrier's action runs; atomic */
    struct thread actor; /* who runs it */
};

/* A way of mutual exclusion.  */
struct exclusion {
    const char *name;
    void (*init)(struct object *o);
    int (*acquire)(struct object *o);
    int (*try_acquire)(struct object *o);
    int (*acquire_until)(struct object *o, il_deadline until);
    int (*release)(struct object *o);
    void (*at_fork_reinit)(struct object *o); /* or NULL: there is none */
};

enum { EXCLUSIONS = 6 };
extern const struct exclusion exclusions[EXCLUSIONS];

/* A way to wait.  */
struct wait {
    const char *name;
    /* Makes *o what a thread has to wait for.  */
    void (*block)(struct object *o);
    /* Waits.  */
    int (*wait)(struct object *o);
    int (*wait_until)(struct object *o, il_deadline until);
    /* Lets the one thread that waits through, and touches *o for the last
       time by doing so; returns 0 if it can.  It is called by the thread
       that called block, and ends what that began, also if nobody waits any
       more.  */
    int (*let)(struct object *o);
    bool remembers; /* a let before the wait is not lost */
    bool staffed;   /* block starts a thread, let joins it */
};

enum { WAITS = 9 };
extern const struct wait waits[WAITS];

/* Returns the one of waits that is called `name`.  */
const struct wait *wait_named(const char *name);

#endif
