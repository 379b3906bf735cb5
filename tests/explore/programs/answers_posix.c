/* answers_posix.c -- what pthreads and semaphores of POSIX answer, as far as
   POSIX or glibc says it.

   SPDX-License-Identifier: MIT */

#define _GNU_SOURCE

#include "answers.h"

#include <errno.h>
#include <limits.h>
#include <semaphore.h>
#include <time.h>

static const struct timespec past = {1, 0}, bad = {1, -1};
static pthread_mutex_t mutex;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static int inits, destroyed;

/* A call that answers by errno.  */
#define ERROR(call) ((call) == 0 ? 0 : errno)

static void *mutex_elsewhere(void *unused)
{
    SAY(pthread_mutex_trylock(&mutex));
    SAY(pthread_mutex_timedlock(&mutex, &past));
    SAY(pthread_mutex_unlock(&mutex));
    return unused;
}

static void mutexes_of(int type)
{
    pthread_mutexattr_t attributes;

    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, type);
    SAY(pthread_mutex_init(&mutex, &attributes));
    SAY(pthread_mutex_lock(&mutex));
    SAY(pthread_mutex_trylock(&mutex));
    SAY(pthread_mutex_destroy(&mutex));
    if (type != PTHREAD_MUTEX_NORMAL) {
        elsewhere(mutex_elsewhere);
        SAY(pthread_mutex_lock(&mutex));
    }
    SAY(pthread_cond_timedwait(&cond, &mutex, &bad));
    SAY(pthread_cond_signal(&cond));
    SAY(pthread_cond_broadcast(&cond));
    SAY(pthread_mutex_unlock(&mutex));
    if (type == PTHREAD_MUTEX_RECURSIVE) {
        SAY(pthread_mutex_unlock(&mutex));
        SAY(pthread_mutex_unlock(&mutex));
    }
    if (type != PTHREAD_MUTEX_NORMAL)
        SAY(pthread_mutex_unlock(&mutex));
    SAY(pthread_mutex_timedlock(&mutex, &past));
    SAY(pthread_cond_timedwait(&cond, &mutex, &past));
    SAY(pthread_mutex_unlock(&mutex));
    SAY(pthread_mutex_destroy(&mutex));
}

static void *rwlock_elsewhere(void *unused)
{
    SAY(pthread_rwlock_tryrdlock(&rwlock));
    SAY(pthread_rwlock_timedwrlock(&rwlock, &past));
    SAY(pthread_rwlock_timedrdlock(&rwlock, &past));
    return unused;
}

static void rwlocks(void)
{
    SAY(pthread_rwlock_rdlock(&rwlock));
    SAY(pthread_rwlock_tryrdlock(&rwlock));
    SAY(pthread_rwlock_trywrlock(&rwlock));
    SAY(pthread_rwlock_unlock(&rwlock));
    SAY(pthread_rwlock_unlock(&rwlock));
    SAY(pthread_rwlock_wrlock(&rwlock));
    SAY(pthread_rwlock_wrlock(&rwlock));
    SAY(pthread_rwlock_rdlock(&rwlock));
    SAY(pthread_rwlock_trywrlock(&rwlock));
    elsewhere(rwlock_elsewhere);
    SAY(pthread_rwlock_unlock(&rwlock));
    SAY(pthread_rwlock_trywrlock(&rwlock));
    SAY(pthread_rwlock_unlock(&rwlock));
    SAY(pthread_rwlock_destroy(&rwlock));
}

static void semaphores(void)
{
    sem_t s;
    int value = -1;

    SAY(ERROR(sem_init(&s, 0, 1)));
    SAY(ERROR(sem_wait(&s)));
    SAY(ERROR(sem_trywait(&s)));
    SAY(ERROR(sem_timedwait(&s, &past)));
    SAY(ERROR(sem_timedwait(&s, &bad)));
    SAY(ERROR(sem_post(&s)));
    SAY(ERROR(sem_getvalue(&s, &value)));
    SAY(value);
    SAY(ERROR(sem_destroy(&s)));
    SAY(ERROR(sem_init(&s, 0, SEM_VALUE_MAX)));
    SAY(ERROR(sem_post(&s)));
}

static void others(void)
{
    pthread_barrier_t barrier;
    pthread_spinlock_t spin;

    SAY(pthread_barrier_init(&barrier, NULL, 0));
    SAY(pthread_barrier_init(&barrier, NULL, 1));
    SAY(pthread_barrier_wait(&barrier));
    SAY(pthread_barrier_destroy(&barrier));
    SAY(pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE));
    SAY(pthread_spin_lock(&spin));
    SAY(pthread_spin_trylock(&spin));
    SAY(pthread_spin_unlock(&spin));
    SAY(pthread_spin_destroy(&spin));
}

static void init(void)
{
    inits++;
}

static void destroy(void *value)
{
    destroyed += *(int *)value;
}

static void *thread_elsewhere(void *unused)
{
    static int ten = 10;
    SAY(pthread_getspecific(key) == NULL);
    SAY(pthread_setspecific(key, &ten));
    SAY(*(int *)pthread_getspecific(key));
    SAY(pthread_once(&once, init));
    pthread_exit(unused);
}

static void threads(void)
{
    SAY(pthread_equal(pthread_self(), pthread_self()) != 0);
    SAY(pthread_join(pthread_self(), NULL));
    SAY(pthread_key_create(&key, destroy));
    elsewhere(thread_elsewhere);
    SAY(destroyed);
    SAY(pthread_once(&once, init));
    SAY(inits);
    SAY(pthread_key_delete(key));
    SAY(pthread_setspecific(key, &inits));
    SAY(pthread_key_delete(key));
    SAY(pthread_detach(pthread_self()));
    SAY(pthread_detach(pthread_self()));
    SAY(pthread_join(pthread_self(), NULL));
}

int main(void)
{
    mutexes_of(PTHREAD_MUTEX_NORMAL);
    mutexes_of(PTHREAD_MUTEX_ERRORCHECK);
    mutexes_of(PTHREAD_MUTEX_RECURSIVE);
    rwlocks();
    semaphores();
    others();
    threads();
    putchar('\n');
    return 0;
}
