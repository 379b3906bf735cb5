/* interlock_wait.c -- the seven primitives, for a program that is explored:
   those that threads wait for each other by.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "interlock.h"

/* The objects.  */

static void begin_event(struct object *o)
{
    const il_event *e = o->at;
    o->is_set = e->il_word & IL__EVENT_SET;
}

static struct object *event_of(const il_event *e)
{
    return model_object(e, sizeof *e, KIND_EVENT, begin_event);
}

static struct object *condition_of(const il_condition *c)
{
    return model_object(c, sizeof *c, KIND_CONDITION, NULL);
}

static struct object *its_lock(const il_condition *c)
{
    return c->il_plain ? interlock_lock(c->il_plain)
                       : interlock_rlock(c->il_recursive);
}

static void begin_barrier(struct object *o)
{
    const il_barrier *b = o->at;
    o->parties = b->il_parties;
    o->action = b->il_action;
    o->arg = b->il_arg;
    o->timeout = b->il_timeout;
}

static struct object *barrier_of(const il_barrier *b)
{
    return model_object(b, sizeof *b, KIND_BARRIER, begin_barrier);
}

/* Event.  */

int il_event_init(il_event *e, unsigned flags)
{
    if (flags)
        return EINVAL;
    model_forget(e, KIND_EVENT);
    *e = (il_event)IL_EVENT_INIT;
    return 0;
}

bool il_event_is_set(const il_event *e)
{
    return model_is_set(event_of(e), PROGRAM_PC);
}

void il_event_set(il_event *e)
{
    model_set(event_of(e), PROGRAM_PC);
}

void il_event_clear(il_event *e)
{
    model_clear(event_of(e), PROGRAM_PC);
}

int il_event_wait(il_event *e)
{
    return model_wait_set(event_of(e), FOREVER);
}

int il_event_wait_until(il_event *e, il_deadline until)
{
    return model_wait_set(event_of(e), UNTIL(until));
}

/* There is no other process whose waiters could be in it.  */
void il_event_at_fork_reinit(il_event *e)
{
    (void)e;
}

/* Condition.  */

int il_condition_init(il_condition *c, il_lock *lock, unsigned flags)
{
    if (flags)
        return EINVAL;
    model_forget(c, KIND_CONDITION);
    *c = (il_condition)IL_CONDITION_INIT(lock);
    return 0;
}

int il_condition_init_rlock(il_condition *c, il_rlock *rlock, unsigned flags)
{
    if (flags)
        return EINVAL;
    model_forget(c, KIND_CONDITION);
    *c = (il_condition)IL_CONDITION_INIT_RLOCK(rlock);
    return 0;
}

int il_condition_acquire(il_condition *c)
{
    return model_acquire(its_lock(c), FOREVER);
}

int il_condition_try_acquire(il_condition *c)
{
    return model_try_acquire(its_lock(c), PROGRAM_PC);
}

int il_condition_acquire_until(il_condition *c, il_deadline until)
{
    return model_acquire(its_lock(c), UNTIL(until));
}

int il_condition_release(il_condition *c)
{
    return model_release(its_lock(c), PROGRAM_PC);
}

static int wait_as(il_condition *c, const struct caller *caller)
{
    static const struct wait_style style = {.all_levels = true,
                                            .stays_queued = true};
    return model_wait(condition_of(c), its_lock(c), caller, &style);
}

static int wait_for_as(il_condition *c, bool (*predicate)(void *), void *arg,
                       const struct caller *caller)
{
    int r = 0;
    while (!predicate(arg)) {
        if (r != 0)
            return r;
        r = wait_as(c, caller);
        if (engine_step()->result == EPERM)
            return r;
    }
    return 0;
}

int il_condition_wait(il_condition *c)
{
    return wait_as(c, FOREVER);
}

int il_condition_wait_until(il_condition *c, il_deadline until)
{
    return wait_as(c, UNTIL(until));
}

int il_condition_wait_for(il_condition *c, bool (*predicate)(void *), void *arg)
{
    return wait_for_as(c, predicate, arg, FOREVER);
}

int il_condition_wait_for_until(il_condition *c, bool (*predicate)(void *),
                                void *arg, il_deadline until)
{
    return wait_for_as(c, predicate, arg, UNTIL(until));
}

int il_condition_notify(il_condition *c)
{
    return model_notify(condition_of(c), its_lock(c), 1, PROGRAM_PC);
}

int il_condition_notify_n(il_condition *c, uint32_t n)
{
    return model_notify(condition_of(c), its_lock(c), n, PROGRAM_PC);
}

int il_condition_notify_all(il_condition *c)
{
    return model_notify(condition_of(c), its_lock(c), UINT32_MAX, PROGRAM_PC);
}

uint32_t il_condition_waiting(const il_condition *c)
{
    return model_waiting(condition_of(c), PROGRAM_PC);
}

void il_condition_at_fork_reinit(il_condition *c)
{
    model_forget(c, KIND_CONDITION);
    if (c->il_plain)
        il_lock_at_fork_reinit(c->il_plain);
    else
        il_rlock_at_fork_reinit(c->il_recursive);
}

/* Barrier.  */

int il_barrier_init(il_barrier *b, uint32_t parties, int (*action)(void *),
                    void *arg, unsigned flags)
{
    if (parties == 0 || flags)
        return EINVAL;
    model_forget(b, KIND_BARRIER);
    *b = (il_barrier)IL_BARRIER_INIT(parties);
    b->il_action = action;
    b->il_arg = arg;
    return 0;
}

int il_barrier_set_timeout(il_barrier *b, int64_t ns)
{
    b->il_timeout = ns;
    if (engine_is_on())
        barrier_of(b)->timeout = ns;
    return 0;
}

int il_barrier_wait(il_barrier *b, uint32_t *index)
{
    return model_arrive(barrier_of(b), index, FOREVER, true);
}

int il_barrier_wait_until(il_barrier *b, uint32_t *index, il_deadline until)
{
    return model_arrive(barrier_of(b), index, UNTIL(until), false);
}

int il_barrier_reset(il_barrier *b)
{
    model_cancel(barrier_of(b), false, PROGRAM_PC);
    return 0;
}

int il_barrier_abort(il_barrier *b)
{
    model_cancel(barrier_of(b), true, PROGRAM_PC);
    return 0;
}

uint32_t il_barrier_parties(const il_barrier *b)
{
    return b->il_parties;
}

uint32_t il_barrier_waiting(const il_barrier *b)
{
    return model_waiting(barrier_of(b), PROGRAM_PC);
}

bool il_barrier_broken(const il_barrier *b)
{
    return model_is_broken(barrier_of(b), PROGRAM_PC);
}
