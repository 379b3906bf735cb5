/* idle.h -- finds out that a thread waits in a loop, though it says nothing.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_IDLE_H
#define EXPLORE_IDLE_H

#include "explore/step.h"

/* A thread.  */
struct idle {
    uintptr_t pc; /* of a step that it took */
    const void *object;
    uint64_t value;
    size_t steps;  /* without an effect */
    size_t next;   /* after so many, another one is remembered */
    uint64_t old;  /* what was there before the last step */
    bool is_known; /* ... which is known */
};

void idle_begin(struct idle *i);

/* Looks at what the step that the thread is about to take will change.  */
void idle_before(struct idle *i, const struct step *next);

/* The thread has taken `last` and is about to take `next`.  Returns whether
   that goes round in a circle in which nothing changes.  */
bool idle_repeats(struct idle *i, const struct step *last,
                  const struct step *next);

#endif
