/* model_signal.c -- semaphores and events.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "model.h"
#include "point.h"

#include <errno.h>

/* Semaphores.  */

static bool has_token(const struct intent *i)
{
    return point_of(i)->object->tokens > 0;
}

static int take(struct object *o)
{
    o->tokens--;
    point_value(o->tokens);
    return point_answer(0);
}

static int try_to_take(struct object *o, uintptr_t pc, int refusal)
{
    point_at_once(OP_TRY_ACQUIRE, o, CHANGES, ORDER_ACQUIRE, pc);
    if (o->tokens > 0)
        return take(o);
    point_value(0);
    return point_failed(refusal);
}

int model_take(struct object *o, const struct caller *c)
{
    struct point p = point_at(OP_ACQUIRE, o, c->pc);

    if (point_has_passed(c->until))
        return try_to_take(o, c->pc, ETIMEDOUT);
    p.intent.is_enabled = has_token;
    point_until(&p, c->until);
    point_touches(&p, o, CHANGES, ORDER_ACQUIRE);
    if (point_times_out(&p, c->until))
        return point_failed(ETIMEDOUT);
    return take(o);
}

int model_try_take(struct object *o, uintptr_t pc)
{
    return try_to_take(o, pc, EBUSY);
}

int model_give(struct object *o, uint32_t n, uintptr_t pc)
{
    if (n == 0)
        return model_locally(o, OP_RELEASE, pc, EINVAL);
    point_at_once(OP_RELEASE, o, CHANGES, ORDER_RELEASE, pc);
    engine_step()->count = n;
    if (n > o->most || o->tokens > o->most - n) {
        point_value(o->tokens);
        return point_failed(EOVERFLOW);
    }
    o->tokens += n;
    point_value(o->tokens);
    return point_answer(0);
}

uint64_t model_tokens(struct object *o, uintptr_t pc)
{
    point_at_once(OP_LOOK, o, LOOKS, ORDER_NONE, pc);
    point_value(o->tokens);
    return o->tokens;
}

/* Events.  To begin to wait and to be let through is one step: who is let
   through by a set and runs after the clear does what it would have done
   before.  */

static bool is_set(const struct intent *i)
{
    return point_of(i)->object->is_set;
}

void model_set(struct object *o, uintptr_t pc)
{
    point_at_once(OP_SET, o, CHANGES, ORDER_RELEASE, pc);
    engine_step()->count = o->is_set ? 0 : o->queue.length;
    o->is_set = true;
    point_value(true);
}

void model_clear(struct object *o, uintptr_t pc)
{
    point_at_once(OP_CLEAR, o, CHANGES, ORDER_ACQUIRE, pc);
    o->is_set = false;
    point_value(false);
}

bool model_is_set(struct object *o, uintptr_t pc)
{
    point_at_once(OP_LOOK, o, LOOKS, ORDER_ACQUIRE, pc);
    point_value(o->is_set);
    return o->is_set;
}

int model_wait_set(struct object *o, const struct caller *c)
{
    struct point p = point_at(OP_WAIT, o, c->pc);
    bool out;

    point_until(&p, c->until);
    p.intent.is_enabled = p.passed ? NULL : is_set;
    point_touches(&p, o, LOOKS, ORDER_ACQUIRE);
    o->queue.length++;
    out = point_times_out(&p, c->until);
    o->queue.length--;
    if (out || !o->is_set)
        return point_failed(ETIMEDOUT);
    return point_answer(0);
}
