/* search.c -- the search as those see it who run executions: what all
   strategies have in common, and the replay of one schedule.

   A search is stateless (Godefroid, "Model Checking for Programming Languages
   using VeriSoft", 1997): no state of the program is kept, each execution
   begins at the start.  What a strategy keeps is the path of choices to where
   it is, so its memory is bounded by the longest execution.  The executions
   must be deterministic: the same choices lead to the same options.

   What a choice costs (Musuvathi and Qadeer, "Iterative Context Bounding for
   Systematic Testing of Multithreaded Programs", 2007): one for a switch from
   a thread that could have gone on, and has not yielded; one for a time-out or
   a spurious wake-up that the thread could have done without, since somebody
   could have gone on.  There is always a choice that costs nothing: if the
   running thread can go on, to do so; else if another can go on, to switch to
   it; else all that is left is free.  So each execution can be ended within
   the bound.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "strategy.h"

#include <stdlib.h>

bool touch_conflicts(const struct touch *a, const struct touch *b)
{
    return a->is_object == b->is_object && (a->writes || b->writes)
           && (a->at < b->at ? b->at - a->at < a->size
                             : a->at - b->at < b->size);
}

bool touches_conflict(const struct touch *a, int n, const struct touch *b,
                      int m)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            if (touch_conflicts(&a[i], &b[j]))
                return true;
    return false;
}

bool option_goes(const struct option *o)
{
    return o->enabled && o->choice.chance != CHANCE_TIME_OUT
           && o->choice.chance != CHANCE_SPURIOUS;
}

struct prices prices_of(const struct search *s, const struct state *state)
{
    struct prices p = {.running = s->running};
    bool yields = false;

    for (int i = 0; i < state->n; i++) {
        const struct option *o = &state->options[i];
        bool goes = option_goes(o);
        p.chances_cost |= goes;
        if (o->choice.actor == p.running) {
            p.switching_costs |= goes;
            yields |= o->yields;
        }
    }
    p.switching_costs &= !yields;
    return p;
}

static bool switches(int running, struct choice c)
{
    return c.actor < THREADS_MOST && running >= 0 && c.actor != running;
}

int price(const struct prices *p, struct choice c)
{
    bool by_chance = c.chance == CHANCE_TIME_OUT || c.chance == CHANCE_SPURIOUS;

    return (p->switching_costs && switches(p->running, c))
           + (p->chances_cost && by_chance);
}

static bool is_choice(const struct state *state, int i, struct choice c)
{
    const struct option *o = &state->options[i];

    return o->enabled && o->choice.actor == c.actor
           && o->choice.chance == c.chance;
}

int state_find(const struct state *state, struct choice c, int guess)
{
    if (guess < state->n && is_choice(state, guess, c))
        return guess;
    for (int i = 0; i < state->n; i++)
        if (is_choice(state, i, c))
            return i;
    return -1;
}

int state_default(const struct search *s, const struct state *state)
{
    int first = -1, first_goes = -1;

    for (int i = state->n - 1; i >= 0; i--) {
        const struct option *o = &state->options[i];
        if (o->enabled)
            first = i;
        if (option_goes(o))
            first_goes = i;
    }
    for (int i = 0; i < state->n; i++)
        if (state->options[i].choice.actor == s->running
            && option_goes(&state->options[i]))
            return i;
    return first_goes >= 0 ? first_goes : first;
}

void search_diverged(struct search *s)
{
    if (s->report.diverged < 0)
        s->report.diverged = (int64_t)s->cost.steps;
}

/* Replay: one execution.  Where the schedule has ended, or can't be followed
   any more, the execution goes on without preemptions.  */
static bool replay_next(struct search *s)
{
    return !s->began;
}

static int replay_choose(struct search *s, const struct state *state)
{
    size_t at = s->cost.steps;
    int i;

    if (at >= s->settings.length || s->report.diverged >= 0)
        return state_default(s, state);
    i = state_find(state, s->settings.schedule[at], 0);
    if (i >= 0)
        return i;
    search_diverged(s);
    return state_default(s, state);
}

static void replay_end(struct search *s, const struct state *left)
{
    (void)left;
    if (s->cost.steps < s->settings.length)
        search_diverged(s);
}

static const struct strategy_calls strategy_replay = {
    .next = replay_next, .choose = replay_choose, .end = replay_end};

static const struct strategy_calls *calls_of(enum strategy strategy)
{
    switch (strategy) {
    case STRATEGY_FULL:
        return &strategy_full;
    case STRATEGY_DPOR:
        return &strategy_dpor;
    case STRATEGY_RANDOM:
        return &strategy_random;
    case STRATEGY_PCT:
        return &strategy_pct;
    case STRATEGY_REPLAY:
        break;
    }
    return &strategy_replay;
}

struct search *search_new(const struct search_settings *settings)
{
    struct search *s = need_new(1, sizeof *s);

    s->settings = *settings;
    s->calls = calls_of(settings->strategy);
    s->report.diverged = -1;
    if (s->calls->new)
        s->own = s->calls->new (settings);
    return s;
}

void search_free(struct search *s)
{
    if (s && s->calls->free)
        s->calls->free(s->own);
    free(s);
}

bool search_next(struct search *s)
{
    const struct search_report *r = &s->report;

    if (s->over)
        return false;
    if (!s->calls->next(s))
        s->over = s->report.complete = true;
    else if (s->settings.most && r->executions + r->cut >= s->settings.most)
        s->over = true;
    s->began = true;
    s->running = -1;
    s->cost = (struct search_cost){0};
    return !s->over;
}

int search_choose(struct search *s, const struct state *state)
{
    struct prices prices;
    struct choice c;
    int i;

    if (state->last < THREADS_MOST)
        s->running = state->last;
    if (state->is_alone && !s->calls->sees_alone)
        return 0;
    i = s->calls->choose(s, state);
    if (i < 0) {
        s->report.cut++;
        return i;
    }
    if (state->is_alone)
        return i;
    c = state->options[i].choice;
    prices = prices_of(s, state);
    s->cost.preemptions += price(&prices, c);
    s->cost.switches += switches(s->running, c);
    s->cost.steps++;
    return i;
}

void search_end(struct search *s, const struct state *left)
{
    if (s->calls->end)
        s->calls->end(s, left);
    s->report.executions++;
}

struct search_report search_report(const struct search *s)
{
    return s->report;
}

struct search_cost search_cost(const struct search *s)
{
    return s->cost;
}
