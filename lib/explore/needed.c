/* needed.c -- whether a failure needs each of its preemptions.

   The failing schedule is taken again up to the preemption; there the thread
   goes on as long as it can, and what is left of the schedule follows, as far
   as it can be taken.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "driver.h"
#include "explore/engine/execution.h"
#include "need.h"

#include <stdlib.h>
#include <string.h>

/* The schedule without one preemption.  */
struct without {
    const struct choice *schedule;
    size_t length;
    size_t at; /* the choice that preempts */
    size_t n;  /* choices so far */
    bool *taken;
    bool goes_on; /* the thread that was preempted, still */
};

static int find(const struct state *state, struct choice c)
{
    for (int i = 0; i < state->n; i++) {
        const struct option *o = &state->options[i];
        if (o->enabled && o->choice.actor == c.actor
            && o->choice.chance == c.chance)
            return i;
    }
    return -1;
}

/* What is left of the schedule and can be taken, by any actor or by one.  */
static int find_left(struct without *w, const struct state *state, int actor)
{
    for (size_t i = w->at; i < w->length; i++) {
        int found;
        if (w->taken[i] || (actor >= 0 && w->schedule[i].actor != actor))
            continue;
        found = find(state, w->schedule[i]);
        if (found >= 0) {
            w->taken[i] = true;
            return found;
        }
    }
    return -1;
}

static int find_last(const struct state *state)
{
    return state->last < 0
               ? -1
               : find(state, (struct choice){(uint8_t)state->last, CHANCE_GO});
}

static int find_any(const struct state *state)
{
    for (int i = 0; i < state->n; i++) {
        if (state->options[i].enabled)
            return i;
    }
    return -1;
}

static int choose(void *self, const struct state *state,
                  const struct step *const *next)
{
    struct without *w = self;
    int found = -1;

    (void)next;
    if (w->n < w->at)
        found = find(state, w->schedule[w->n]);
    w->n++;
    if (found >= 0)
        return found;
    if (w->goes_on) {
        found = find_last(state);
        w->goes_on = found >= 0;
        if (found >= 0)
            find_left(w, state, state->last);
    }
    if (found < 0)
        found = find_left(w, state, -1);
    if (found < 0)
        found = find_last(state);
    return found < 0 ? find_any(state) : found;
}

/* Whether all is right without it.  */
static bool is_needed(const struct tally *t, size_t at)
{
    const struct execution *failure = t->result.failure;
    struct without w = {.schedule = failure->schedule,
                        .length = failure->length,
                        .at = at,
                        .taken = need_new(failure->length, sizeof *w.taken),
                        .goes_on = true};
    const struct chooser chooser = {.choose = choose, .self = &w};
    struct execution e;

    execution_run(&chooser, &e);
    free(w.taken);
    tally_judge(t->options, &e);
    return e.verdict == VERDICT_RIGHT;
}

void find_needed(struct tally *t)
{
    const struct execution *failure = t->result.failure;
    size_t choice = 0, n = 0;

    if (!failure)
        return;
    t->result.needed = need_new(failure->length, sizeof *t->result.needed);
    for (size_t i = 0; i < failure->trace.length; i++) {
        const struct step *s = &failure->trace.steps[i];
        if (s->preempts)
            t->result.needed[n++] = is_needed(t, choice);
        choice += s->chosen;
    }
    execution_learnt();
}
