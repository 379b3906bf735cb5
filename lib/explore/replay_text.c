/* replay_text.c -- a schedule that somebody has written down, run again.

   What its steps are depends on what is known to be shared, and that is found
   by exploring only: so a part of the program is explored first, a larger one
   if the schedule does not fit.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "driver.h"
#include "explore/engine/execution.h"
#include "explore/report/schedule.h"

#include <stdlib.h>

static void keep(struct tally *t, const struct execution *e)
{
    tally_begin(t, t->options);
    judge_races(&e->trace, &t->races);
    t->result.races = t->races.list;
    t->result.n_races = t->races.n;
    if (e->verdict == VERDICT_RIGHT)
        t->result.right = execution_keep(e);
    else
        t->result.failure = execution_keep(e);
}

/* Most mistakes need one preemption: what is shared is known by then.  */
static char *replay_schedule(struct tally *t, const struct schedule *s)
{
    bool more = explore_bound(t, 0);

    for (int bound = 1;; bound++) {
        struct execution e;
        int64_t diverged;
        char *sentence;

        more = more && explore_bound(t, bound);
        diverged = replay(t->options, s->choices, s->length, &e);
        sentence = schedule_refusal(s, &e.trace, diverged);
        if (!sentence)
            keep(t, &e);
        if (!sentence || !more)
            return sentence;
        free(sentence);
    }
}

char *replay_text(struct tally *t)
{
    struct schedule s;
    char *sentence = schedule_parse(t->options->schedule, &s);

    if (sentence)
        return sentence;
    sentence = replay_schedule(t, &s);
    free(s.choices);
    return sentence;
}
