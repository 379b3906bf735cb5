/* dpor.c -- one execution of each equivalence class: dynamic partial-order
   reduction (Flanagan and Godefroid, "Dynamic Partial-Order Reduction for Model
   Checking Software", 2005), with source sets (Abdulla, Aronis, Jonsson and
   Sagonas, "Optimal Dynamic Partial Order Reduction", 2014) and sleep sets
   (Godefroid, "Partial-Order Methods", 1996).

   Two steps of different actors are independent if nothing that they touch is
   in conflict: then either may come first, the state is the same, and neither
   changes whether the other can be.  Executions that differ in the order of
   independent steps only are one class, a trace (Mazurkiewicz, 1977).  In it, a
   step happens before another if it comes first in all executions of the class;
   a clock at each event says which do.

   Races.  At each state, and for each thing that an actor is about to do there,
   t, also if it can't: each earlier event e that conflicts with t, and does not
   happen before t's actor got to it, is in a race with t.  Take out e and what
   happens after it: the rest, v, and then t, is the begin of an execution from
   the state before e in which t comes before e, unless t can't be after v.  One
   of its possible first steps, its initials, has to be tried there.  If one is
   so already, or sleeps there, nothing is to be done.

   Sleep sets.  What has been tried at a state, and does not depend on the step
   that is taken instead, sleeps: after that step it would lead to what has been
   seen.  An execution in which all that can be sleeps is cut.

   What has to hold, and why it does:

   D1  No class is tried twice.  Of two executions of one class, take the state
       where they part: the later one has, further on, the step t of the earlier
       one, after steps that are independent of t.  t slept all that time, so
       it was not taken.
   D2  No class is left out.  If one is, take a state, as deep as can be, from
       which an execution w is that was not tried in any order.  None of its
       initials is tried or sleeps at that state.  Let e be the step that was
       tried first there.  Whatever of w is independent of e has been tried
   after e, as that state is deeper, up to the first step t of w that is not.
   There e and t race; v is the part of w before t, or a part of it: its
   initials are initials of w, and one of them was tried. D3  So the race has to
   be looked for whenever v may have changed: when t is new, when an event comes
   that conflicts with t (v then has fewer initials), and when t can be for the
       first time.  To look when t is taken only is wrong: t may never be taken,
       since e has closed the door (the Event of lesson 3).
   D4  All e are looked at, not just the last.  An acquire conflicts with the
       release before it, which can't come after it; the race is with the
       acquire before that (lesson 14).  A t that can't be where e was, and that
       nothing in v touches, can't be after v either: the only case in which a
       race is passed over.
   D5  A time-out and a spurious wake-up are other steps of the same actor; each
       has races of its own.  To try an actor means to try all that it can do.

   Steps whose dependence their touches don't show are barriers, which depend on
   all: one that ends the execution early; one after which an actor is held
   back, since it has yielded, which is a matter of who else can go on; and a
   spurious wake-up, which can only be as long as somebody could go on without.
   That is more than need be: with them a class may be tried more than once. The
   choice of a value belongs to the step before it.

   An actor that is new, or that goes on without a step from where it could not
   (a join), was brought there by the event just taken, which so happens before
   what it does next.

   That D2 is true of the code, and not of the argument alone, is what
   tests/explore/check_search.c looks at.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "dpor.h"

#include <stdlib.h>
#include <string.h>

static bool same_touches(const struct option *a, const struct option *b)
{
    return a->touches == b->touches
           && (a->touches == 0
               || memcmp(a->touch, b->touch, a->touches * sizeof *a->touch)
                      == 0);
}

static bool is_value(const struct state *state)
{
    return state->n
           && state->options[state->n - 1].choice.chance > CHANCE_SPURIOUS;
}

static const struct option *option_of(const struct state *state,
                                      struct choice c)
{
    for (int i = 0; i < state->n; i++) {
        const struct option *o = &state->options[i];
        if (o->choice.actor == c.actor && o->choice.chance == c.chance)
            return o;
    }
    return NULL;
}

/* Whether the event has changed what this could be, of another actor, although
   they touch nothing in common: it is held back, or not where it was, although
   it could go on; or it can go on, or can't, for no reason that is seen.  */
static bool meddles(const struct option *event, const struct option *was,
                    const struct state *state)
{
    const struct option *now = option_of(state, was->choice);

    if (was->choice.chance != CHANCE_GO
        || was->choice.actor == event->choice.actor)
        return false;
    if (!now || !same_touches(was, now))
        return was->enabled && !is_value(state);
    if (was->enabled == now->enabled)
        return false;
    return is_held(now) || !(is_held(was) || options_conflict(event, was));
}

