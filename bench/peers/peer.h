/* peer.h -- what is compared: the primitives, what they are asked, and who
   answers.

   A new peer is one new file beside this one: for each primitive that it has
   it includes the template of the primitive's workload, so that the loop that
   is measured is compiled with the peer's own calls in it, inlined or not as
   in a user's program.  Then it is named in peers.c and in local.mk.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include <stdbool.h>
#include <stddef.h>

struct run;
struct worker;

enum primitive {
    LOCK,
    RLOCK,
    SEMAPHORE,
    BOUNDED_SEMAPHORE,
    EVENT,
    CONDITION,
    BARRIER,
    PRIMITIVES
};

/* A question that is asked of a primitive.  */
struct workload {
    const char *operation; /* what is counted, in words */
    bool joint;            /* one operation is made by all threads together */
    bool (*fits)(unsigned threads);
};

extern const struct workload workload_critical;
extern const struct workload workload_pingpong;
extern const struct workload workload_rounds;

/* A peer's answer.  */
struct entrant {
    void (*prepare)(struct run *run); /* makes the objects in run->state */
    void (*work)(struct worker *w);   /* one thread's loop */
    void (*finish)(struct run *run);  /* checks and destroys the objects */
};

struct peer {
    const char *name;
    bool hidden; /* not for --list: there to test the checks */
    const struct entrant *entrants[PRIMITIVES]; /* NULL where it has none */
};

extern const struct peer peer_interlock;
extern const struct peer peer_pthread;
extern const struct peer peer_broken;

/* All peers; ends with NULL.  */
extern const struct peer *const peers[];

extern const char *const primitive_names[PRIMITIVES];
const struct workload *primitive_workload(enum primitive p);

/* Returns the peer of that name, or NULL.  */
const struct peer *peer_find(const char *name);

/* For the templates: lock_work, if NAME is lock.  */
#define PEER_PASTE_(a, b) a##_##b
#define PEER_PASTE(a, b) PEER_PASTE_(a, b)
#define OF_PEER(what) PEER_PASTE(NAME, what)

/* The entrant that a workload's template defined the functions of.  */
#define ENTRANT_OF_PEER                              \
    static const struct entrant OF_PEER(entrant) = { \
        OF_PEER(prepare), OF_PEER(work), OF_PEER(finish)}

#endif
