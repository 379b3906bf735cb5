/* dpor_races.c -- who comes before whom, and what has to be tried for it to be
   the other way round; see dpor.c.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "dpor.h"

bool depends(const struct dpor *d, const struct node *n,
             const struct pending *t)
{
    return n->actor == t->option->choice.actor || n->is_barrier || t->is_barrier
           || options_conflict(event(d, n), t->option);
}

/* Whether all that begins with this choice at the node has been tried, or is
   going to be.  */
static bool is_covered(const struct dpor *d, const struct node *n,
                       struct choice c)
{
    const struct item *item = find(d, n, c);

    return item
           && (item->asleep
               || (item->option.enabled && (n->backtrack & bit(c.actor))));
}

static void backtrack_to_all(struct dpor *d, struct node *n)
{
    for (size_t i = 0; i < n->n; i++)
        if (item_of(d, n, i)->option.enabled)
            n->backtrack |= bit(item_of(d, n, i)->option.choice.actor);
}

/* Has the choice tried at the node or, if it can't be, all that can.  */
static void backtrack_to(struct dpor *d, struct node *n, struct choice c)
{
    const struct item *item = find(d, n, c);

    if (item && item->option.enabled)
        n->backtrack |= bit(c.actor);
    else
        backtrack_to_all(d, n);
}

/* The events after one, e, that do not happen after it, and then t: an
   execution without e, as far as it goes.  */
struct rest {
    uint32_t actors;           /* that have an event in it */
    size_t first[ACTORS_MOST]; /* the first, of each of them */
    uint32_t initials;         /* those that may be the first of all */
    bool enables;              /* one of them may enable t */
};

static bool comes_after(const struct rest *r, const struct clock *past)
{
    for (uint32_t left = r->actors; left; left &= left - 1) {
        int actor = __builtin_ctz(left);
        if (past->at[actor] > r->first[actor])
            return true;
    }
    return false;
}

static void rest_add(struct rest *r, unsigned actor, size_t at,
                     const struct clock *past)
{
    if (r->actors & bit(actor))
        return;
    if (!comes_after(r, past))
        r->initials |= bit(actor);
    r->actors |= bit(actor);
    r->first[actor] = at;
}

static struct rest rest_of(const struct dpor *d, size_t e,
                           const struct pending *t)
{
    struct rest r = {.actors = 0};
    uint8_t actor = d->nodes[e].actor;

    for (size_t i = e + 1; i < t->at; i++) {
        const struct node *n = &d->nodes[i];
        if (n->clock.at[actor] > e)
            continue;
        rest_add(&r, n->actor, i, &n->clock);
        r.enables |= depends(d, n, t);
    }
    if (!r.enables)
        rest_add(&r, t->option->choice.actor, t->at, t->past);
    return r;
}

static struct choice first_choice(const struct dpor *d, const struct rest *r,
                                  unsigned actor, const struct pending *t)
{
    if (r->first[actor] == t->at)
        return t->option->choice;
    return event(d, &d->nodes[r->first[actor]])->choice;
}

/* Event e and t race: has something tried from the state before e that leads
   to t before e, unless that is so already or can't be.  */
static void reverse(struct dpor *d, size_t e, const struct pending *t)
{
    struct node *n = &d->nodes[e];
    struct rest r = rest_of(d, e, t);
    uint8_t actor = t->option->choice.actor;

    for (uint32_t left = r.initials; left; left &= left - 1) {
        unsigned i = (unsigned)__builtin_ctz(left);
        if (is_covered(d, n, first_choice(d, &r, i, t)))
            return;
    }
    if (t->since <= e && !r.enables) {
        const struct item *there = find(d, n, t->option->choice);
        if (!there || !(there->option.enabled || is_held(&there->option)))
            return;
    }
    if (!(r.initials & bit(actor)))
        actor = (uint8_t)__builtin_ctz(r.initials);
    backtrack_to(d, n, first_choice(d, &r, actor, t));
}

/* Looks for all events that race with t.  */
void find_races(struct dpor *d, const struct pending *t)
{
    for (size_t i = t->at; i-- > 0;) {
        const struct node *n = &d->nodes[i];
        if (n->clock.at[n->actor] > t->past->at[n->actor]
            && n->actor != t->option->choice.actor && depends(d, n, t))
            reverse(d, i, t);
    }
}

/* The event of the node is taken.  */
void take(struct dpor *d, size_t at)
{
    struct node *n = &d->nodes[at];
    struct pending t = {.option = event(d, n)};

    n->actor = t.option->choice.actor;
    n->before = n->clock = d->past[n->actor];
    for (size_t i = at; i-- > 0;) {
        const struct node *earlier = &d->nodes[i];
        if (earlier->clock.at[earlier->actor] > n->clock.at[earlier->actor]
            && depends(d, earlier, &t))
            join(&n->clock, &earlier->clock);
    }
    n->clock.at[n->actor] = (uint32_t)at + 1;
    d->past[n->actor] = n->clock;
}

/* Returns where the last event is; the choice of a value is part of what led
   to it.  */
size_t last_step(const struct dpor *d)
{
    size_t at = d->depth - 1;

    while (at && d->nodes[at].is_value)
        at--;
    return at;
}

static void wake_all(struct dpor *d, const struct node *n)
{
    for (size_t i = 0; i < n->n; i++)
        item_of(d, n, i)->asleep = false;
}

/* The last event turns out to depend on all: on those before, and on what
   others could have done instead.  */
void make_barrier(struct dpor *d)
{
    size_t at = last_step(d);
    struct node *n = &d->nodes[at];
    struct pending t;

    if (n->is_barrier)
        return;
    n->is_barrier = item_of(d, n, n->chosen)->is_barrier = true;
    t = (struct pending){.option = event(d, n),
                         .since = item_of(d, n, n->chosen)->since,
                         .at = at,
                         .past = &n->before,
                         .is_barrier = true};
    find_races(d, &t);
    backtrack_to_all(d, n);
    for (size_t i = 0; i < at; i++)
        join(&n->clock, &d->nodes[i].clock);
    for (size_t i = at + 1; i < d->depth; i++) {
        join(&d->nodes[i].clock, &n->clock);
        wake_all(d, &d->nodes[i]);
    }
    join(&d->past[n->actor], &n->clock);
}
