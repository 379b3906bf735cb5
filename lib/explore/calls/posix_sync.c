/* posix_sync.c -- mutexes, conditions, barriers and the other objects of
   POSIX, for a program that is explored.

   Each pthread_X_init is the C library's too: it checks its arguments and
   writes the bytes that say how the object begins.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "posix.h"
#include "program.h"
#include "virtual.h"

#include <errno.h>
#include <limits.h>
#include <semaphore.h>

#define FOREVER POSIX_FOREVER
#define UNTIL(time) POSIX_UNTIL(time)

int64_t posix_time(const struct timespec *t)
{
    return virtual_to_engine(virtual_from_timespec(t));
}

/* Mutexes.  The kind is where glibc has it, and its initializers; one that is
   robust has this bit.  */

enum { ROBUST = 16 };

static void begin_mutex(struct object *o)
{
    const pthread_mutex_t *m = o->at;
    int kind = m->__data.__kind & 3;

    o->is_owned = true;
    o->is_recursive = kind == PTHREAD_MUTEX_RECURSIVE;
    o->is_checked = kind == PTHREAD_MUTEX_ERRORCHECK;
    o->is_robust = m->__data.__kind & ROBUST;
}

struct object *posix_mutex(const void *m)
{
    return model_object(m, sizeof(pthread_mutex_t), KIND_MUTEX, begin_mutex);
}

IL__API int pthread_mutex_init(pthread_mutex_t *m,
                               const pthread_mutexattr_t *attributes)
{
    if (engine_is_on())
        model_forget(m, KIND_MUTEX);
    return PROGRAM_REAL(pthread_mutex_init)(m, attributes);
}

IL__API int pthread_mutex_destroy(pthread_mutex_t *m)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_mutex_destroy)(m);
    return model_destroy(posix_mutex(m), PROGRAM_PC);
}

IL__API int pthread_mutex_lock(pthread_mutex_t *m)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_mutex_lock)(m);
    return model_acquire(posix_mutex(m), FOREVER);
}

IL__API int pthread_mutex_trylock(pthread_mutex_t *m)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_mutex_trylock)(m);
    return model_try_acquire(posix_mutex(m), PROGRAM_PC);
}

IL__API int pthread_mutex_timedlock(pthread_mutex_t *m,
                                    const struct timespec *until)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_mutex_timedlock)(m, until);
    return virtual_is_time(until) ? model_acquire(posix_mutex(m), UNTIL(until))
                                  : EINVAL;
}

IL__API int pthread_mutex_clocklock(pthread_mutex_t *m, clockid_t clock,
                                    const struct timespec *until)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_mutex_clocklock)(m, clock, until);
    return virtual_is_time(until) ? model_acquire(posix_mutex(m), UNTIL(until))
                                  : EINVAL;
}

IL__API int pthread_mutex_unlock(pthread_mutex_t *m)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_mutex_unlock)(m);
    return model_release(posix_mutex(m), PROGRAM_PC);
}

/* Spin locks.  */

static void begin_spin(struct object *o)
{
    o->is_owned = true;
}

static struct object *spin_of(const volatile pthread_spinlock_t *s)
{
    return model_object((const void *)(uintptr_t)s, sizeof *s, KIND_SPINLOCK,
                        begin_spin);
}

IL__API int pthread_spin_init(pthread_spinlock_t *s, int shared)
{
    if (engine_is_on())
        model_forget((const void *)(uintptr_t)s, KIND_SPINLOCK);
    return PROGRAM_REAL(pthread_spin_init)(s, shared);
}

IL__API int pthread_spin_destroy(pthread_spinlock_t *s)
{
    return engine_is_on() ? 0 : PROGRAM_REAL(pthread_spin_destroy)(s);
}

IL__API int pthread_spin_lock(pthread_spinlock_t *s)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_spin_lock)(s);
    return model_acquire(spin_of(s), FOREVER);
}

IL__API int pthread_spin_trylock(pthread_spinlock_t *s)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_spin_trylock)(s);
    return model_try_acquire(spin_of(s), PROGRAM_PC);
}

IL__API int pthread_spin_unlock(pthread_spinlock_t *s)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_spin_unlock)(s);
    return model_release(spin_of(s), PROGRAM_PC);
}

/* Locks for readers and writers.  */

static void begin_rwlock(struct object *o)
{
    o->is_owned = o->is_checked = true;
}

