/* idle.c -- a loop that waits has a schedule in which it never ends, and no
   system has that schedule: its time slices do end.

   So who comes back to where it was has to let others come first (fair.h).  If
   it is in the same state as then, by its stack and registers, and has changed
   nothing in between, no schedule is lost: without the round that it made there
   is a shorter one to the same end.  If not, that it waits is a guess, as the
   loop may end by itself, after so many rounds: it is made after PATIENCE of
   them, and said (fair.has_held).
   Where a time-out was in the round the state can't be the same, as it is
   later: there the guess is made at once.

   Who does not yield is found out by taking the same step again, with the same
   answer, when it has changed nothing for PATIENCE steps: a short loop that
   only reads is not held up.  One step, or yield, is remembered, and another
   one after twice as many, which finds a loop of any length (Brent, "An
   Improved Monte Carlo Factorization Algorithm", 1980).

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "idle.h"

#include "buffer.h"

#include <string.h>

enum { PATIENCE = 8 };

static void begin_again(struct idle *i)
{
    i->steps = 0;
    i->next = PATIENCE;
    i->step = (struct mark){.pc = 0};
}

void idle_begin(struct idle *i)
{
    *i = (struct idle){.most_others = 1};
    begin_again(i);
}

static bool is_word(const struct step *s)
{
    return s->kind == KIND_MEMORY && s->size <= sizeof(uint64_t);
}

void idle_before(struct idle *i, const struct step *next)
{
    i->is_known = is_word(next) && !buffer_is_on();
    i->old = 0;
    if (i->is_known)
        memcpy(&i->old, next->object, next->size);
}

static bool has_effect(const struct idle *i, const struct step *s)
{
    switch (s->op) {
    case OP_READ:
    case OP_LOAD:
    case OP_LOOK:
    case OP_YIELD:
    case OP_SLEEP:
        return false;
    case OP_TRY_ACQUIRE:
        return s->result == 0;
    case OP_WRITE:
    case OP_STORE:
    case OP_RMW:
        return !i->is_known || !s->has_value || s->value != i->old;
    default:
        return true;
    }
}

static bool is_at(const struct mark *m, const struct step *s)
{
    return m->pc && s->pc == m->pc && s->object == m->object;
}

void idle_after(struct idle *i, const struct step *last)
{
    bool is_marked = is_at(&i->step, last);

    i->time_outs += last->chance == CHANCE_TIME_OUT;
    if (has_effect(i, last))
        i->effects++;
    if (has_effect(i, last)
        || (is_marked && i->has_value && last->value != i->value)) {
        begin_again(i);
        return;
    }
    i->steps++;
    if (is_marked && !i->has_value) {
        i->value = last->value;
        i->has_value = true;
    }
}

static struct mark mark_of(const struct idle *i, const struct step *next,
                           uint64_t local)
{
    return (struct mark){.pc = next->pc,
                         .object = next->object,
                         .local = local,
                         .changes = i->changes,
                         .effects = i->effects,
                         .time_outs = i->time_outs};
}

/* The thread has come back to the mark, which is set anew.  */
static enum yield come_back(struct mark *m, struct mark now)
{
    struct mark was = *m;

    *m = now;
    m->visits = was.visits + 1;
    if (was.local == now.local && was.changes == now.changes)
        return was.effects == now.effects ? YIELD_AGAIN : YIELD_GUESS;
    if (was.time_outs != now.time_outs)
        return YIELD_GUESS;
    return m->visits < PATIENCE ? YIELD_ONCE : YIELD_GUESS;
}

enum yield idle_yields(struct idle *i, const struct step *next, uint64_t local)
{
    struct mark now = mark_of(i, next, local);

    if (is_at(&i->yield, next))
        return come_back(&i->yield, now);
    if (++i->others >= i->most_others) {
        i->yield = now;
        i->others = 0;
        i->most_others *= 2;
    }
    return YIELD_ONCE;
}

bool idle_is_state_wanted(const struct idle *i, const struct step *next)
{
    return i->steps >= i->next || is_at(&i->step, next);
}

enum yield idle_repeats(struct idle *i, const struct step *next, uint64_t local)
{
    struct mark now = mark_of(i, next, local);
    enum yield yield = YIELD_NONE;

    if (is_at(&i->step, next)) {
        yield = come_back(&i->step, now);
    } else if (i->steps >= i->next) {
        i->step = now;
        i->has_value = false;
        i->next = 2 * i->next;
    }
    return yield == YIELD_ONCE ? YIELD_NONE : yield;
}
