/* interlock.c -- the seven primitives, for a program that is explored.

   The names are those of the library, and so are the answers; what happens is
   the model's.  An object's bytes say how it begins and are not written after
   its initialisation.

   SPDX-License-Identifier: MIT */

#define IL_EXPLORE /* the headers declare what is defined here */

#include <config.h>

#include <interlock.h>

#include "explore/model/model.h"
#include "program.h"
#include "virtual.h"

/* How long a call of the function that uses it waits.  */
#define FOREVER (&(struct caller){PROGRAM_PC, MODEL_NEVER})
#define UNTIL(deadline) \
    (&(struct caller){PROGRAM_PC, virtual_to_engine((deadline).il_ns)})

/* The objects.  */

static struct object *lock_of(const il_lock *l)
{
    return model_object(l, sizeof *l, KIND_LOCK, NULL);
}

static void begin_rlock(struct object *o)
{
    o->is_owned = o->is_recursive = true;
}

static struct object *rlock_of(const il_rlock *r)
{
    return model_object(r, sizeof *r, KIND_RLOCK, begin_rlock);
}

static void begin_semaphore(struct object *o)
{
    const il_semaphore *s = o->at;
    o->tokens = (uint32_t)s->il_state;
    o->most = IL_SEMAPHORE_MAX;
}

static struct object *semaphore_of(const il_semaphore *s)
{
    return model_object(s, sizeof *s, KIND_SEMAPHORE, begin_semaphore);
}

static void begin_bounded(struct object *o)
{
    const il_bounded_semaphore *s = o->at;
    o->tokens = (uint32_t)s->il_tokens.il_state;
    o->most = s->il_bound;
}

static struct object *bounded_of(const il_bounded_semaphore *s)
{
    return model_object(s, sizeof *s, KIND_BOUNDED, begin_bounded);
}

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
    return c->il_plain ? lock_of(c->il_plain) : rlock_of(c->il_recursive);
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

/* Lock.  */

int il_lock_init(il_lock *l, unsigned flags)
{
    if (flags)
        return EINVAL;
    il_lock_at_fork_reinit(l);
    return 0;
}

int il_lock_acquire(il_lock *l)
{
    return model_acquire(lock_of(l), FOREVER);
}

int il_lock_try_acquire(il_lock *l)
{
    return model_try_acquire(lock_of(l), PROGRAM_PC);
}

int il_lock_acquire_until(il_lock *l, il_deadline until)
{
    return model_acquire(lock_of(l), UNTIL(until));
}

int il_lock_release(il_lock *l)
{
    return model_release(lock_of(l), PROGRAM_PC);
}

bool il_lock_locked(const il_lock *l)
{
    return model_is_held(lock_of(l), PROGRAM_PC);
}

void il_lock_at_fork_reinit(il_lock *l)
{
    model_forget(l, KIND_LOCK);
    *l = (il_lock)IL_LOCK_INIT;
}

/* RLock.  What only its owner can change, its owner need not ask at a point. */

int il_rlock_init(il_rlock *r, unsigned flags)
{
    if (flags)
        return EINVAL;
    il_rlock_at_fork_reinit(r);
    return 0;
}

int il_rlock_acquire(il_rlock *r)
{
    return model_acquire(rlock_of(r), FOREVER);
}

int il_rlock_try_acquire(il_rlock *r)
{
    return model_try_acquire(rlock_of(r), PROGRAM_PC);
}

int il_rlock_acquire_until(il_rlock *r, il_deadline until)
{
    return model_acquire(rlock_of(r), UNTIL(until));
}

int il_rlock_release(il_rlock *r)
{
    return model_release(rlock_of(r), PROGRAM_PC);
}

bool il_rlock_locked(const il_rlock *r)
{
    return model_is_held(rlock_of(r), PROGRAM_PC);
}

bool il_rlock_owned(const il_rlock *r)
{
    return rlock_of(r)->owner == engine_self();
}

uint32_t il_rlock_depth(const il_rlock *r)
{
    return il_rlock_owned(r) ? rlock_of(r)->depth : 0;
}

