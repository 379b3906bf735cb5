/* critical.h -- a template: threads that take turns in a critical section.

   In the section a thread adds 1 to a plain counter, and works between
   reading and writing it; a second thread in there is found by the sum.

   Each inclusion makes an entrant, NAME_entrant, from

       NAME         what its names begin with
       TYPE         the lock
       INIT(l)      makes *l a free one
       ACQUIRE(l)   and
       RELEASE(l)   as a user of the peer writes them
       AT_REST(l)   whether *l is free, as INIT left it
       DESTROY(l)

   and forgets them.  Without a NAME it only declares.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_CRITICAL_H
#define BENCH_CRITICAL_H

#include "harness.h"

/* Checks the counter of a run, and that its lock is free.  */
void critical_check(struct run *run, uint64_t counter, bool at_rest);

#endif

#ifdef NAME

struct OF_PEER(state) {
    TYPE lock;
    uint64_t counter;
    uint64_t seed;
};

static void OF_PEER(prepare)(struct run *run)
{
    struct OF_PEER(state) *s = run->state;
    INIT(&s->lock);
}

static void OF_PEER(work)(struct worker *w)
{
    struct OF_PEER(state) *s = w->run->state;
    const struct load load = w->run->load;

    while (worker_goes_on(w)) {
        uint64_t counter;
        ACQUIRE(&s->lock);
        counter = s->counter;
        work(&s->seed, load.cs);
        s->counter = counter + 1;
        RELEASE(&s->lock);
        worker_counts(w);
        work_about(&w->seed, load.ncs);
    }
}

static void OF_PEER(finish)(struct run *run)
{
    struct OF_PEER(state) *s = run->state;
    critical_check(run, s->counter, AT_REST(&s->lock));
    DESTROY(&s->lock);
}

ENTRANT_OF_PEER;

#undef NAME
#undef TYPE
#undef INIT
#undef ACQUIRE
#undef RELEASE
#undef AT_REST
#undef DESTROY
#endif
