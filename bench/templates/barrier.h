/* barrier.h -- a template: all that is asked of a barrier that serves again and
   again.

   Included once in a program, it defines BARRIER_ENTRANTS, from

       BARRIER              the type
       BARRIER_INIT(b, n)   makes *b a barrier for n threads
       BARRIER_WAIT(b)      as a user of the peer writes it
       BARRIER_DESTROY(b)

   SPDX-License-Identifier: MIT */

#ifndef BENCH_TEMPLATES_BARRIER_H
#define BENCH_TEMPLATES_BARRIER_H

#include "templates/entrant.h"

/* counts: see struct entrant.  */
#define BARRIER_ENTRANTS(peer, counts)                          \
    ENTRANT(peer, "barrier", "rounds", barrier_rounds, counts), \
        ENTRANT(peer, "barrier", "last", barrier_last, counts)

#define NAME barrier_rounds
#define TYPE BARRIER
#define INIT(b, n) BARRIER_INIT(b, n)
#define WAIT(b) BARRIER_WAIT(b)
#define DESTROY(b) BARRIER_DESTROY(b)
#include "templates/rounds.h"

/* Who wakes the others is one of the party.  */
#define NAME barrier_last
#define TYPE BARRIER
#define INIT(b, n) BARRIER_INIT(b, (n) + 1)
#define PARK(b, round) BARRIER_WAIT(b)
#define WAKE(b, round, n) BARRIER_WAIT(b)
#define REARM(b, n) ((void)(b))
#define DESTROY(b) BARRIER_DESTROY(b)
#include "templates/wake.h"

#endif
