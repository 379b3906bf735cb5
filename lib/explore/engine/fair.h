/* fair.h -- threads that yield let the others come first.

   Without it a program that waits in a loop has schedules without an end, in
   which nothing but the loop runs.  Musuvathi and Qadeer, "Fair Stateless Model
   Checking" (2008): a thread that has gone round its loop, from one yield to
   the next, has to let those come first that could have run all that time, or
   that it has held up, and did not run.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_FAIR_H
#define EXPLORE_FAIR_H

#include "explore/step.h"

/* A set of threads.  */
typedef uint16_t threads_set;

/* What a step of a thread is to the others.  */
enum yield {
    YIELD_NONE,
    YIELD_ONCE,  /* they may come first */
    YIELD_AGAIN, /* they have to, in the end: it goes round in a loop */
    YIELD_GUESS  /* ... as far as can be told */
};

struct fair {
    struct {
        threads_set enabled;  /* all the time since its last yield */
        threads_set disabled; /* by a step of it since */
        threads_set ran;      /* since */
        threads_set first;    /* have to come first */
    } of[THREADS_MOST];
    threads_set yielded; /* and nobody has taken a step since */
    threads_set looping; /* ... those that go round in a loop */
    threads_set guessed; /* of whom that is a guess */
    threads_set before;  /* enabled before the last step */
    int last;
    enum yield last_yield;
    bool in_use;   /* somebody has yielded: until then all may go on */
    bool has_held; /* somebody was held back by a guess */
};

void fair_begin(struct fair *f);

/* `enabled` can go on now.  Returns which of them may.  With `stores` there is
   a store in a buffer: like a step of another thread, it comes in the end.  */
threads_set fair_allowed(struct fair *f, threads_set enabled, bool stores);

/* A thread takes a step.  */
void fair_step(struct fair *f, int thread, enum yield yield);

#endif
