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
    if (f->last_yields) {
        f->of[t].first |= (threads_set)((f->of[t].enabled | f->of[t].disabled)
                                        & ~f->of[t].ran);
        f->of[t].enabled = enabled;
        f->of[t].disabled = 0;
        f->of[t].ran = 0;
    }
    f->last = -1;
}

threads_set fair_allowed(struct fair *f, threads_set enabled)
{
    threads_set allowed = enabled;

    if (!f->in_use)
        return enabled;
    account(f, enabled);
    f->before = enabled;
    for (int t = 0; t < THREADS_MOST; t++) {
        if (f->of[t].first & enabled)
            allowed &= (threads_set)~set_of(t);
    }
    return allowed;
}

void fair_step(struct fair *f, int thread, bool yields)
{
    f->in_use |= yields;
    if (!f->in_use)
        return;
    if (f->last != thread)
        account(f, f->before);
    f->last = thread;
    f->last_yields = yields;
    for (int u = 0; u < THREADS_MOST; u++)
        f->of[u].first &= (threads_set)~set_of(thread);
    f->yielded = yields ? f->yielded | set_of(thread) : 0;
}
