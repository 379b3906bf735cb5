/* full.c -- all schedules, or all with at most so many preemptions: depth-first
   search of the tree of choices.

   The path to the present node is a stack of points, each with its branches:
   the enabled options that the bound can still pay for.  An execution follows
   the path, and from its end always takes the first branch.  The next
   execution differs in the last point that has another branch.

   Each leaf is visited once, and only leaves within the bound: a branch is
   left out just if it alone goes over the bound, and search.c shows that one
   of each state's branches costs nothing.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "strategy.h"

#include <stdlib.h>

struct branch {
    struct choice choice;
    uint8_t index; /* of the option */
};

struct point {
    size_t first; /* of its branches */
    unsigned n, at;
};

struct full {
    struct point *points;
    struct branch *branches;
    size_t depth, points_room, branches_room;
};

static void *full_new(const struct search_settings *settings)
{
    (void)settings;
    return need_new(1, sizeof(struct full));
}

static void full_free(void *own)
{
    struct full *f = own;

    free(f->points);
    free(f->branches);
    free(f);
}

static bool full_next(struct search *s)
{
    struct full *f = s->own;

    if (!s->began)
        return true;
    for (; f->depth; f->depth--)
        if (++f->points[f->depth - 1].at < f->points[f->depth - 1].n)
            return true;
    return false;
}

static void add_branch(struct full *f, struct point *p, const struct option *o,
                       int index)
{
    f->branches[p->first + p->n++] = (struct branch){o->choice, (uint8_t)index};
}

/* Adds those branches of the point that are within the bound and are, or are
   not, of the running thread.  */
static void add_branches(struct search *s, const struct state *state,
                         struct point *p, bool of_running)
{
    struct prices prices = prices_of(s, state);
    int left = s->settings.bound - s->cost.preemptions;

    for (int i = 0; i < state->n; i++) {
        const struct option *o = &state->options[i];
        if (!o->enabled || (o->choice.actor == s->running) != of_running)
            continue;
        if (s->settings.bound == BOUND_NONE
            || price(&prices, o->choice) <= left)
            add_branch(s->own, p, o, i);
        else
            s->report.bounded = true;
    }
}

/* Adds the point of a state that the path has not reached before.  */
static void add_point(struct search *s, const struct state *state)
{
    struct full *f = s->own;
    const struct point *before = f->points + f->depth - 1;
    size_t first = f->depth ? before->first + before->n : 0;
    struct point *p;

    f->points =
        need_room(f->points, &f->points_room, f->depth + 1, sizeof *f->points);
    f->branches = need_room(f->branches, &f->branches_room,
                            first + (size_t)state->n, sizeof *f->branches);
    p = &f->points[f->depth++];
    *p = (struct point){.first = first};
    add_branches(s, state, p, true);
    add_branches(s, state, p, false);
}

static int full_choose(struct search *s, const struct state *state)
{
    struct full *f = s->own;
    const struct point *p;
    const struct branch *b;

    if (s->cost.steps < f->depth) {
        int i;
        p = &f->points[s->cost.steps];
        b = &f->branches[p->first + p->at];
        i = state_find(state, b->choice, b->index);
        if (i >= 0)
            return i;
        search_diverged(s);
        f->depth = s->cost.steps;
    }
    add_point(s, state);
    p = &f->points[f->depth - 1];
    return f->branches[p->first].index;
}

const struct strategy_calls strategy_full = {.new = full_new,
                                             .free = full_free,
                                             .next = full_next,
                                             .choose = full_choose};