static struct object *rwlock_of(const pthread_rwlock_t *l)
{
    return model_object(l, sizeof *l, KIND_RWLOCK, begin_rwlock);
}

IL__API int pthread_rwlock_init(pthread_rwlock_t *l,
                                const pthread_rwlockattr_t *attributes)
{
    if (engine_is_on())
        model_forget(l, KIND_RWLOCK);
    return PROGRAM_REAL(pthread_rwlock_init)(l, attributes);
}

IL__API int pthread_rwlock_destroy(pthread_rwlock_t *l)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_rwlock_destroy)(l);
    return model_destroy(rwlock_of(l), PROGRAM_PC);
}

IL__API int pthread_rwlock_rdlock(pthread_rwlock_t *l)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_rwlock_rdlock)(l);
    return model_read_acquire(rwlock_of(l), FOREVER);
}

IL__API int pthread_rwlock_tryrdlock(pthread_rwlock_t *l)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_rwlock_tryrdlock)(l);
    return model_try_read_acquire(rwlock_of(l), PROGRAM_PC);
}

IL__API int pthread_rwlock_timedrdlock(pthread_rwlock_t *l,
                                       const struct timespec *until)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_rwlock_timedrdlock)(l, until);
    return virtual_is_time(until)
               ? model_read_acquire(rwlock_of(l), UNTIL(until))
               : EINVAL;
}

IL__API int pthread_rwlock_wrlock(pthread_rwlock_t *l)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_rwlock_wrlock)(l);
    return model_acquire(rwlock_of(l), FOREVER);
}

IL__API int pthread_rwlock_trywrlock(pthread_rwlock_t *l)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_rwlock_trywrlock)(l);
    return model_try_acquire(rwlock_of(l), PROGRAM_PC);
}

IL__API int pthread_rwlock_timedwrlock(pthread_rwlock_t *l,
                                       const struct timespec *until)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_rwlock_timedwrlock)(l, until);
    return virtual_is_time(until) ? model_acquire(rwlock_of(l), UNTIL(until))
                                  : EINVAL;
}

IL__API int pthread_rwlock_clockrdlock(pthread_rwlock_t *l, clockid_t clock,
                                       const struct timespec *until)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_rwlock_clockrdlock)(l, clock, until);
    return virtual_is_time(until)
               ? model_read_acquire(rwlock_of(l), UNTIL(until))
               : EINVAL;
}

IL__API int pthread_rwlock_clockwrlock(pthread_rwlock_t *l, clockid_t clock,
                                       const struct timespec *until)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_rwlock_clockwrlock)(l, clock, until);
    return virtual_is_time(until) ? model_acquire(rwlock_of(l), UNTIL(until))
                                  : EINVAL;
}

IL__API int pthread_rwlock_unlock(pthread_rwlock_t *l)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_rwlock_unlock)(l);
    return model_rw_release(rwlock_of(l), PROGRAM_PC);
}

/* Conditions.  */

struct object *posix_cond(const void *c)
{
    return model_object(c, sizeof(pthread_cond_t), KIND_COND, NULL);
}

int posix_wait(void *c, void *m, const struct caller *caller)
{
    static const struct wait_style style = {.may_be_spurious = true};
    return model_wait(posix_cond(c), posix_mutex(m), caller, &style);
}

IL__API int pthread_cond_init(pthread_cond_t *c,
                              const pthread_condattr_t *attributes)
{
    if (engine_is_on())
        model_forget(c, KIND_COND);
    return PROGRAM_REAL(pthread_cond_init)(c, attributes);
}

IL__API int pthread_cond_destroy(pthread_cond_t *c)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_cond_destroy)(c);
    return model_destroy(posix_cond(c), PROGRAM_PC);
}

IL__API int pthread_cond_wait(pthread_cond_t *c, pthread_mutex_t *m)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_cond_wait)(c, m);
    return posix_wait(c, m, FOREVER);
}

IL__API int pthread_cond_timedwait(pthread_cond_t *c, pthread_mutex_t *m,
                                   const struct timespec *until)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_cond_timedwait)(c, m, until);
    return virtual_is_time(until) ? posix_wait(c, m, UNTIL(until)) : EINVAL;
}

IL__API int pthread_cond_clockwait(pthread_cond_t *c, pthread_mutex_t *m,
                                   clockid_t clock,
                                   const struct timespec *until)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_cond_clockwait)(c, m, clock, until);
    return virtual_is_time(until) ? posix_wait(c, m, UNTIL(until)) : EINVAL;
}

