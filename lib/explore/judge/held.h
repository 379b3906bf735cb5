/* held.h -- which locks each thread holds, step by step.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_HELD_H
#define EXPLORE_HELD_H

#include "explore/step.h"

enum { HELD_MOST = 32 };

struct held {
    const void *object;
    const struct step *since; /* its acquire; the first one of several */
    int depth;
    int thread;
};

/* All that is held.  All-zero bytes are nothing.  */
struct held_set {
    struct held list[HELD_MOST];
    int n;
};

/* Takes the step *s into account.  */
void held_step(struct held_set *h, const struct step *s);

/* Who holds the object, or NULL.  */
const struct held *held_by(const struct held_set *h, const void *object);

/* Writes up to `most` - 1 of the objects that the thread holds, and a NULL.  */
void held_list(const struct held_set *h, int thread, const void **list,
               int most);

#endif
