/* model.c -- objects by their address; locks, semaphores, events.

   Objects that were in use are put back in a list when an execution begins:
   no execution makes more of them than it has at a time.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "model.h"

#include "point.h"

#include <interlock/rlock.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { BUCKETS = 256 };

static struct object *buckets[BUCKETS];
static struct object *spare;

/* Where all objects lie, so that most writes of the program need no look.  */
static uintptr_t lowest = UINTPTR_MAX, highest;

static struct object **bucket_of(const void *at)
{
    return &buckets[((uintptr_t)at >> 3) % BUCKETS];
}

static void drop(struct object **link)
{
    struct object *o = *link;
    *link = o->next;
    o->next = spare;
    spare = o;
}

static void forget_all(void)
{
    for (int i = 0; i < BUCKETS; i++)
        while (buckets[i])
            drop(&buckets[i]);
    lowest = UINTPTR_MAX;
    highest = 0;
}

__attribute__((constructor)) static void begin(void)
{
    engine_at_start(forget_all);
}

static struct object *new_object(void)
{
    struct object *o = spare;
    if (o)
        spare = o->next;
    else if (!(o = malloc(sizeof *o)))
        abort();
    return o;
}

/* What only the model can answer is asked before main.  */
static _Noreturn void fail_outside(void)
{
    fputs("interlock-explore: an il_ call of a program that is compiled with "
          "IL_EXPLORE, but not explored.\n",
          stderr);
    abort();
}

struct object *model_object(const void *at, size_t size, enum kind kind,
                            void (*begin_as)(struct object *o))
{
    struct object **bucket = bucket_of(at);
    struct object *o = *bucket;

    if (!engine_is_on())
        fail_outside();
    while (o && (o->at != at || o->kind != kind))
        o = o->next;
    if (o)
        return o;
    o = new_object();
    *o = (struct object){.next = *bucket,
                         .at = at,
                         .size = size,
                         .kind = kind,
                         .owner = NOBODY,
                         .timeout = -1};
    if (begin_as)
        begin_as(o);
    *bucket = o;
    if ((uintptr_t)at < lowest)
        lowest = (uintptr_t)at;
    if ((uintptr_t)at + size > highest)
        highest = (uintptr_t)at + size;
    return o;
}

void model_forget(const void *at, enum kind kind)
{
    for (struct object **o = bucket_of(at); *o; o = &(*o)->next)
        if ((*o)->at == at && (*o)->kind == kind) {
            drop(o);
            return;
        }
}

static bool overlaps(const struct object *o, const void *at, size_t size)
{
    return (uintptr_t)o->at < (uintptr_t)at + size
           && (uintptr_t)at < (uintptr_t)o->at + o->size;
}

void model_written(const void *at, size_t size)
{
    if ((uintptr_t)at >= highest || (uintptr_t)at + size <= lowest)
        return;
    for (int i = 0; i < BUCKETS; i++)
        for (struct object **o = &buckets[i]; *o;)
            if (overlaps(*o, at, size))
                drop(o);
            else
                o = &(*o)->next;
}

/* Points.  */

void point_touches(struct point *p, const struct object *o, enum use use,
                   enum order order)
{
    struct step *s = &p->intent.step;
    s->touch[s->touches++] = (struct touch){.at = (uintptr_t)o->at,
                                            .size = 1,
                                            .is_object = true,
                                            .writes = use == CHANGES,
                                            .order = (uint8_t)order};
}

struct point point_at(enum op op, struct object *o, uintptr_t pc)
{
    return (struct point){.intent.step = {.op = op,
                                          .kind = o->kind,
                                          .object = o->at,
                                          .other = -1,
                                          .pc = pc},
                          .object = o};
}

bool point_has_passed(int64_t until)
{
    return until <= engine_now();
}

void point_until(struct point *p, int64_t until)
{
    p->passed = point_has_passed(until);
    p->intent.may_time_out = until != MODEL_NEVER && !p->passed;
}

bool point_times_out(struct point *p, int64_t until)
{
    if (engine_point(&p->intent) != CHANCE_TIME_OUT)
        return false;
    engine_time_passes(until);
    return true;
}

int point_answer(int r)
{
    engine_step()->result = r;
    return engine_hides_answer() ? 0 : r;
}

