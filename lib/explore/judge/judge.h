/* judge.h -- what one execution says about a program, beyond how it ended.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_JUDGE_H
#define EXPLORE_JUDGE_H

#include "explore/result.h"
#include "explore/step.h"

/* A list of races, each pair of places in the program once.  All-zero bytes are
   an empty one.  */
struct races {
    struct race *list;
    int n;
};

/* Adds the races of *t that the list does not have.  Returns how many of them
   are data races.  */
int judge_races(const struct trace *t, struct races *races);
void races_free(struct races *races);

/* A thread that can't go on, and why.  */
struct wait {
    int thread;
    const struct step *step;       /* what it was about to do */
    int holder;                    /* the thread that it waits for, else -1 */
    const struct step *held_since; /* the holder's acquire, else NULL */
    const struct step *lost; /* the notify that came before the wait and that
                                nobody got, else NULL */
};

/* Who waits for whom at the end of an execution that is a deadlock; the threads
   of a cycle first, each before the one that it waits for.  */
struct deadlock {
    struct wait waits[THREADS_MOST];
    int n;
    int cycle; /* how many are in a cycle, or 0 */
};
struct deadlock judge_deadlock(const struct trace *t);

/* Whether the answer of a step is one that a right program does not get: a
   release of what is not held, one too many, a deadlock that was found.  */
bool judge_is_misuse(const struct step *s);

#endif
