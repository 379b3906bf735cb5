/* timed.c -- this library with a deadline and without, where nobody has to
   wait: "interlock-until" does with a deadline an hour away what "interlock"
   does without one.  The deadline is a variable of the caller's: in a register,
   as where a program has just made it.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <interlock.h>

#include "run/run.h"
#include "templates/entrant.h"

static il_deadline later; /* written before the threads begin */

static inline void set_later(void)
{
    later = il_after(IL_SEC(3600));
}

#define NAME lock_plain
#define TYPE il_lock
#define INIT(x) il_lock_init(x, 0)
#define CALL(x)                  \
    if (il_lock_acquire(x) == 0) \
    (void)il_lock_release(x)
#define DESTROY(x) ((void)(x))
#include "templates/calls.h"

#define NAME lock_until
#define TYPE il_lock
#define INIT(x) ((void)il_lock_init(x, 0), set_later())
#define BEGIN(x) const il_deadline until = later
#define CALL(x)                               \
    if (il_lock_acquire_until(x, until) == 0) \
    (void)il_lock_release(x)
#define DESTROY(x) ((void)(x))
#include "templates/calls.h"

#define NAME rlock_plain
#define TYPE il_rlock
#define INIT(x) il_rlock_init(x, 0)
#define CALL(x)                   \
    if (il_rlock_acquire(x) == 0) \
    (void)il_rlock_release(x)
#define DESTROY(x) ((void)(x))
#include "templates/calls.h"

#define NAME rlock_until
#define TYPE il_rlock
#define INIT(x) ((void)il_rlock_init(x, 0), set_later())
#define BEGIN(x) const il_deadline until = later
#define CALL(x)                                \
    if (il_rlock_acquire_until(x, until) == 0) \
    (void)il_rlock_release(x)
#define DESTROY(x) ((void)(x))
#include "templates/calls.h"

#define NAME semaphore_plain
#define TYPE il_semaphore
#define INIT(x) il_semaphore_init(x, 1, 0)
#define CALL(x)                       \
    if (il_semaphore_acquire(x) == 0) \
    (void)il_semaphore_release(x)
#define DESTROY(x) ((void)(x))
#include "templates/calls.h"

#define NAME semaphore_until
#define TYPE il_semaphore
#define INIT(x) ((void)il_semaphore_init(x, 1, 0), set_later())
#define BEGIN(x) const il_deadline until = later
#define CALL(x)                                    \
    if (il_semaphore_acquire_until(x, until) == 0) \
    (void)il_semaphore_release(x)
#define DESTROY(x) ((void)(x))
#include "templates/calls.h"

#define NAME bounded_plain
#define TYPE il_bounded_semaphore
#define INIT(x) il_bounded_semaphore_init(x, 1, 0)
#define CALL(x)                               \
    if (il_bounded_semaphore_acquire(x) == 0) \
    (void)il_bounded_semaphore_release(x)
#define DESTROY(x) ((void)(x))
#include "templates/calls.h"

#define NAME bounded_until
#define TYPE il_bounded_semaphore
#define INIT(x) ((void)il_bounded_semaphore_init(x, 1, 0), set_later())
#define BEGIN(x) const il_deadline until = later
#define CALL(x)                                            \
    if (il_bounded_semaphore_acquire_until(x, until) == 0) \
    (void)il_bounded_semaphore_release(x)
#define DESTROY(x) ((void)(x))
#include "templates/calls.h"

static inline void event_init_set(il_event *e)
{
    set_later();
    il_event_init(e, 0);
    il_event_set(e);
}

#define NAME event_plain
#define TYPE il_event
#define INIT(e) event_init_set(e)
#define CALL(e) ((void)il_event_wait(e))
#define DESTROY(e) ((void)(e))
#include "templates/calls.h"

#define NAME event_until
#define TYPE il_event
#define INIT(e) event_init_set(e)
#define BEGIN(x) const il_deadline until = later
#define CALL(e) ((void)(il_event_wait_until(e, until) != 0))
#define DESTROY(e) ((void)(e))
#include "templates/calls.h"

#define BOTH(primitive, name)                                      \
    ENTRANT("interlock", primitive, "timed", name##_plain, false), \
        ENTRANT("interlock-until", primitive, "timed", name##_until, false)

const struct entrant entrants[] = {
    BOTH("lock", lock),           BOTH("rlock", rlock),
    BOTH("semaphore", semaphore), BOTH("bounded_semaphore", bounded),
    BOTH("event", event),         {0},
};
