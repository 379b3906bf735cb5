/* interlock.c -- the seven primitives, for a program that is explored: locks,
   semaphores, and time.

   The names are those of the library, and so are the answers; what happens is
   the model's.  An object's bytes say how it begins and are not written after
   its initialisation.

   SPDX-License-Identifier: MIT */

#define IL_EXPLORE /* the headers declare what is defined here */

#include <config.h>

#include "interlock.h"

/* The objects.  */

struct object *interlock_lock(const il_lock *l)
{
    return model_object(l, sizeof *l, KIND_LOCK, NULL);
}

static void begin_rlock(struct object *o)
{
    o->is_owned = o->is_recursive = true;
}

struct object *interlock_rlock(const il_rlock *r)
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
    return model_acquire(interlock_lock(l), FOREVER);
}

int il_lock_try_acquire(il_lock *l)
{
    return model_try_acquire(interlock_lock(l), PROGRAM_PC);
}

int il_lock_acquire_until(il_lock *l, il_deadline until)
{
    return model_acquire(interlock_lock(l), UNTIL(until));
}

int il_lock_release(il_lock *l)
{
    return model_release(interlock_lock(l), PROGRAM_PC);
}

bool il_lock_locked(const il_lock *l)
{
    return model_is_held(interlock_lock(l), PROGRAM_PC);
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
    return model_acquire(interlock_rlock(r), FOREVER);
}

int il_rlock_try_acquire(il_rlock *r)
{
    return model_try_acquire(interlock_rlock(r), PROGRAM_PC);
}

int il_rlock_acquire_until(il_rlock *r, il_deadline until)
{
    return model_acquire(interlock_rlock(r), UNTIL(until));
}

int il_rlock_release(il_rlock *r)
{
    return model_release(interlock_rlock(r), PROGRAM_PC);
}

bool il_rlock_locked(const il_rlock *r)
{
    return model_is_held(interlock_rlock(r), PROGRAM_PC);
}

bool il_rlock_owned(const il_rlock *r)
{
    return interlock_rlock(r)->owner == engine_self();
}

uint32_t il_rlock_depth(const il_rlock *r)
{
    return il_rlock_owned(r) ? interlock_rlock(r)->depth : 0;
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
