/* planted.c -- locks with a fault each, to see it found.

       broken    locks nothing: a run has a fault.  Sections should be long, so
                 that a thread is in one when it loses its processor.
       unfair    one thread has it nearly always: shares and bypass
       sleepy    who had to wait gets it 1 ms after it is free: idle and waits
       hanging   is never had a second time: the run is ended
       calling   calls the kernel for nothing: kernel
       lax       anybody may release it: a run has a fault
       restless  a condition whose waiters are woken three times: wakes

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <sched.h>
#include <unistd.h>

#include "run/run.h"
#include "run/waves.h"
#include "templates/lock.h"

#define NAME broken_lock
#define TYPE int
#define INIT(l, permits) ((void)(l))
#define ACQUIRE(l) ((void)(l))
#define RELEASE(l) ((void)(l))
#define TRY(l) ((void)(l), false)
#define AT_REST(l, permits) ((void)(l), true)
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

/* The favourite, who is the first to acquire it, is never kept waiting by the
   lock.  All others wait for PRIVILEGE turns of the favourite, unless it makes
   none while they look: then it has left.  */
enum { PRIVILEGE = 1000, LOOK_NS = 100000 };

struct unfair {
    pthread_mutex_t mutex;
    const char *favourite;      /* atomic */
    ON_ITS_LINE uint64_t turns; /* atomic, the favourite's */
};

static _Thread_local char me;

static void unfair_init(struct unfair *l)
{
    pthread_mutex_init(&l->mutex, NULL);
    l->favourite = NULL;
    l->turns = 0;
}

/* Relaxed, here and below: the mutex orders.  */
static bool is_favourite(struct unfair *l)
{
    const char *favourite = NULL;

    return __atomic_compare_exchange_n(&l->favourite, &favourite, &me, false,
                                       __ATOMIC_RELAXED, __ATOMIC_RELAXED)
           || favourite == &me;
}

static void give_precedence(const struct unfair *l)
{
    uint64_t begin = __atomic_load_n(&l->turns, __ATOMIC_RELAXED);
    uint64_t last, now = begin;

    do {
        last = now;
        let_pass(LOOK_NS);
        now = __atomic_load_n(&l->turns, __ATOMIC_RELAXED);
    } while (now != last && now - begin < PRIVILEGE);
}

static void unfair_acquire(struct unfair *l)
{
    if (is_favourite(l))
        __atomic_store_n(&l->turns, l->turns + 1, __ATOMIC_RELAXED);
    else
        give_precedence(l);
    pthread_mutex_lock(&l->mutex);
}

#define NAME unfair_lock
#define TYPE struct unfair
#define INIT(l, permits) unfair_init(l)
#define ACQUIRE(l) unfair_acquire(l)
#define RELEASE(l) pthread_mutex_unlock(&(l)->mutex)
#define TRY(l) (pthread_mutex_trylock(&(l)->mutex) == 0)
#define DESTROY(l) pthread_mutex_destroy(&(l)->mutex)
#include "templates/lock.h"

/* Who finds the mutex held, or others who want it, sleeps once it has it, and
   has the lock when it wakes.  */
enum { SLEEP_NS = 1000000 };

struct sleepy {
    pthread_mutex_t mutex;
    unsigned users; /* atomic: who holds it or wants it */
};

static void sleepy_init(struct sleepy *l)
{
    pthread_mutex_init(&l->mutex, NULL);
    l->users = 0;
}

/* Relaxed, here and below: the mutex orders.  */
static void sleepy_acquire(struct sleepy *l)
{
    bool is_wanted = __atomic_fetch_add(&l->users, 1, __ATOMIC_RELAXED) > 0;

    pthread_mutex_lock(&l->mutex);
    if (is_wanted)
        let_pass(SLEEP_NS);
}

static void sleepy_release(struct sleepy *l)
{
    pthread_mutex_unlock(&l->mutex);
    __atomic_fetch_sub(&l->users, 1, __ATOMIC_RELAXED);
}