IL__API int pthread_cond_signal(pthread_cond_t *c)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_cond_signal)(c);
    return model_notify(posix_cond(c), NULL, 1, PROGRAM_PC);
}

IL__API int pthread_cond_broadcast(pthread_cond_t *c)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_cond_broadcast)(c);
    return model_notify(posix_cond(c), NULL, UINT32_MAX, PROGRAM_PC);
}

/* Barriers.  One that was not initialised has no parties.  */

static struct object *barrier_of(const pthread_barrier_t *b)
{
    return model_object(b, sizeof *b, KIND_PBARRIER, NULL);
}

IL__API int pthread_barrier_init(pthread_barrier_t *b,
                                 const pthread_barrierattr_t *attributes,
                                 unsigned parties)
{
    int r = PROGRAM_REAL(pthread_barrier_init)(b, attributes, parties);
    if (r == 0 && engine_is_on()) {
        model_forget(b, KIND_PBARRIER);
        barrier_of(b)->parties = parties;
    }
    return r;
}

IL__API int pthread_barrier_destroy(pthread_barrier_t *b)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_barrier_destroy)(b);
    barrier_of(b)->parties = 0;
    return 0;
}

IL__API int pthread_barrier_wait(pthread_barrier_t *b)
{
    uint32_t index = 0;
    struct object *o;
    int r;

    if (!engine_is_on())
        return PROGRAM_REAL(pthread_barrier_wait)(b);
    o = barrier_of(b);
    r = model_arrive(o, &index, FOREVER, false);
    return r == 0 && index + 1 == o->parties ? PTHREAD_BARRIER_SERIAL_THREAD
                                             : r;
}

/* Semaphores.  They answer by errno.  */

static void begin_sem(struct object *o)
{
    int value = 0;
    PROGRAM_REAL(sem_getvalue)((sem_t *)(uintptr_t)o->at, &value);
    o->tokens = (uint64_t)value;
    o->most = SEM_VALUE_MAX;
}

static struct object *sem_of(const sem_t *s)
{
    return model_object(s, sizeof *s, KIND_SEM, begin_sem);
}

static int by_errno(int r)
{
    if (r == 0)
        return 0;
    errno = r == EBUSY ? EAGAIN : r;
    return -1;
}

IL__API int sem_init(sem_t *s, int shared, unsigned value)
{
    if (engine_is_on())
        model_forget(s, KIND_SEM);
    return PROGRAM_REAL(sem_init)(s, shared, value);
}

IL__API int sem_destroy(sem_t *s)
{
    if (!engine_is_on())
        return PROGRAM_REAL(sem_destroy)(s);
    model_forget(s, KIND_SEM);
    return 0;
}

IL__API int sem_wait(sem_t *s)
{
    if (!engine_is_on())
        return PROGRAM_REAL(sem_wait)(s);
    return by_errno(model_take(sem_of(s), FOREVER));
}

IL__API int sem_trywait(sem_t *s)
{
    if (!engine_is_on())
        return PROGRAM_REAL(sem_trywait)(s);
    return by_errno(model_try_take(sem_of(s), PROGRAM_PC));
}

IL__API int sem_timedwait(sem_t *s, const struct timespec *until)
{
    if (!engine_is_on())
        return PROGRAM_REAL(sem_timedwait)(s, until);
    return by_errno(virtual_is_time(until) ? model_take(sem_of(s), UNTIL(until))
                                           : EINVAL);
}

IL__API int sem_clockwait(sem_t *s, clockid_t clock,
                          const struct timespec *until)
{
    if (!engine_is_on())
        return PROGRAM_REAL(sem_clockwait)(s, clock, until);
    return by_errno(virtual_is_time(until) ? model_take(sem_of(s), UNTIL(until))
                                           : EINVAL);
}

IL__API int sem_post(sem_t *s)
{
    if (!engine_is_on())
        return PROGRAM_REAL(sem_post)(s);
    return by_errno(model_give(sem_of(s), 1, PROGRAM_PC));
}

IL__API int sem_getvalue(sem_t *s, int *value)
{
    if (!engine_is_on())
        return PROGRAM_REAL(sem_getvalue)(s, value);
    *value = (int)model_tokens(sem_of(s), PROGRAM_PC);
    return 0;
}
