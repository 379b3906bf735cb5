/* idle.c -- a loop that waits without a yield has a schedule in which it never
   ends, and no system has that schedule: its time slices do end.

   So who takes the same step again, with the same answer, and has changed
   nothing in between, gives way as if it had called sched_yield.  That takes at
   least PATIENCE steps: a short loop that only reads is not held up.  One step
   is remembered, and another one after twice as many, which finds a circle of
   any length (Brent, "An Improved Monte Carlo Factorization Algorithm", 1980).

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "idle.h"

#include <string.h>

enum { PATIENCE = 8 };

void idle_begin(struct idle *i)
{
    *i = (struct idle){.next = PATIENCE};
}

static bool is_word(const struct step *s)
{
    return s->kind == KIND_MEMORY && s->size <= sizeof(uint64_t);
}

void idle_before(struct idle *i, const struct step *next)
{
    i->is_known = is_word(next);
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

static void remember(struct idle *i, const struct step *s)
{
    i->pc = s->pc;
    i->object = s->object;
    i->value = s->value;
    i->next = 2 * i->next;
}

static bool is_remembered(const struct idle *i, const struct step *s)
{
    return i->steps >= PATIENCE && s->pc == i->pc && s->object == i->object;
}

bool idle_repeats(struct idle *i, const struct step *last,
                  const struct step *next)
{
    if (has_effect(i, last)
        || (is_remembered(i, last) && last->value != i->value))
        idle_begin(i);
    else if (++i->steps == i->next)
        remember(i, last);
    return is_remembered(i, next);
}
