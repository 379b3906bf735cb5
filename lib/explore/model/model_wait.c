/* model_wait.c -- conditions and barriers: queues of threads.

   A wait is more than one step, because others may come between them: to begin
   (and to give up the lock), to be woken, to have the lock again.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "model.h"
#include "point.h"

#include <errno.h>
#include <stddef.h>

enum { UNDECIDED = -1 };

static void queue_add(struct queue *q, struct waiter *w)
{
    *w = (struct waiter){
        .thread = engine_self(), .queued = true, .answer = UNDECIDED};
    if (q->last)
        q->last->next = w;
    else
        q->first = w;
    q->last = w;
    q->length++;
}

static struct waiter *queue_take(struct queue *q)
{
    struct waiter *w = q->first;
    q->first = w->next;
    if (!q->first)
        q->last = NULL;
    q->length--;
    w->next = NULL;
    w->queued = false;
    return w;
}

static void queue_remove(struct queue *q, struct waiter *w)
{
    struct waiter *before = NULL;

    if (q->first == w) {
        queue_take(q);
        return;
    }
    for (before = q->first; before->next != w;)
        before = before->next;
    before->next = w->next;
    if (q->last == w)
        q->last = before;
    q->length--;
    w->queued = false;
}

/* Conditions.  */

static bool holds(const struct object *lock)
{
    return lock->is_owned ? lock->owner == engine_self()
                          : lock->owner != NOBODY;
}

/* Gives up the lock.  Returns how many levels are to be taken back.  */
static uint32_t give_up(struct object *lock, bool all_levels)
{
    uint32_t levels = all_levels ? lock->depth : 1;
    lock->depth -= levels;
    if (lock->depth == 0)
        lock->owner = NOBODY;
    return levels;
}

static bool is_notified(const struct intent *i)
{
    return point_of(i)->passed || !point_of(i)->waiter->queued;
}

/* Waits to be notified.  Returns 0 or ETIMEDOUT.  */
static int be_notified(struct object *condition, const struct waiter *me,
                       const struct caller *c, bool may_be_spurious)
{
    struct point p = point_at(OP_WAKE, condition, c->pc);
    bool out;

    p.waiter = me;
    p.intent.is_enabled = is_notified;
    p.intent.may_be_spurious = may_be_spurious;
    point_until(&p, c->until);
    point_touches(&p, condition,
                  may_be_spurious || c->until != MODEL_NEVER ? CHANGES : LOOKS,
                  ORDER_ACQUIRE);
    out = point_times_out(&p, c->until);
    return out || (p.passed && me->queued) ? ETIMEDOUT : 0;
}

static bool may_have_back(const struct intent *i)
{
    int owner = point_of(i)->lock->owner;
    return owner == NOBODY || owner == point_of(i)->waiter->thread;
}

/* Takes `levels` of the lock back.  */
static void have_back(struct object *condition, struct object *lock,
                      uint32_t levels, const struct waiter *me, uintptr_t pc)
{
    struct point p = point_at(OP_ACQUIRE, lock, pc);

    p.lock = lock;
    p.waiter = me;
    p.intent.is_enabled = may_have_back;
    point_touches(&p, lock, CHANGES, ORDER_ACQUIRE);
    if (me->queued)
        point_touches(&p, condition, CHANGES, ORDER_NONE);
    engine_point(&p.intent);
    lock->owner = me->thread;
    lock->depth += levels;
}

int model_wait(struct object *condition, struct object *lock,
               const struct caller *c, const struct wait_style *style)
{
    struct point p = point_at(OP_WAIT, condition, c->pc);
    struct waiter me;
    uint32_t levels;
    int r;

    point_touches(&p, condition, CHANGES, ORDER_NONE);
    point_touches(&p, lock, CHANGES, ORDER_RELEASE);
    engine_point(&p.intent);
    if (condition->is_dead)
        return point_undefined(EINVAL);
    if (!holds(lock))
        return model_tells_owner(lock) ? point_answer(EPERM)
                                       : point_undefined(EPERM);
    queue_add(&condition->queue, &me);
    levels = give_up(lock, style->all_levels);
    r = be_notified(condition, &me, c, style->may_be_spurious);
    if (me.queued && !(r == ETIMEDOUT && style->stays_queued))
        queue_remove(&condition->queue, &me);
    have_back(condition, lock, levels, &me, c->pc);
    if (r == ETIMEDOUT && style->stays_queued) {
        if (me.queued)
            queue_remove(&condition->queue, &me);
        else
            r = 0;
    }
    return point_answer(r);
}

int model_notify(struct object *condition, struct object *lock, uint32_t n,
                 uintptr_t pc)
{
    struct point p = point_at(OP_NOTIFY, condition, pc);
    uint32_t woken = 0;

    point_touches(&p, condition, CHANGES, ORDER_RELEASE);
    if (lock)
        point_touches(&p, lock, LOOKS, ORDER_NONE);
    engine_point(&p.intent);
    engine_step()->count = condition->queue.length;
    if (condition->is_dead)
        return point_undefined(EINVAL);
    if (lock && !holds(lock))
        return point_answer(EPERM);
    if (n > 0 && condition->queue.first)
        engine_step()->other = condition->queue.first->thread;
    for (; woken < n && condition->queue.first; woken++)
        queue_take(&condition->queue);
    point_value(woken);
    return point_answer(0);
}

