/* c11.c -- the threads of C11, as the C library has them.

   They have no semaphore and no barrier.  Their event is a flag, a mutex and a
   condition.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <threads.h>

#include "run/run.h"
#include "templates/entrant.h"
#include "templates/lock.h"

#define NAME plain
#define TYPE mtx_t
#define INIT(l, permits) mtx_init(l, mtx_plain)
#define ACQUIRE(l) mtx_lock(l)
#define RELEASE(l) mtx_unlock(l)
#define TRY(l) (mtx_trylock(l) == thrd_success)
#define DESTROY(l) mtx_destroy(l)
#include "templates/lock.h"

#define NAME recursive
#define TYPE mtx_t
#define INIT(l, permits) mtx_init(l, mtx_plain | mtx_recursive)
#define ACQUIRE(l) mtx_lock(l)
#define RELEASE(l) mtx_unlock(l)
#define TRY(l) (mtx_trylock(l) == thrd_success)
#define REFUSED(l) (mtx_unlock(l) == thrd_error)
#define DESTROY(l) mtx_destroy(l)
#define IS_REENTERED
#include "templates/lock.h"

static inline bool cond_wait_for(cnd_t *c, mtx_t *m, unsigned us)
{
    struct timespec end;

    timespec_get(&end, TIME_UTC);
    end.tv_nsec += us * 1000L;
    if (end.tv_nsec >= 1000000000) {
        end.tv_sec++;
        end.tv_nsec -= 1000000000;
    }
    return cnd_timedwait(c, m, &end) == thrd_timedout;
}

#define MUTEX mtx_t
#define MUTEX_INIT(m) mtx_init(m, mtx_plain)
#define LOCK(m) mtx_lock(m)
#define UNLOCK(m) mtx_unlock(m)
#define MUTEX_DESTROY(m) mtx_destroy(m)
#define COND cnd_t
#define COND_INIT(c) cnd_init(c)
#define COND_WAIT(c, m) cnd_wait(c, m)
#define COND_WAIT_FOR(c, m, us) cond_wait_for(c, m, us)
#define COND_SIGNAL(c) cnd_signal(c)
#define COND_BROADCAST(c) cnd_broadcast(c)
#define COND_DESTROY(c) cnd_destroy(c)
#include "templates/monitor.h"

const struct entrant entrants[] = {
    LOCK_ENTRANTS("c11", "lock", plain, false),
    RLOCK_ENTRANTS("c11", recursive, false),
    EVENT_ENTRANTS("c11", false),
    CONDITION_ENTRANTS("c11", false),
    {0},
};