/* Whether the actor is held back, and another is not; or has come to a step
   that is taken at once as soon as another takes one: the next yield.  */
static bool holds_back(const struct state *state, uint8_t actor)
{
    bool held = false, others = false;

    for (int i = 0; i < state->n; i++) {
        const struct option *o = &state->options[i];
        if (o->choice.actor != actor)
            others |= o->enabled;
        else if (o->enabled && o->touches)
            return false;
        else
            held |= o->yields;
    }
    return held && others;
}

/* Whether the last event has to do with others in ways that their touches do
   not show.  */
static bool has_hidden_effect(const struct dpor *d, const struct state *state)
{
    const struct node *n = &d->nodes[last_step(d)];

    for (size_t i = 0; i < n->n; i++)
        if (meddles(event(d, n), &item_of(d, n, i)->option, state))
            return true;
    return holds_back(state, n->actor);
}

/* Whether the actor of the item, which did not take the last step, is where it
   was at the node before.  Where it is, is what it would do without chance:
   its first option.  */
static bool has_stayed(const struct dpor *d, const struct node *before,
                       const struct option *first)
{
    for (size_t i = 0; i < before->n; i++) {
        const struct option *o = &item_of(d, before, i)->option;
        if (o->choice.actor == first->choice.actor)
            return o->choice.chance == first->choice.chance
                   && same_touches(o, first);
    }
    return false;
}

static void add_item(struct dpor *d, struct node *n, const struct option *o)
{
    d->items = need_room(d->items, &d->items_room, n->first + n->n + 1,
                         sizeof *d->items);
    *item_of(d, n, n->n++) = (struct item){.option = *o};
}

/* Begins the node after the last event; it is not yet on the path.  */
static struct node *begin_node(struct dpor *d, const struct state *state)
{
    struct node *n;

    d->nodes =
        need_room(d->nodes, &d->nodes_room, d->depth + 1, sizeof *d->nodes);
    n = &d->nodes[d->depth];
    n->first = d->depth ? n[-1].first + n[-1].n : 0;
    n->n = 0;
    n->backtrack = n->moved = 0;
    n->is_barrier = false;
    n->is_value = is_value(state);
    for (int i = 0; i < state->n; i++)
        add_item(d, n, &state->options[i]);
    return n;
}

static bool could_go(const struct dpor *d, const struct node *n, uint8_t actor)
{
    const struct item *item = find(d, n, (struct choice){actor, CHANCE_GO});

    return item && item->option.enabled;
}

/* Finds out who is where it was, and who was brought here by the last event:
   created by it, or let go on by its end.  */
static void settle(struct dpor *d, struct node *n)
{
    const struct node *before = n - 1;
    const struct item *first = NULL;

    for (size_t i = 0; i < n->n; i++) {
        struct item *item = item_of(d, n, i);
        uint8_t actor = item->option.choice.actor;
        if (first && first->option.choice.actor == actor) {
            item->since = first->since;
            continue;
        }
        first = item;
        item->since = d->depth;
        if (!d->depth || actor == before->actor)
            continue;
        if (has_stayed(d, before, &item->option))
            item->since = find(d, before, item->option.choice)->since;
        else if (!could_go(d, before, actor))
            n->moved |= bit(actor);
    }
}

/* Others are where they were but can't do what they could: a time-out that was
   is none any more, or the state lists the values that one actor may choose.
   They are kept, so that the race is seen.  */
static void add_absent(struct dpor *d, struct node *n)
{
    const struct node *before = n - 1;

    for (size_t i = 0; i < before->n; i++) {
        struct item item = *item_of(d, before, i);
        uint8_t actor = item.option.choice.actor;
        if (actor == before->actor || (n->moved & bit(actor))
            || find(d, n, item.option.choice))
            continue;
        item.option.enabled = false;
        add_item(d, n, &item.option);
        item_of(d, n, n->n - 1)->since = item.since;
    }
}

/* Those who were moved come after the event that moved them.  */
static void follow(struct dpor *d, const struct node *n)
{
    for (uint32_t left = n->moved; left; left &= left - 1)
        join(&d->past[__builtin_ctz(left)], &n[-1].clock);
}

/* Looks for the races of what one actor is about to do at the node, the last
   one, with all events if that is new, else with the last event.  */
