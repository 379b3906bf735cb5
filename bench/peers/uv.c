/* uv.c -- libuv: the C library's primitives behind other names, so what
   differs between the two is noise.

   It has no event: that is a flag, a mutex and a condition.  Its semaphore does
   not look at a bound, and its barrier cannot be aborted.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <uv.h>

#include "run/run.h"
#include "templates/entrant.h"
#include "templates/lock.h"

#define NAME plain
#define TYPE uv_mutex_t
#define INIT(l, permits) uv_mutex_init(l)
#define ACQUIRE(l) uv_mutex_lock(l)
#define RELEASE(l) uv_mutex_unlock(l)
#define TRY(l) (uv_mutex_trylock(l) == 0)
#define DESTROY(l) uv_mutex_destroy(l)
#include "templates/lock.h"

#define NAME recursive
#define TYPE uv_mutex_t
#define INIT(l, permits) uv_mutex_init_recursive(l)
#define ACQUIRE(l) uv_mutex_lock(l)
#define RELEASE(l) uv_mutex_unlock(l)
#define TRY(l) (uv_mutex_trylock(l) == 0)
#define DESTROY(l) uv_mutex_destroy(l)
#define IS_REENTERED
#include "templates/lock.h"

static inline void sem_post_n(uv_sem_t *s, unsigned n)
{
    while (n-- > 0)
        uv_sem_post(s);
}

#define SEMAPHORE uv_sem_t
#define SEMAPHORE_INIT(s, permits) uv_sem_init(s, permits)
#define SEMAPHORE_ACQUIRE(s) uv_sem_wait(s)
#define SEMAPHORE_RELEASE(s) uv_sem_post(s)
#define SEMAPHORE_RELEASE_N(s, n) sem_post_n(s, n)
#define SEMAPHORE_TRY(s) (uv_sem_trywait(s) == 0)
#define SEMAPHORE_DESTROY(s) uv_sem_destroy(s)
#include "templates/semaphore.h"

static inline bool cond_wait_for(uv_cond_t *c, uv_mutex_t *m, unsigned us)
{
    return uv_cond_timedwait(c, m, us * UINT64_C(1000)) == UV_ETIMEDOUT;
}

#define MUTEX uv_mutex_t
#define MUTEX_INIT(m) uv_mutex_init(m)
#define LOCK(m) uv_mutex_lock(m)
#define UNLOCK(m) uv_mutex_unlock(m)
#define MUTEX_DESTROY(m) uv_mutex_destroy(m)
#define COND uv_cond_t
#define COND_INIT(c) uv_cond_init(c)
#define COND_WAIT(c, m) uv_cond_wait(c, m)
#define COND_WAIT_FOR(c, m, us) cond_wait_for(c, m, us)
#define COND_SIGNAL(c) uv_cond_signal(c)
#define COND_BROADCAST(c) uv_cond_broadcast(c)
#define COND_DESTROY(c) uv_cond_destroy(c)
#include "templates/monitor.h"

#define BARRIER uv_barrier_t
#define BARRIER_INIT(b, n) uv_barrier_init(b, n)
#define BARRIER_WAIT(b) uv_barrier_wait(b)
#define BARRIER_DESTROY(b) uv_barrier_destroy(b)
#include "templates/barrier.h"

const struct entrant entrants[] = {
    LOCK_ENTRANTS("uv", "lock", plain, false),
    LOCK_ENTRANTS("uv", "rlock", recursive, false),
    SEMAPHORE_ENTRANTS("uv", false),
    EVENT_ENTRANTS("uv", false),
    CONDITION_ENTRANTS("uv", false),
    BARRIER_ENTRANTS("uv", false),
    {0},
};
