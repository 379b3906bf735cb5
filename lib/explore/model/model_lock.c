/* model_lock.c -- locks: of one thread at a time, of readers and writers, and
   what is done once.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "model.h"
#include "point.h"

#include <interlock/rlock.h>

#include <errno.h>

static bool is_free(const struct object *o)
{
    return o->owner == NOBODY && o->readers == 0;
}

static bool may_acquire(const struct intent *i)
{
    return is_free(point_of(i)->object);
}

static int own(struct object *o)
{
    if (o->is_dead)
        return point_failed_undefined(EINVAL);
    o->owner = engine_self();
    o->depth = 1;
    return point_answer(0);
}

/* The caller is the owner of *o, and may have one level more.  */
static int own_again(struct object *o, enum op op, uintptr_t pc)
{
    if (o->depth == IL__RLOCK_MAX)
        return model_locally(o, op, pc, EOVERFLOW);
    o->depth++;
    return model_locally(o, op, pc, 0);
}

static int try_for(struct object *o, uintptr_t pc, int refusal)
{
    point_at_once(OP_TRY_ACQUIRE, o, CHANGES, ORDER_ACQUIRE, pc);
    return is_free(o) ? own(o) : point_failed(refusal);
}

int model_acquire(struct object *o, const struct caller *c)
{
    bool is_mine = o->owner == engine_self();
    struct point p = point_at(OP_ACQUIRE, o, c->pc);

    if (is_mine && o->is_recursive)
        return own_again(o, OP_ACQUIRE, c->pc);
    if (is_mine && o->is_checked)
        return model_locally(o, OP_ACQUIRE, c->pc, EDEADLK);
    if (point_has_passed(c->until))
        return try_for(o, c->pc, ETIMEDOUT);
    p.intent.is_enabled = may_acquire;
    point_until(&p, c->until);
    point_touches(&p, o, CHANGES, ORDER_ACQUIRE);
    if (point_times_out(&p, c->until))
        return point_failed(ETIMEDOUT);
    return own(o);
}

int model_try_acquire(struct object *o, uintptr_t pc)
{
    if (o->owner == engine_self() && o->is_recursive)
        return own_again(o, OP_TRY_ACQUIRE, pc);
    return try_for(o, pc, EBUSY);
}

/* What is released is not the caller's.  */
static int release_none(struct object *o, uintptr_t pc)
{
    int r = model_locally(o, OP_RELEASE, pc, EPERM);

    engine_step()->is_undefined = !model_tells_owner(o);
    return r;
}

int model_release(struct object *o, uintptr_t pc)
{
    bool is_mine = o->owner == engine_self();

    if (o->is_owned && !is_mine)
        return release_none(o, pc);
    if (is_mine && o->depth > 1) {
        o->depth--;
        return model_locally(o, OP_RELEASE, pc, 0);
    }
    point_at_once(OP_RELEASE, o, CHANGES, ORDER_RELEASE, pc);
    if (o->owner == NOBODY)
        return point_failed(EPERM);
    o->owner = NOBODY;
    o->depth = 0;
    return point_answer(0);
}

bool model_tells_owner(const struct object *o)
{
    switch (o->kind) {
    case KIND_MUTEX:
        return o->is_checked || o->is_recursive;
    case KIND_RWLOCK:
    case KIND_SPINLOCK:
        return false;
    default:
        return true;
    }
}

bool model_is_held(struct object *o, uintptr_t pc)
{
    point_at_once(OP_LOOK, o, LOOKS, ORDER_NONE, pc);
    point_value(o->owner != NOBODY);
    return o->owner != NOBODY;
}

int model_destroy(struct object *o, uintptr_t pc)
{
    point_at_once(OP_RESET, o, CHANGES, ORDER_NONE, pc);
    if (!is_free(o) || o->queue.length > 0)
        return point_failed_undefined(EBUSY);
    o->is_dead = true;
    return point_answer(0);
}

/* Readers and writers: readers come first, as in glibc by default.  */

static bool may_read(const struct intent *i)
{
    return point_of(i)->object->owner == NOBODY;
}

static int read_as_one_more(struct object *o)
{
    if (o->is_dead)
        return point_failed_undefined(EINVAL);
    o->readers++;
    o->reads[engine_self()]++;
    return point_answer(0);
}

static int try_to_read(struct object *o, uintptr_t pc, int refusal)
{
    point_at_once(OP_TRY_ACQUIRE, o, CHANGES, ORDER_ACQUIRE, pc);
    return o->owner == NOBODY ? read_as_one_more(o) : point_failed(refusal);
}

int model_read_acquire(struct object *o, const struct caller *c)
{
    struct point p = point_at(OP_ACQUIRE, o, c->pc);

    if (o->owner == engine_self())
        return model_locally(o, OP_ACQUIRE, c->pc, EDEADLK);
    if (point_has_passed(c->until))
        return try_to_read(o, c->pc, ETIMEDOUT);
    p.intent.is_enabled = may_read;
    point_until(&p, c->until);
    point_touches(&p, o, CHANGES, ORDER_ACQUIRE);
    if (point_times_out(&p, c->until))
        return point_failed(ETIMEDOUT);
    return read_as_one_more(o);
}

int model_try_read_acquire(struct object *o, uintptr_t pc)
{
    return try_to_read(o, pc, EBUSY);
}

int model_rw_release(struct object *o, uintptr_t pc)
{
    int me = engine_self();

    if (o->owner == me)
        return model_release(o, pc);
    if (o->reads[me] == 0)
        return release_none(o, pc);
    point_at_once(OP_RELEASE, o, CHANGES, ORDER_RELEASE, pc);
    o->readers--;
    o->reads[me]--;
    return point_answer(0);
}

/* Once: a lock that is there to be acquired until it was done.  */

static bool is_settled(const struct intent *i)
{
    return point_of(i)->object->owner == NOBODY;
}

bool model_once(struct object *o, uintptr_t pc)
{
    struct point p = point_at(OP_ACQUIRE, o, pc);

    p.intent.is_enabled = is_settled;
    point_touches(&p, o, CHANGES, ORDER_ACQUIRE);
    engine_point(&p.intent);
    if (o->is_set)
        return false;
    o->owner = engine_self();
    return true;
}

void model_once_done(struct object *o, uintptr_t pc)
{
    point_at_once(OP_RELEASE, o, CHANGES, ORDER_RELEASE, pc);
    o->owner = NOBODY;
    o->is_set = true;
}
