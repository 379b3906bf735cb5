/* pthread.c -- what the C library has, used as programs use it.

   It has no event: that is a flag, a mutex and a condition variable.  It has
   no bounded semaphore: the nearest is sem_t, which does less, for it does not
   look at a bound.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <pthread.h>
#include <semaphore.h>

#include "peers/peer.h"

static inline bool mutex_at_rest(pthread_mutex_t *m)
{
    return pthread_mutex_trylock(m) == 0 && pthread_mutex_unlock(m) == 0;
}

#define NAME lock
#define TYPE pthread_mutex_t
#define INIT(l) pthread_mutex_init(l, NULL)
#define ACQUIRE(l) pthread_mutex_lock(l)
#define RELEASE(l) pthread_mutex_unlock(l)
#define AT_REST(l) mutex_at_rest(l)
#define DESTROY(l) pthread_mutex_destroy(l)
#include "workloads/critical.h"

static void init_recursive(pthread_mutex_t *m)
{
    pthread_mutexattr_t attr;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(m, &attr);
    pthread_mutexattr_destroy(&attr);
}

#define NAME rlock
#define TYPE pthread_mutex_t
#define INIT(l) init_recursive(l)
#define ACQUIRE(l) pthread_mutex_lock(l)
#define RELEASE(l) pthread_mutex_unlock(l)
#define AT_REST(l) mutex_at_rest(l)
#define DESTROY(l) pthread_mutex_destroy(l)
#include "workloads/critical.h"

/* A signal ends sem_wait.  */
static inline void sem_take(sem_t *s)
{
    while (sem_wait(s) != 0)
        continue;
}

static bool sem_at_rest(sem_t *s)
{
    int value;
    return sem_getvalue(s, &value) == 0 && value == 1;
}

#define NAME semaphore
#define TYPE sem_t
#define INIT(s) sem_init(s, 0, 1)
#define ACQUIRE(s) sem_take(s)
#define RELEASE(s) sem_post(s)
#define AT_REST(s) sem_at_rest(s)
#define DESTROY(s) sem_destroy(s)
#include "workloads/critical.h"

struct event {
    pthread_mutex_t mutex;
    pthread_cond_t was_set;
    bool is_set;
};

static void event_set(struct event *e)
{
    pthread_mutex_lock(&e->mutex);
    e->is_set = true;
    pthread_cond_broadcast(&e->was_set);
    pthread_mutex_unlock(&e->mutex);
}

static void event_clear(struct event *e)
{
    pthread_mutex_lock(&e->mutex);
    e->is_set = false;
    pthread_mutex_unlock(&e->mutex);
}

static void event_wait(struct event *e)
{
    pthread_mutex_lock(&e->mutex);
    while (!e->is_set)
        pthread_cond_wait(&e->was_set, &e->mutex);
    pthread_mutex_unlock(&e->mutex);
}

/* Two events, each set when the ball is on its side; apart, as they would
   be in the objects of two threads.  */
struct events {
    struct {
        _Alignas(LINE) struct event here;
    } side[2];
};

static void events_init(struct events *e)
{
    for (int i = 0; i < 2; i++) {
        pthread_mutex_init(&e->side[i].here.mutex, NULL);
        pthread_cond_init(&e->side[i].here.was_set, NULL);
        e->side[i].here.is_set = i == 0;
    }
}

static inline void events_await(struct events *e, unsigned side)
{
    event_wait(&e->side[side].here);
    event_clear(&e->side[side].here);
}

static void events_destroy(struct events *e)
{
    for (int i = 0; i < 2; i++) {
        pthread_cond_destroy(&e->side[i].here.was_set);
        pthread_mutex_destroy(&e->side[i].here.mutex);
    }
}

#define NAME event
#define TYPE struct events
#define INIT(e) events_init(e)
#define AWAIT(e, from) events_await(e, from)
#define PASS(e, from) event_set(&(e)->side[1 - (from)].here)
#define DESTROY(e) events_destroy(e)
#include "workloads/pingpong.h"

/* The side of the ball, under a lock that is held from the wait to the
   pass.  */
struct turns {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    unsigned side;
};

static void turns_init(struct turns *t)
{
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->changed, NULL);
    t->side = 0;
}

static inline void turns_await(struct turns *t, unsigned side)
{
    pthread_mutex_lock(&t->lock);
    while (t->side != side)
        pthread_cond_wait(&t->changed, &t->lock);
}

static inline void turns_pass(struct turns *t, unsigned side)
{
    t->side = 1 - side;
    pthread_cond_signal(&t->changed);
    pthread_mutex_unlock(&t->lock);
}

static void turns_destroy(struct turns *t)
{
    pthread_cond_destroy(&t->changed);
    pthread_mutex_destroy(&t->lock);
}

#define NAME condition
#define TYPE struct turns
#define INIT(t) turns_init(t)
#define AWAIT(t, from) turns_await(t, from)
#define PASS(t, from) turns_pass(t, from)
#define DESTROY(t) turns_destroy(t)
#include "workloads/pingpong.h"

#define NAME barrier
#define TYPE pthread_barrier_t
#define INIT(b, n) pthread_barrier_init(b, NULL, n)
#define WAIT(b) pthread_barrier_wait(b)
#define DESTROY(b) pthread_barrier_destroy(b)
#include "workloads/rounds.h"

const struct peer peer_pthread = {
    .name = "pthread",
    .entrants =
        {
            [LOCK] = &lock_entrant,
            [RLOCK] = &rlock_entrant,
            [SEMAPHORE] = &semaphore_entrant,
            [BOUNDED_SEMAPHORE] = &semaphore_entrant,
            [EVENT] = &event_entrant,
            [CONDITION] = &condition_entrant,
            [BARRIER] = &barrier_entrant,
        },
};
