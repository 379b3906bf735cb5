/* pthread.c -- what the C library has, used as programs use it.

   It has no event: that is a flag, a mutex and a condition variable.  It has
   no bounded semaphore: the nearest is sem_t, which does less, for it does not
   look at a bound.  A barrier cannot be aborted.

   The program is built with each C library that there is: BENCH_PEER is the
   name.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>

#include "run/run.h"
#include "templates/entrant.h"
#include "templates/lock.h"

#if !defined(BENCH_PEER)
#define BENCH_PEER "pthread"
#endif

static void init_mutex(pthread_mutex_t *m, int type)
{
    pthread_mutexattr_t attr;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, type);
    pthread_mutex_init(m, &attr);
    pthread_mutexattr_destroy(&attr);
}

#define NAME normal
#define TYPE pthread_mutex_t
#define INIT(l, permits) pthread_mutex_init(l, NULL)
#define ACQUIRE(l) pthread_mutex_lock(l)
#define RELEASE(l) pthread_mutex_unlock(l)
#define TRY(l) (pthread_mutex_trylock(l) == 0)
#define DESTROY(l) pthread_mutex_destroy(l)
#include "templates/lock.h"

#define NAME recursive
#define TYPE pthread_mutex_t
#define INIT(l, permits) init_mutex(l, PTHREAD_MUTEX_RECURSIVE)
#define ACQUIRE(l) pthread_mutex_lock(l)
#define RELEASE(l) pthread_mutex_unlock(l)
#define TRY(l) (pthread_mutex_trylock(l) == 0)
#define REFUSED(l) (pthread_mutex_unlock(l) == EPERM)
#define DESTROY(l) pthread_mutex_destroy(l)
#define IS_REENTERED
#include "templates/lock.h"

#define NAME errorcheck
#define TYPE pthread_mutex_t
#define INIT(l, permits) init_mutex(l, PTHREAD_MUTEX_ERRORCHECK)
#define ACQUIRE(l) pthread_mutex_lock(l)
#define RELEASE(l) pthread_mutex_unlock(l)
#define TRY(l) (pthread_mutex_trylock(l) == 0)
#define DESTROY(l) pthread_mutex_destroy(l)
#include "templates/lock.h"

#if defined(PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP)
#define NAME adaptive
#define TYPE pthread_mutex_t
#define INIT(l, permits) init_mutex(l, PTHREAD_MUTEX_ADAPTIVE_NP)
#define ACQUIRE(l) pthread_mutex_lock(l)
#define RELEASE(l) pthread_mutex_unlock(l)
#define TRY(l) (pthread_mutex_trylock(l) == 0)
#define DESTROY(l) pthread_mutex_destroy(l)
#include "templates/lock.h"
#endif

#define NAME spin
#define TYPE pthread_spinlock_t
#define INIT(l, permits) pthread_spin_init(l, PTHREAD_PROCESS_PRIVATE)
#define ACQUIRE(l) pthread_spin_lock(l)
#define RELEASE(l) pthread_spin_unlock(l)
#define TRY(l) (pthread_spin_trylock(l) == 0)
#define DESTROY(l) pthread_spin_destroy(l)
#include "templates/lock.h"

/* A signal ends sem_wait.  */
static inline void sem_take(sem_t *s)
{
    while (sem_wait(s) != 0)
        continue;
}

static inline void sem_post_n(sem_t *s, unsigned n)
{
    while (n-- > 0)
        sem_post(s);
}

#define SEMAPHORE sem_t
#define SEMAPHORE_INIT(s, permits) sem_init(s, 0, permits)
#define SEMAPHORE_ACQUIRE(s) sem_take(s)
#define SEMAPHORE_RELEASE(s) sem_post(s)
#define SEMAPHORE_RELEASE_N(s, n) sem_post_n(s, n)
#define SEMAPHORE_TRY(s) (sem_trywait(s) == 0)
#define SEMAPHORE_DESTROY(s) sem_destroy(s)
#include "templates/semaphore.h"

static void init_cond(pthread_cond_t *c)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(c, &attr);
    pthread_condattr_destroy(&attr);
}

static inline bool cond_wait_for(pthread_cond_t *c, pthread_mutex_t *m,
                                 unsigned us)
{
    struct timespec end;

    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_nsec += us * 1000L;
    if (end.tv_nsec >= 1000000000) {
        end.tv_sec++;
        end.tv_nsec -= 1000000000;
    }
    return pthread_cond_timedwait(c, m, &end) == ETIMEDOUT;
}

#define MUTEX pthread_mutex_t
#define MUTEX_INIT(m) pthread_mutex_init(m, NULL)
#define LOCK(m) pthread_mutex_lock(m)
#define UNLOCK(m) pthread_mutex_unlock(m)
#define MUTEX_DESTROY(m) pthread_mutex_destroy(m)
#define COND pthread_cond_t
#define COND_INIT(c) init_cond(c)
#define COND_WAIT(c, m) pthread_cond_wait(c, m)
#define COND_WAIT_FOR(c, m, us) cond_wait_for(c, m, us)
#define COND_SIGNAL(c) pthread_cond_signal(c)
#define COND_BROADCAST(c) pthread_cond_broadcast(c)
#define COND_DESTROY(c) pthread_cond_destroy(c)
#include "templates/monitor.h"

#define BARRIER pthread_barrier_t
#define BARRIER_INIT(b, n) pthread_barrier_init(b, NULL, n)
#define BARRIER_WAIT(b) pthread_barrier_wait(b)
#define BARRIER_DESTROY(b) pthread_barrier_destroy(b)
#include "templates/barrier.h"

const struct entrant entrants[] = {
    LOCK_ENTRANTS(BENCH_PEER, "lock", normal, false),
    RLOCK_ENTRANTS(BENCH_PEER, recursive, false),
    LOCK_ENTRANTS(BENCH_PEER "-check", "lock", errorcheck, false),
    LOCK_ENTRANTS(BENCH_PEER "-spin", "lock", spin, false),
#if defined(PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP)
    LOCK_ENTRANTS(BENCH_PEER "-adapt", "lock", adaptive, false),
#endif
    SEMAPHORE_ENTRANTS(BENCH_PEER, false),
    EVENT_ENTRANTS(BENCH_PEER, false),
    CONDITION_ENTRANTS(BENCH_PEER, false),
    BARRIER_ENTRANTS(BENCH_PEER, false),
    {0},
};