static bool sleepy_try(struct sleepy *l)
{
    if (pthread_mutex_trylock(&l->mutex) != 0)
        return false;
    __atomic_fetch_add(&l->users, 1, __ATOMIC_RELAXED);
    return true;
}

#define NAME sleepy_lock
#define TYPE struct sleepy
#define INIT(l, permits) sleepy_init(l)
#define ACQUIRE(l) sleepy_acquire(l)
#define RELEASE(l) sleepy_release(l)
#define TRY(l) sleepy_try(l)
#define DESTROY(l) pthread_mutex_destroy(&(l)->mutex)
#include "templates/lock.h"

/* Relaxed: it locks nothing.  */
static void hang_if_used(unsigned *used)
{
    while (__atomic_fetch_add(used, 1, __ATOMIC_RELAXED) > 0)
        pause();
}

#define NAME hanging_lock
#define TYPE unsigned
#define INIT(l, permits) ((void)(*(l) = 0))
#define ACQUIRE(l) hang_if_used(l)
#define RELEASE(l) ((void)(l))
#define TRY(l) ((void)(l), false)
#define AT_REST(l, permits) ((void)(l), true)
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

enum { CALLS = 4 };

static void call_and_acquire(pthread_mutex_t *m)
{
    for (int i = 0; i < CALLS; i++)
        sched_yield();
    pthread_mutex_lock(m);
}

#define NAME calling_lock
#define TYPE pthread_mutex_t
#define INIT(l, permits) pthread_mutex_init(l, NULL)
#define ACQUIRE(l) call_and_acquire(l)
#define RELEASE(l) pthread_mutex_unlock(l)
#define TRY(l) (pthread_mutex_trylock(l) == 0)
#define DESTROY(l) pthread_mutex_destroy(l)
#include "templates/lock.h"

#define NAME lax_rlock
#define TYPE int
#define INIT(l, permits) ((void)(l))
#define ACQUIRE(l) ((void)(l))
#define RELEASE(l) ((void)(l))
#define TRY(l) ((void)(l), false)
#define REFUSED(l) ((void)(l), false)
#define AT_REST(l, permits) ((void)(l), true)
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

/* Who is woken sleeps twice more before it goes on.  */
enum { NAP_NS = 100000 };

struct restless {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    unsigned round;
};

static void restless_init(struct restless *r)
{
    pthread_mutex_init(&r->mutex, NULL);
    pthread_cond_init(&r->changed, NULL);
    r->round = 0;
}

static void restless_park(struct restless *r, unsigned round)
{
    pthread_mutex_lock(&r->mutex);
    while (r->round < round)
        pthread_cond_wait(&r->changed, &r->mutex);
    pthread_mutex_unlock(&r->mutex);
    let_pass(NAP_NS);
    let_pass(NAP_NS);
}

static void restless_wake(struct restless *r, unsigned round)
{
    pthread_mutex_lock(&r->mutex);
    r->round = round;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->mutex);
}

#define NAME restless_condition
#define TYPE struct restless
#define INIT(r, n) restless_init(r)
#define PARK(r, round) restless_park(r, round)
#define WAKE(r, round, n) restless_wake(r, round)
#define REARM(r, n) ((void)(r))
#define DESTROY(r) ((void)(r))
#include "templates/wake.h"

const struct entrant entrants[] = {
    LOCK_ENTRANTS("broken", "lock", broken_lock, false),
    LOCK_ENTRANTS("unfair", "lock", unfair_lock, false),
    LOCK_ENTRANTS("sleepy", "lock", sleepy_lock, false),
    LOCK_ENTRANTS("hanging", "lock", hanging_lock, false),
    LOCK_ENTRANTS("calling", "lock", calling_lock, false),
    RLOCK_ENTRANTS("lax", lax_rlock, false),
    ENTRANT("restless", "condition", "wake", restless_condition, false),
    {0},
};