int point_undefined(int r)
{
    engine_step()->is_undefined = true;
    return point_answer(r);
}

void point_value(uint64_t value)
{
    engine_step()->has_value = true;
    engine_step()->value = value;
}

int model_locally(const struct object *o, enum op op, uintptr_t pc, int r)
{
    struct intent i = {.step = {.op = op,
                                .kind = o->kind,
                                .object = o->at,
                                .other = -1,
                                .pc = pc},
                       .is_local = true};
    engine_point(&i);
    return point_answer(r);
}

/* The point of a call that answers at once.  */
static void at_once(enum op op, struct object *o, enum use use,
                    enum order order, uintptr_t pc)
{
    struct point p = point_at(op, o, pc);
    point_touches(&p, o, use, order);
    engine_point(&p.intent);
}

/* A call that failed has neither changed nor ordered anything.  */
static void change_nothing(void)
{
    engine_step()->touch[0].writes = false;
    engine_step()->touch[0].order = ORDER_NONE;
}

static int failed(int r)
{
    change_nothing();
    return point_answer(r);
}

static int failed_undefined(int r)
{
    change_nothing();
    return point_undefined(r);
}

/* Locks.  */

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
        return failed_undefined(EINVAL);
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
    at_once(OP_TRY_ACQUIRE, o, CHANGES, ORDER_ACQUIRE, pc);
    return is_free(o) ? own(o) : failed(refusal);
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
        return failed(ETIMEDOUT);
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
    at_once(OP_RELEASE, o, CHANGES, ORDER_RELEASE, pc);
    if (o->owner == NOBODY)
        return failed(EPERM);
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
    at_once(OP_LOOK, o, LOOKS, ORDER_NONE, pc);
    point_value(o->owner != NOBODY);
    return o->owner != NOBODY;
}

int model_destroy(struct object *o, uintptr_t pc)
{
    at_once(OP_RESET, o, CHANGES, ORDER_NONE, pc);
    if (!is_free(o) || o->queue.length > 0)
        return failed_undefined(EBUSY);
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
        return failed_undefined(EINVAL);
    o->readers++;
    o->reads[engine_self()]++;
    return point_answer(0);
}

static int try_to_read(struct object *o, uintptr_t pc, int refusal)
{
    at_once(OP_TRY_ACQUIRE, o, CHANGES, ORDER_ACQUIRE, pc);
    return o->owner == NOBODY ? read_as_one_more(o) : failed(refusal);
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
        return failed(ETIMEDOUT);
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
    at_once(OP_RELEASE, o, CHANGES, ORDER_RELEASE, pc);
    o->readers--;
    o->reads[me]--;
    return point_answer(0);
}

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
    at_once(OP_TRY_ACQUIRE, o, CHANGES, ORDER_ACQUIRE, pc);
    if (o->tokens > 0)
        return take(o);
    point_value(0);
    return failed(refusal);
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
        return failed(ETIMEDOUT);
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
    at_once(OP_RELEASE, o, CHANGES, ORDER_RELEASE, pc);
    engine_step()->count = n;
    if (n > o->most || o->tokens > o->most - n) {
        point_value(o->tokens);
        return failed(EOVERFLOW);
    }
    o->tokens += n;
    point_value(o->tokens);
    return point_answer(0);
}

uint64_t model_tokens(struct object *o, uintptr_t pc)
{
    at_once(OP_LOOK, o, LOOKS, ORDER_NONE, pc);
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
    at_once(OP_SET, o, CHANGES, ORDER_RELEASE, pc);
    engine_step()->count = o->is_set ? 0 : o->queue.length;
    o->is_set = true;
    point_value(true);
}

void model_clear(struct object *o, uintptr_t pc)
{
    at_once(OP_CLEAR, o, CHANGES, ORDER_ACQUIRE, pc);
    o->is_set = false;
    point_value(false);
}

bool model_is_set(struct object *o, uintptr_t pc)
{
    at_once(OP_LOOK, o, LOOKS, ORDER_ACQUIRE, pc);
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
        return failed(ETIMEDOUT);
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
    at_once(OP_RELEASE, o, CHANGES, ORDER_RELEASE, pc);
    o->owner = NOBODY;
    o->is_set = true;
}
