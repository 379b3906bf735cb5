/* idle.h -- finds out that a thread goes round in a loop and waits, whether it
   yields there or not.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_IDLE_H
#define EXPLORE_IDLE_H

#include "explore/step.h"
#include "fair.h"

/* A place in the program, when the thread was there last.  */
struct mark {
    uintptr_t pc;
    const void *object;
    uint64_t local;   /* fiber_digest */
    uint64_t changes; /* that there had been */
    uint64_t effects;
    uint64_t time_outs;
    unsigned visits; /* since it was marked first */
};

/* A thread.  */
struct idle {
    uint64_t changes; /* it has changed what is its own, other than its stack */
    uint64_t effects; /* steps that changed something */
    uint64_t time_outs;

    /* without a yield */
    struct mark step;
    uint64_t value; /* of that step */
    bool has_value;
    size_t steps;  /* without an effect */
    size_t next;   /* after so many, another one is marked */
    uint64_t old;  /* what was there before the last step */
    bool is_known; /* ... which is known */

    /* with one */
    struct mark yield;
    unsigned others, most_others; /* yields elsewhere; another one is marked
                                     after so many */
};

void idle_begin(struct idle *i);

/* Looks at what the step that the thread is about to take will change.  */
void idle_before(struct idle *i, const struct step *next);

/* The thread has taken `last`.  */
void idle_after(struct idle *i, const struct step *last);

/* The thread is about to take `next`, which is a yield or is not one; `local`
   is its state, if that is wanted.  Returns what that is to the others.  */
bool idle_is_state_wanted(const struct idle *i, const struct step *next);
enum yield idle_yields(struct idle *i, const struct step *next, uint64_t local);
enum yield idle_repeats(struct idle *i, const struct step *next,
                        uint64_t local);

#endif