void il_rlock_at_fork_reinit(il_rlock *r)
{
    model_forget(r, KIND_RLOCK);
    *r = (il_rlock)IL_RLOCK_INIT;
}

/* Semaphore.  */

int il_semaphore_init(il_semaphore *s, uint32_t value, unsigned flags)
{
    if (value > IL_SEMAPHORE_MAX || flags)
        return EINVAL;
    model_forget(s, KIND_SEMAPHORE);
    *s = (il_semaphore)IL_SEMAPHORE_INIT(value);
    return 0;
}

int il_semaphore_acquire(il_semaphore *s)
{
    return model_take(semaphore_of(s), FOREVER);
}

int il_semaphore_try_acquire(il_semaphore *s)
{
    return model_try_take(semaphore_of(s), PROGRAM_PC);
}

int il_semaphore_acquire_until(il_semaphore *s, il_deadline until)
{
    return model_take(semaphore_of(s), UNTIL(until));
}

int il_semaphore_release(il_semaphore *s)
{
    return model_give(semaphore_of(s), 1, PROGRAM_PC);
}

int il_semaphore_release_n(il_semaphore *s, uint32_t n)
{
    return model_give(semaphore_of(s), n, PROGRAM_PC);
}

uint32_t il_semaphore_value(const il_semaphore *s)
{
    return (uint32_t)model_tokens(semaphore_of(s), PROGRAM_PC);
}

/* BoundedSemaphore.  */

int il_bounded_semaphore_init(il_bounded_semaphore *s, uint32_t value,
                              unsigned flags)
{
    if (value > IL_SEMAPHORE_MAX || flags)
        return EINVAL;
    model_forget(s, KIND_BOUNDED);
    *s = (il_bounded_semaphore)IL_BOUNDED_SEMAPHORE_INIT(value);
    return 0;
}

int il_bounded_semaphore_acquire(il_bounded_semaphore *s)
{
    return model_take(bounded_of(s), FOREVER);
}

int il_bounded_semaphore_try_acquire(il_bounded_semaphore *s)
{
    return model_try_take(bounded_of(s), PROGRAM_PC);
}

int il_bounded_semaphore_acquire_until(il_bounded_semaphore *s,
                                       il_deadline until)
{
    return model_take(bounded_of(s), UNTIL(until));
}

int il_bounded_semaphore_release(il_bounded_semaphore *s)
{
    return model_give(bounded_of(s), 1, PROGRAM_PC);
}

int il_bounded_semaphore_release_n(il_bounded_semaphore *s, uint32_t n)
{
    return model_give(bounded_of(s), n, PROGRAM_PC);
}

uint32_t il_bounded_semaphore_value(const il_bounded_semaphore *s)
{
    return (uint32_t)model_tokens(bounded_of(s), PROGRAM_PC);
}

uint32_t il_bounded_semaphore_bound(const il_bounded_semaphore *s)
{
    return s->il_bound;
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

/* Time.  */

il_deadline il_never(void)
{
    return (il_deadline){INT64_MAX};
}

il_deadline il_after(int64_t ns)
{
    int64_t sum;
    if (ns <= 0)
        return (il_deadline){0};
    if (__builtin_add_overflow(virtual_now(), ns, &sum))
        return il_never();
    return (il_deadline){sum};
}

int64_t il_remaining(il_deadline deadline)
{
    int64_t left;
    if (deadline.il_ns == INT64_MAX)
        return INT64_MAX;
    if (deadline.il_ns <= 0)
        return 0;
    left = deadline.il_ns - virtual_now();
    return left > 0 ? left : 0;
}

int il_at(clockid_t clock, const struct timespec *time, il_deadline *deadline)
{
    int64_t ns;
    if (!virtual_has_clock(clock) || !virtual_is_time(time))
        return EINVAL;
    ns = virtual_from_timespec(time);
    deadline->il_ns = ns < 0 ? 0 : ns;
    return 0;
}

/* The library.  */

const char *il_version(void)
{
    return IL_VERSION;
}

const char *il_backend(void)
{
    return "explore";
}
