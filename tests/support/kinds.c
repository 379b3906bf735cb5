/* kinds.c -- see kinds.h.

   SPDX-License-Identifier: MIT */

#include "kinds.h"

#include <string.h>

/* What has a holder: for each type the same functions, on the field of *o
   that is named like it.  */
#define HOOKS(type)                                                      \
    static int type##_acquire(struct object *o)                          \
    {                                                                    \
        return il_##type##_acquire(&o->type);                            \
    }                                                                    \
    static int type##_try_acquire(struct object *o)                      \
    {                                                                    \
        return il_##type##_try_acquire(&o->type);                        \
    }                                                                    \
    static int type##_acquire_until(struct object *o, il_deadline until) \
    {                                                                    \
        return il_##type##_acquire_until(&o->type, until);               \
    }                                                                    \
    static int type##_release(struct object *o)                          \
    {                                                                    \
        return il_##type##_release(&o->type);                            \
    }
HOOKS(lock)
HOOKS(rlock)
HOOKS(semaphore)
HOOKS(bounded_semaphore)
HOOKS(condition)

/* The same for what has been acquired before anybody waits for it.  */
#define BLOCK(type)                             \
    static void type##_block(struct object *o)  \
    {                                           \
        type##_init(o);                         \
        ck_assert_int_eq(type##_acquire(o), 0); \
    }

#define REINIT(type)                                    \
    static void type##_at_fork_reinit(struct object *o) \
    {                                                   \
        il_##type##_at_fork_reinit(&o->type);           \
    }
REINIT(lock)
REINIT(rlock)
REINIT(condition)

static void lock_init(struct object *o)
{
    o->lock = (il_lock)IL_LOCK_INIT;
}
BLOCK(lock)

static void rlock_init(struct object *o)
{
    o->rlock = (il_rlock)IL_RLOCK_INIT;
}
BLOCK(rlock)

static void semaphore_init(struct object *o)
{
    o->semaphore = (il_semaphore)IL_SEMAPHORE_INIT(1);
}
BLOCK(semaphore)

static void bounded_semaphore_init(struct object *o)
{
    o->bounded_semaphore = (il_bounded_semaphore)IL_BOUNDED_SEMAPHORE_INIT(1);
}
BLOCK(bounded_semaphore)

static void condition_init(struct object *o)
{
    lock_init(o);
    o->condition = (il_condition)IL_CONDITION_INIT(&o->lock);
    o->ready = false;
}

static void condition_init_rlock(struct object *o)
{
    rlock_init(o);
    o->condition = (il_condition)IL_CONDITION_INIT_RLOCK(&o->rlock);
    o->ready = false;
}

#define EXCLUSION(label, type, begin, reinit)             \
    {                                                     \
        label, begin, type##_acquire, type##_try_acquire, \
            type##_acquire_until, type##_release, reinit  \
    }
const struct exclusion exclusions[EXCLUSIONS] = {
    EXCLUSION("lock", lock, lock_init, lock_at_fork_reinit),
    EXCLUSION("rlock", rlock, rlock_init, rlock_at_fork_reinit),
    EXCLUSION("semaphore", semaphore, semaphore_init, NULL),
    EXCLUSION("bounded semaphore", bounded_semaphore, bounded_semaphore_init,
              NULL),
    EXCLUSION("condition on a lock", condition, condition_init,
              condition_at_fork_reinit),
    EXCLUSION("condition on an rlock", condition, condition_init_rlock,
              condition_at_fork_reinit),
};

static void event_block(struct object *o)
{
    o->event = (il_event)IL_EVENT_INIT;
}

static int event_wait(struct object *o)
{
    return il_event_wait(&o->event);
}

static int event_wait_until(struct object *o, il_deadline until)
{
    return il_event_wait_until(&o->event, until);
}

static int event_let(struct object *o)
{
    il_event_set(&o->event);
    return 0;
}

/* Leaves the condition's lock with the answer of the wait.  */
static int unlocked(struct object *o, int answer)
{
    il_condition_release(&o->condition);
    return answer;
}

static int condition_wait(struct object *o)
{
    il_condition_acquire(&o->condition);
    return unlocked(o, il_condition_wait(&o->condition));
}

static int condition_wait_until(struct object *o, il_deadline until)
{
    il_condition_acquire(&o->condition);
    return unlocked(o, il_condition_wait_until(&o->condition, until));
}

static bool is_ready(void *arg)
{
    const struct object *o = arg;
    return o->ready;
}

static int condition_wait_for(struct object *o)
{
    il_condition_acquire(&o->condition);
    return unlocked(o, il_condition_wait_for(&o->condition, is_ready, o));
}

static int condition_wait_for_until(struct object *o, il_deadline until)
{
    il_condition_acquire(&o->condition);
    return unlocked(
        o, il_condition_wait_for_until(&o->condition, is_ready, o, until));
}

static int condition_let(struct object *o)
{
    il_condition_acquire(&o->condition);
    o->ready = true;
    il_condition_notify(&o->condition);
    return il_condition_release(&o->condition);
}

static int barrier_wait(struct object *o)
{
    return il_barrier_wait(&o->barrier, NULL);
}

static int barrier_wait_until(struct object *o, il_deadline until)
{
    return il_barrier_wait_until(&o->barrier, NULL, until);
}

static void barrier_block(struct object *o)
{
    o->barrier = (il_barrier)IL_BARRIER_INIT(2);
}

/* The action of a barrier of one party: it keeps the next round waiting.  */
static int act(void *arg)
{
    struct object *o = arg;
    __atomic_store_n(&o->acting, true, __ATOMIC_RELEASE);
    return il_event_wait(&o->event);
}

static void *arrive(void *arg)
{
    return (void *)(intptr_t)barrier_wait(arg);
}

static void gate_block(struct object *o)
{
    event_block(o);
    __atomic_store_n(&o->acting, false, __ATOMIC_RELAXED);
    ck_assert_int_eq(il_barrier_init(&o->barrier, 1, act, o, 0), 0);
    thread_start(&o->actor, arrive, o);
    await(__atomic_load_n(&o->acting, __ATOMIC_ACQUIRE));
}

static int gate_let(struct object *o)
{
    il_event_set(&o->event);
    return (int)(intptr_t)thread_join(&o->actor);
}

const struct wait waits[WAITS] = {
    {"lock", lock_block, lock_acquire, lock_acquire_until, lock_release, true,
     false},
    {"rlock", rlock_block, rlock_acquire, rlock_acquire_until, rlock_release,
     true, false},
    {"semaphore", semaphore_block, semaphore_acquire, semaphore_acquire_until,
     semaphore_release, true, false},
    {"bounded semaphore", bounded_semaphore_block, bounded_semaphore_acquire,
     bounded_semaphore_acquire_until, bounded_semaphore_release, true, false},
    {"event", event_block, event_wait, event_wait_until, event_let, true,
     false},
    {"condition on a lock", condition_init, condition_wait,
     condition_wait_until, condition_let, false, false},
    {"condition on an rlock, with a predicate", condition_init_rlock,
     condition_wait_for, condition_wait_for_until, condition_let, true, false},
    {"barrier", barrier_block, barrier_wait, barrier_wait_until, barrier_wait,
     true, false},
    {"barrier whose action runs", gate_block, barrier_wait, barrier_wait_until,
     gate_let, false, true},
};

const struct wait *wait_named(const char *name)
{
    int i = 0;
    while (i < WAITS && strcmp(waits[i].name, name) != 0)
        i++;
    ck_assert_int_lt(i, WAITS);
    return &waits[i];
}