uint32_t model_waiting(struct object *o, uintptr_t pc)
{
    struct point p = point_at(OP_LOOK, o, pc);

    point_touches(&p, o, LOOKS, ORDER_NONE);
    engine_point(&p.intent);
    point_value(o->queue.length);
    return o->queue.length;
}

/* Barriers.  */

/* Takes the parties of the round that fills, who are owed their answer.  */
static struct waiter *take_parties(struct object *o)
{
    struct waiter *parties = o->queue.first;
    for (struct waiter *w = parties; w; w = w->next)
        w->queued = false;
    o->queue = (struct queue){0};
    return parties;
}

static void answer_parties(struct waiter *parties, int answer)
{
    for (struct waiter *w = parties; w; w = w->next)
        w->answer = answer;
}

static void cancel_round(struct object *o, bool breaks)
{
    answer_parties(take_parties(o), ECANCELED);
    o->cancels++;
    o->is_broken = breaks;
}

/* A point of a thread that has come to a barrier.  */
static struct point barrier_point(enum op op, struct object *o,
                                  const struct caller *c)
{
    struct point p = point_at(op, o, c->pc);
    point_touches(&p, o, CHANGES, ORDER_BOTH);
    return p;
}

static bool is_open(const struct intent *i)
{
    const struct point *p = point_of(i);
    return p->passed || !p->object->is_closed
           || p->object->cancels != p->cancels;
}

/* Waits until no action runs.  Returns 0, ETIMEDOUT or ECANCELED.  */
static int pass_gate(struct object *o, const struct caller *c)
{
    struct point p = barrier_point(OP_WAKE, o, c);
    uint32_t cancels = o->cancels;
    bool out;

    p.intent.is_enabled = is_open;
    p.cancels = cancels;
    point_until(&p, c->until);
    out = point_times_out(&p, c->until);
    if (o->cancels != cancels)
        return ECANCELED;
    if (!out && !o->is_closed)
        return o->is_broken ? ECANCELED : 0;
    cancel_round(o, true);
    return ETIMEDOUT;
}

/* Lets the round through, after the action if there is one.  */
static int finish_round(struct object *o, const struct caller *c)
{
    struct waiter *parties = take_parties(o);
    struct point p;
    int r = 0;

    if (o->action) {
        o->is_closed = true;
        point_answer(0);
        r = o->action(o->arg);
        p = barrier_point(OP_WAKE, o, c);
        engine_point(&p.intent);
        o->is_closed = false;
        if (r != 0)
            o->is_broken = true;
    }
    answer_parties(parties, r ? ECANCELED : 0);
    return r;
}

static bool is_decided(const struct intent *i)
{
    const struct point *p = point_of(i);
    return p->waiter->answer != UNDECIDED || (p->passed && p->waiter->queued);
}

/* Waits for the answer of the round.  */
static int wait_for_round(struct object *o, const struct caller *c)
{
    struct waiter me;
    struct point p;

    queue_add(&o->queue, &me);
    point_answer(0);
    do {
        p = barrier_point(OP_WAKE, o, c);
        p.waiter = &me;
        p.intent.is_enabled = is_decided;
        if (me.queued)
            point_until(&p, c->until);
        point_times_out(&p, c->until);
        if (me.queued) {
            queue_remove(&o->queue, &me);
            cancel_round(o, true);
            return ETIMEDOUT;
        }
    } while (me.answer == UNDECIDED);
    return me.answer;
}

static int arrive(struct object *o, uint32_t *index, const struct caller *c)
{
    uint32_t arrived = o->queue.length;
    int r =
        arrived + 1 == o->parties ? finish_round(o, c) : wait_for_round(o, c);
    if (r == 0 && index)
        *index = arrived;
    return r;
}

int model_arrive(struct object *o, uint32_t *index, const struct caller *c,
                 bool own_limit)
{
    struct caller in_round = *c;
    struct point p;
    int r = 0;

    if (o->parties == 0)
        return model_locally(o, OP_WAIT, c->pc, EINVAL);
    p = barrier_point(OP_WAIT, o, c);
    engine_point(&p.intent);
    if (o->is_broken)
        r = ECANCELED;
    else if (o->is_closed)
        r = pass_gate(o, c);
    if (own_limit && o->timeout >= 0)
        in_round.until = engine_now() + o->timeout;
    if (r == 0)
        r = arrive(o, index, &in_round);
    return point_answer(r);
}

void model_cancel(struct object *o, bool breaks, uintptr_t pc)
{
    struct point p = point_at(breaks ? OP_ABORT : OP_RESET, o, pc);

    point_touches(&p, o, CHANGES, ORDER_RELEASE);
    engine_point(&p.intent);
    cancel_round(o, breaks);
    point_answer(0);
}

bool model_is_broken(struct object *o, uintptr_t pc)
{
    struct point p = point_at(OP_LOOK, o, pc);

    point_touches(&p, o, LOOKS, ORDER_NONE);
    engine_point(&p.intent);
    point_value(o->is_broken);
    return o->is_broken;
}
