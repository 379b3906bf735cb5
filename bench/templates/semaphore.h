/* semaphore.h -- a template: all that is asked of a semaphore.

   Included once in a program, it defines SEMAPHORE_ENTRANTS, from

       SEMAPHORE                   the type
       SEMAPHORE_INIT(s, permits)
       SEMAPHORE_ACQUIRE(s)        as a user of the peer writes it
       SEMAPHORE_RELEASE(s)        the same
       SEMAPHORE_RELEASE_N(s, n)   the same, of n permits
       SEMAPHORE_TRY(s)            whether it got a permit, without waiting
       SEMAPHORE_DESTROY(s)

   SPDX-License-Identifier: MIT */

#ifndef BENCH_TEMPLATES_SEMAPHORE_H
#define BENCH_TEMPLATES_SEMAPHORE_H

#include "templates/entrant.h"
#include "templates/lock.h"

/* The same semaphore stands for a bounded one, where the peer has none that
   looks at a bound.  counts: see struct entrant.  */
#define SEMAPHORE_ENTRANTS(peer, counts)                                    \
    LOCK_ENTRANTS(peer, "semaphore", semaphore, counts),                    \
        LOCK_ENTRANTS(peer, "bounded_semaphore", semaphore, counts),        \
        ENTRANT(peer, "semaphore", "pingpong", semaphore_pingpong, counts), \
        ENTRANT(peer, "semaphore", "wake", semaphore_wake, counts)

/* Takes all that are there, and sees whether it is the number.  */
static inline bool semaphore_is_whole(SEMAPHORE *s, unsigned permits)
{
    while (permits-- > 0) {
        if (!SEMAPHORE_TRY(s))
            return false;
    }
    return !SEMAPHORE_TRY(s);
}

#define NAME semaphore
#define TYPE SEMAPHORE
#define INIT(s, permits) SEMAPHORE_INIT(s, permits)
#define ACQUIRE(s) SEMAPHORE_ACQUIRE(s)
#define RELEASE(s) SEMAPHORE_RELEASE(s)
#define TRY(s) SEMAPHORE_TRY(s)
#define AT_REST(s, permits) semaphore_is_whole(s, permits)
#define DESTROY(s) SEMAPHORE_DESTROY(s)
#include "templates/lock.h"

/* Two semaphores, each with a permit when the ball is on its side; apart, as
   they would be in the objects of two threads.  */
struct semaphores {
    struct {
        ON_ITS_LINE SEMAPHORE here;
    } side[2];
};

static inline void semaphores_init(struct semaphores *s)
{
    SEMAPHORE_INIT(&s->side[0].here, 1);
    SEMAPHORE_INIT(&s->side[1].here, 0);
}

static inline void semaphores_destroy(struct semaphores *s)
{
    for (unsigned i = 0; i < 2; i++)
        SEMAPHORE_DESTROY(&s->side[i].here);
}

#define NAME semaphore_pingpong
#define TYPE struct semaphores
#define INIT(s) semaphores_init(s)
#define AWAIT(s, from) SEMAPHORE_ACQUIRE(&(s)->side[from].here)
#define PASS(s, from) SEMAPHORE_RELEASE(&(s)->side[1 - (from)].here)
#define DESTROY(s) semaphores_destroy(s)
#include "templates/pingpong.h"

#define NAME semaphore_wake
#define TYPE SEMAPHORE
#define INIT(s, n) SEMAPHORE_INIT(s, 0)
#define PARK(s, round) SEMAPHORE_ACQUIRE(s)
#define WAKE(s, round, n) SEMAPHORE_RELEASE_N(s, n)
#define REARM(s, n) ((void)(s))
#define DESTROY(s) SEMAPHORE_DESTROY(s)
#include "templates/wake.h"

#endif