static void look(struct dpor *d, const struct node *n, const struct item *item)
{
    const struct option *o = &item->option;
    struct pending t = {.option = o,
                        .since = item->since,
                        .at = d->depth,
                        .past = &d->past[o->choice.actor]};
    const struct item *was;

    if (!d->depth)
        return;
    was = find(d, n - 1, o->choice);
    if (item->since == d->depth || depends(d, n - 1, &t)
        || (o->enabled && !(was && was->option.enabled)))
        find_races(d, &t);
}

/* What was tried before the last event, and does not depend on it, need not
   be tried after it.  */
static bool sleeps(const struct dpor *d, const struct node *n,
                   const struct item *item)
{
    const struct node *before = n - 1;
    const struct item *was;

    if (!d->depth || item->since == d->depth || before->is_barrier)
        return false;
    was = find(d, before, item->option.choice);
    return was && (was->asleep || (was->done && !was->is_barrier))
           && !options_conflict(event(d, before), &was->option);
}

/* Takes in the state after the last event.  Returns its node.  */
static struct node *observe(struct dpor *d, const struct state *state)
{
    struct node *n;

    if (d->depth && has_hidden_effect(d, state))
        make_barrier(d);
    n = begin_node(d, state);
    settle(d, n);
    if (d->depth)
        add_absent(d, n);
    follow(d, n);
    for (size_t i = 0; i < n->n; i++) {
        struct item *item = item_of(d, n, i);
        look(d, n, item);
        item->asleep = sleeps(d, n, item);
    }
    return n;
}

/* Chooses what is awake: the running thread, if it can go on, or else who can
   go on without chance.  Returns whether there is anything.  */
static bool pick(const struct search *s, struct node *n)
{
    const struct dpor *d = s->own;
    int best = -1;

    for (size_t i = 0; i < n->n; i++) {
        const struct item *item = item_of(d, n, i);
        const struct option *o = &item->option;
        int rank = 2 * option_goes(o) + (o->choice.actor == s->running);
        if (o->enabled && !item->asleep && rank > best) {
            best = rank;
            n->chosen = i;
        }
    }
    n->backtrack = best < 0 ? 0 : bit(event(d, n)->choice.actor);
    return best >= 0;
}

static int choose_again(struct search *s, const struct state *state)
{
    struct dpor *d = s->own;
    size_t at = d->at;
    const struct node *n = &d->nodes[at];
    int i = state_find(state, event(d, n)->choice, (int)n->chosen);

    if (i < 0) {
        search_diverged(s);
        d->depth = at;
        return i;
    }
    follow(d, n);
    if (at == d->depth - 1)
        take(d, at);
    else
        d->past[n->actor] = n->clock;
    return i;
}

static int dpor_choose(struct search *s, const struct state *state)
{
    struct dpor *d = s->own;
    struct node *n;

    if (d->at < d->depth) {
        int i = choose_again(s, state);
        if (i >= 0) {
            d->at++;
            return i;
        }
    }
    n = observe(d, state);
    if (!pick(s, n))
        return -1;
    take(d, d->depth++);
    d->at = d->depth;
    return (int)n->chosen;
}

static void dpor_end(struct search *s, const struct state *left)
{
    struct dpor *d = s->own;

    if (left)
        observe(d, left);
    else if (d->depth)
        make_barrier(d);
}

/* Chooses another item of the node.  Returns whether there is one.  */
static bool pick_other(struct dpor *d, struct node *n)
{
    item_of(d, n, n->chosen)->done = true;
    for (size_t i = 0; i < n->n; i++) {
        const struct item *item = item_of(d, n, i);
        if (item->option.enabled && !item->asleep && !item->done
            && (n->backtrack & bit(item->option.choice.actor))) {
            n->chosen = i;
            n->is_barrier = false;
            return true;
        }
    }
    return false;
}

static bool dpor_next(struct search *s)
{
    struct dpor *d = s->own;

    if (!s->began)
        return true;
    memset(d->past, 0, sizeof d->past);
    d->at = 0;
    while (d->depth && !pick_other(d, &d->nodes[d->depth - 1]))
        d->depth--;
    return d->depth > 0;
}

static void *dpor_new(const struct search_settings *settings)
{
    (void)settings;
    return need_new(1, sizeof(struct dpor));
}

static void dpor_free(void *own)
{
    struct dpor *d = own;

    free(d->nodes);
    free(d->items);
    free(d);
}

const struct strategy_calls strategy_dpor = {.new = dpor_new,
                                             .free = dpor_free,
                                             .next = dpor_next,
                                             .choose = dpor_choose,
                                             .end = dpor_end,
                                             .sees_alone = true};
