/* fair.c -- the names of the paper: enabled is E, disabled D, ran S, first P.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "fair.h"

static threads_set set_of(int thread)
{
    return (threads_set)(1U << thread);
}

void fair_begin(struct fair *f)
{
    *f = (struct fair){.last = -1};
    for (int t = 0; t < THREADS_MOST; t++) {
        f->of[t].disabled = (threads_set)-1;
        f->of[t].ran = (threads_set)-1;
    }
}

/* The step before has led to a state in which these are enabled.  */
static void account(struct fair *f, threads_set enabled)
{
    int t = f->last;

    if (t < 0)
        return;
    for (int u = 0; u < THREADS_MOST; u++) {
        f->of[u].enabled &= enabled;
        f->of[u].ran |= set_of(t);
    }
    f->of[t].disabled |= (threads_set)(f->before & ~enabled);
    if (f->last_yield >= YIELD_AGAIN)
        f->of[t].first |= (threads_set)((f->of[t].enabled | f->of[t].disabled)
                                        & ~f->of[t].ran);
    if (f->last_yield != YIELD_NONE) {
        f->of[t].enabled = enabled;
        f->of[t].disabled = 0;
        f->of[t].ran = 0;
    }
    f->last = -1;
}

threads_set fair_allowed(struct fair *f, threads_set enabled, bool stores)
{
    threads_set held = stores ? f->looping & enabled : 0;

    if (!f->in_use)
        return enabled;
    account(f, enabled);
    f->before = enabled;
    for (int t = 0; t < THREADS_MOST; t++) {
        if (f->of[t].first & enabled)
            held |= set_of(t) & enabled;
    }
    f->has_held |= (held & f->guessed) != 0;
    return (threads_set)(enabled & ~held);
}

void fair_step(struct fair *f, int thread, enum yield yield)
{
    threads_set self = set_of(thread);

    f->in_use |= yield != YIELD_NONE;
    if (!f->in_use)
        return;
    if (f->last != thread)
        account(f, f->before);
    f->last = thread;
    f->last_yield = yield;
    for (int u = 0; u < THREADS_MOST; u++)
        f->of[u].first &= (threads_set)~self;
    f->yielded = yield == YIELD_NONE ? 0 : f->yielded | self;
    f->looping = yield < YIELD_AGAIN ? 0 : f->looping | self;
    if (yield == YIELD_GUESS)
        f->guessed |= self;
}
