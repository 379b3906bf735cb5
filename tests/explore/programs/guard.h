/* guard.h -- the same section under each of what could guard it: compiled with
   -DGUARD_LOCK and so on.

   SPDX-License-Identifier: MIT */

#ifndef GUARD_H
#define GUARD_H

#define _GNU_SOURCE

#include <interlock.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <threads.h>

#if defined GUARD_LOCK
static il_lock guard = IL_LOCK_INIT;
#define ENTER() il_lock_acquire(&guard)
#define LEAVE() il_lock_release(&guard)
#elif defined GUARD_RLOCK
static il_rlock guard = IL_RLOCK_INIT;
#define ENTER() il_rlock_acquire(&guard)
#define LEAVE() il_rlock_release(&guard)
#elif defined GUARD_SEMAPHORE
static il_semaphore guard = IL_SEMAPHORE_INIT(1);
#define ENTER() il_semaphore_acquire(&guard)
#define LEAVE() il_semaphore_release(&guard)
#elif defined GUARD_BOUNDED
static il_bounded_semaphore guard = IL_BOUNDED_SEMAPHORE_INIT(1);
#define ENTER() il_bounded_semaphore_acquire(&guard)
#define LEAVE() il_bounded_semaphore_release(&guard)
#elif defined GUARD_CONDITION
static il_lock lock = IL_LOCK_INIT;
static il_condition guard = IL_CONDITION_INIT(&lock);
#define ENTER() il_condition_acquire(&guard)
#define LEAVE() il_condition_release(&guard)
#elif defined GUARD_EVENT /* which is none */
static il_event guard = {1};
#define ENTER() (il_event_wait(&guard), il_event_clear(&guard))
#define LEAVE() il_event_set(&guard)
#elif defined GUARD_MUTEX
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
#define ENTER() pthread_mutex_lock(&guard)
#define LEAVE() pthread_mutex_unlock(&guard)
#elif defined GUARD_RECURSIVE
static pthread_mutex_t guard = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
#define ENTER() (pthread_mutex_lock(&guard), pthread_mutex_lock(&guard))
#define LEAVE() (pthread_mutex_unlock(&guard), pthread_mutex_unlock(&guard))
#elif defined GUARD_SPIN
static pthread_spinlock_t guard;
#define BEGIN() pthread_spin_init(&guard, PTHREAD_PROCESS_PRIVATE)
#define ENTER() pthread_spin_lock(&guard)
#define LEAVE() pthread_spin_unlock(&guard)
#elif defined GUARD_RWLOCK
static pthread_rwlock_t guard = PTHREAD_RWLOCK_INITIALIZER;
#define ENTER() pthread_rwlock_wrlock(&guard)
#define LEAVE() pthread_rwlock_unlock(&guard)
#elif defined GUARD_READ /* which is none */
static pthread_rwlock_t guard = PTHREAD_RWLOCK_INITIALIZER;
#define ENTER() pthread_rwlock_rdlock(&guard)
#define LEAVE() pthread_rwlock_unlock(&guard)
#elif defined GUARD_SEM
static sem_t guard;
#define BEGIN() sem_init(&guard, 0, 1)
#define ENTER() sem_wait(&guard)
#define LEAVE() sem_post(&guard)
#elif defined GUARD_MTX
static mtx_t guard;
#define BEGIN() mtx_init(&guard, mtx_plain)
#define ENTER() mtx_lock(&guard)
#define LEAVE() mtx_unlock(&guard)
#else
#define ENTER() ((void)0)
#define LEAVE() ((void)0)
#endif

#ifndef BEGIN
#define BEGIN() ((void)0)
#endif

#endif
