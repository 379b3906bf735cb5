/* c11.c -- <threads.h>, for a program that is explored.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "posix.h"
#include "program.h"
#include "virtual.h"

#include <errno.h>
#include <threads.h>

/* The answers of POSIX as those of C11.  */
static int to_c11(int r)
{
    switch (r) {
    case 0:
        return thrd_success;
    case EBUSY:
        return thrd_busy;
    case ETIMEDOUT:
        return thrd_timedout;
    default:
        return thrd_error;
    }
}

/* Threads.  */

/* A body returns an int, which is the low half of the pointer that is taken
   for its result.  */
union body {
    thrd_start_t c11;
    void *(*posix)(void *);
};

IL__API int thrd_create(thrd_t *t, thrd_start_t body, void *arg)
{
    if (!engine_is_on())
        return PROGRAM_REAL(thrd_create)(t, body, arg);
    *t = posix_create((union body){.c11 = body}.posix, arg, PROGRAM_PC);
    return thrd_success;
}

IL__API int thrd_join(thrd_t t, int *result)
{
    void *value = NULL;
    int r;

    if (!engine_is_on())
        return PROGRAM_REAL(thrd_join)(t, result);
    r = posix_join(t, &value, PROGRAM_PC);
    if (r == 0 && result)
        *result = (int)(intptr_t)value;
    return to_c11(r);
}

IL__API int thrd_detach(thrd_t t)
{
    return engine_is_on() ? to_c11(posix_detach(t))
                          : PROGRAM_REAL(thrd_detach)(t);
}

IL__API thrd_t thrd_current(void)
{
    return pthread_self();
}

IL__API void thrd_exit(int result)
{
    if (!engine_is_on())
        PROGRAM_REAL(thrd_exit)(result);
    posix_exit((void *)(intptr_t)result);
}

IL__API void thrd_yield(void)
{
    if (engine_is_on())
        virtual_yield(PROGRAM_PC);
    else
        PROGRAM_REAL(thrd_yield)();
}

IL__API int thrd_sleep(const struct timespec *t, struct timespec *rest)
{
    if (!engine_is_on())
        return PROGRAM_REAL(thrd_sleep)(t, rest);
    if (!virtual_is_time(t) || t->tv_sec < 0)
        return -2;
    virtual_sleep(virtual_from_timespec(t), PROGRAM_PC);
    return 0;
}

/* Mutexes.  */

IL__API int mtx_init(mtx_t *m, int type)
{
    if (engine_is_on())
        model_forget(m, KIND_MUTEX);
    return PROGRAM_REAL(mtx_init)(m, type);
}

IL__API void mtx_destroy(mtx_t *m)
{
    if (engine_is_on())
        model_destroy(posix_mutex(m), PROGRAM_PC);
    else
        PROGRAM_REAL(mtx_destroy)(m);
}

IL__API int mtx_lock(mtx_t *m)
{
    if (!engine_is_on())
        return PROGRAM_REAL(mtx_lock)(m);
    return to_c11(model_acquire(posix_mutex(m), POSIX_FOREVER));
}

IL__API int mtx_trylock(mtx_t *m)
{
    if (!engine_is_on())
        return PROGRAM_REAL(mtx_trylock)(m);
    return to_c11(model_try_acquire(posix_mutex(m), PROGRAM_PC));
}

IL__API int mtx_timedlock(mtx_t *restrict m,
                          const struct timespec *restrict until)
{
    if (!engine_is_on())
        return PROGRAM_REAL(mtx_timedlock)(m, until);
    if (!virtual_is_time(until))
        return thrd_error;
    return to_c11(model_acquire(posix_mutex(m), POSIX_UNTIL(until)));
}

IL__API int mtx_unlock(mtx_t *m)
{
    if (!engine_is_on())
        return PROGRAM_REAL(mtx_unlock)(m);
    return to_c11(model_release(posix_mutex(m), PROGRAM_PC));
}

/* Conditions.  */

IL__API int cnd_init(cnd_t *c)
{
    if (engine_is_on())
        model_forget(c, KIND_COND);
    return PROGRAM_REAL(cnd_init)(c);
}

IL__API void cnd_destroy(cnd_t *c)
{
    if (engine_is_on())
        model_destroy(posix_cond(c), PROGRAM_PC);
    else
        PROGRAM_REAL(cnd_destroy)(c);
}

IL__API int cnd_wait(cnd_t *c, mtx_t *m)
{
    if (!engine_is_on())
        return PROGRAM_REAL(cnd_wait)(c, m);
    return to_c11(posix_wait(c, m, POSIX_FOREVER));
}

IL__API int cnd_timedwait(cnd_t *restrict c, mtx_t *restrict m,
                          const struct timespec *restrict until)
{
    if (!engine_is_on())
        return PROGRAM_REAL(cnd_timedwait)(c, m, until);
    if (!virtual_is_time(until))
        return thrd_error;
    return to_c11(posix_wait(c, m, POSIX_UNTIL(until)));
}

IL__API int cnd_signal(cnd_t *c)
{
    if (!engine_is_on())
        return PROGRAM_REAL(cnd_signal)(c);
    return to_c11(model_notify(posix_cond(c), NULL, 1, PROGRAM_PC));
}

IL__API int cnd_broadcast(cnd_t *c)
{
    if (!engine_is_on())
        return PROGRAM_REAL(cnd_broadcast)(c);
    return to_c11(model_notify(posix_cond(c), NULL, UINT32_MAX, PROGRAM_PC));
}

/* Once, and storage of each thread.  */

IL__API void call_once(once_flag *once, void (*init)(void))
{
    if (engine_is_on())
        posix_once(once, init, PROGRAM_PC);
    else
        PROGRAM_REAL(call_once)(once, init);
}

IL__API int tss_create(tss_t *key, tss_dtor_t destroy)
{
    if (!engine_is_on())
        return PROGRAM_REAL(tss_create)(key, destroy);
    return to_c11(posix_key_create(key, destroy));
}

IL__API void tss_delete(tss_t key)
{
    pthread_key_delete(key);
}

IL__API void *tss_get(tss_t key)
{
    return pthread_getspecific(key);
}

IL__API int tss_set(tss_t key, void *value)
{
    return to_c11(pthread_setspecific(key, value));
}
