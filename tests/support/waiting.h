/* waiting.h -- a thread that waits, in one of the ways of kinds.h, and what
   it saw.

   SPDX-License-Identifier: MIT */

#ifndef WAITING_H
#define WAITING_H

#include "kinds.h"

struct waiting {
    const struct wait *how;
    struct object *object;
    int64_t ns; /* < 0: never gives up */
    struct thread thread;
    int answer;
    int64_t took;    /* ns */
    bool kept_errno; /* errno was after the wait as before */
};

/* Starts a thread that waits for *o; returns when it is parked.  */
void waiting_start(struct waiting *w, const struct wait *how, struct object *o);

/* Starts a thread that waits for *o for `ns` at most.  */
void waiting_start_for(struct waiting *w, const struct wait *how,
                       struct object *o, int64_t ns);

/* Waits until it has returned, and checks that errno is untouched and that
   the answer is `answer`.  */
void waiting_end(struct waiting *w, int answer);

#endif
