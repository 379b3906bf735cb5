/* rounds.c -- threads that meet at a barrier, round after round.

   In each round a thread writes the round's number into its slot before it
   arrives, and reads its neighbour's after, which is what a barrier is for.
   The slots are plain, and each is two: one is read while the other is written
   for the next round.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <inttypes.h>

#include "run/run.h"

/* All threads have to time the same rounds.  */
static bool is_timed(const struct worker *w)
{
    enum phase phase = worker_phase(w);

    return phase == TRACED
           || (phase == TIMED && w->round % worker_period(w) == 0);
}

/* Relaxed: the barrier orders it, and who reads it too early reads that a later
   round is the last.  */
void rounds_arrive(struct worker *w)
{
    struct slot *mine = &w->run->slots[w->index];

    worker_works_outside(w);
    w->round++;
    mine->round[w->round % 2] = w->round;
    if (w->index == 0 && !worker_goes_on(w))
        __atomic_store_n(&w->run->last_round, w->round, __ATOMIC_RELAXED);
    mine->arrived[w->round % 2] = is_timed(w) ? run_now() : 0;
}

/* From the last arrival until thread 0 is through.  Nobody writes these slots
   before thread 0 arrives for the next round.  */
static void time_round(struct worker *w)
{
    int64_t now = run_now(), last = 0;

    for (unsigned i = 0; i < w->run->load.threads; i++) {
        int64_t arrived = w->run->slots[i].arrived[w->round % 2];
        if (arrived == 0)
            return;
        if (arrived > last)
            last = arrived;
    }
    worker_waited(w, now - last - w->run->clock, false);
}

bool rounds_pass(struct worker *w)
{
    const struct run *run = w->run;
    unsigned next = w->index + 1 < run->load.threads ? w->index + 1 : 0;

    if (w->index == 0 && run->slots[0].arrived[w->round % 2] != 0)
        time_round(w);
    if (run->slots[next].round[w->round % 2] != w->round)
        w->saw_fault = true;
    worker_counts(w, 1);
    return w->round < __atomic_load_n(&run->last_round, __ATOMIC_RELAXED);
}

void rounds_check(struct run *run)
{
    uint64_t rounds = run_ops(run, 0, 1);

    for (unsigned i = 1; i < run->load.threads; i++) {
        uint64_t others = run_ops(run, i, i + 1);
        if (others != rounds)
            run_fails(run,
                      "thread %u made %" PRIu64 " rounds, thread 0 %" PRIu64, i,
                      others, rounds);
    }
}
