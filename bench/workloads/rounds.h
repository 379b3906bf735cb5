/* rounds.h -- a template: threads that meet at a barrier, round after round.

   In each round a thread writes the round's number into its slot before it
   arrives, and reads its neighbour's after, which is what a barrier is for.
   The slots are plain, and each is two: one is read while the other is
   written for the next round.

   Each inclusion makes an entrant, NAME_entrant, from

       NAME         what its names begin with
       TYPE         the barrier
       INIT(b, n)   makes *b a barrier for n threads
       WAIT(b)      as a user of the peer writes it
       DESTROY(b)

   and forgets them.  Without a NAME it only declares.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_ROUNDS_H
#define BENCH_ROUNDS_H

#include "harness.h"

struct board {
    _Alignas(
        LINE) uint64_t last; /* the last round, once that is known; atomic */
    struct {
        _Alignas(LINE) uint64_t round[2];
    } slots[MAX_THREADS];
};

/* Before the barrier.  Relaxed: the barrier orders it, and who reads it too
   early reads that a later round is the last.  */
static inline void rounds_arrive(struct worker *w, struct board *b,
                                 uint64_t round)
{
    b->slots[w->index].round[round % 2] = round;
    if (w->index == 0 && !worker_goes_on(w))
        __atomic_store_n(&b->last, round, __ATOMIC_RELAXED);
}

/* After the barrier.  Returns whether another round follows.  */
static inline bool rounds_pass(struct worker *w, const struct board *b,
                               uint64_t round)
{
    unsigned next = w->index + 1 < w->run->load.threads ? w->index + 1 : 0;
    if (b->slots[next].round[round % 2] != round)
        w->saw_fault = true;
    worker_counts(w);
    return round < __atomic_load_n(&b->last, __ATOMIC_RELAXED);
}

/* Checks that all threads made the same number of rounds.  */
void rounds_check(struct run *run);

#endif

#ifdef NAME

struct OF_PEER(state) {
    TYPE barrier;
    struct board board;
};

_Static_assert(sizeof(struct OF_PEER(state)) <= STATE_SIZE,
               "the board has room");

static void OF_PEER(prepare)(struct run *run)
{
    struct OF_PEER(state) *s = run->state;
    s->board.last = UINT64_MAX;
    INIT(&s->barrier, run->load.threads);
}

static void OF_PEER(work)(struct worker *w)
{
    struct OF_PEER(state) *s = w->run->state;
    uint64_t round = 0;

    do {
        rounds_arrive(w, &s->board, ++round);
        WAIT(&s->barrier);
    } while (rounds_pass(w, &s->board, round));
}

static void OF_PEER(finish)(struct run *run)
{
    struct OF_PEER(state) *s = run->state;
    rounds_check(run);
    DESTROY(&s->barrier);
}

ENTRANT_OF_PEER;

#undef NAME
#undef TYPE
#undef INIT
#undef WAIT
#undef DESTROY
#endif
