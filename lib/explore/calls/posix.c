/* posix.c -- threads of POSIX: their creation and end, keys, once.

   A pthread_t is the thread's number plus one.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "explore/engine/share.h"
#include "explore/model/point.h"
#include "posix.h"
#include "program.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#if __has_include(<sys/single_threaded.h>)
#include <sys/single_threaded.h>
#define SINGLE_THREADED __libc_single_threaded
#endif

/* What is known of a thread besides what the engine knows.  */
struct thread {
    bool is_detached, is_joined;
    const void *values[PTHREAD_KEYS_MAX];
};

static struct thread threads[THREADS_MOST];

/* Keys of the program: those that were made in this execution.  Their numbers
   are none of the C library's.  */
struct key {
    bool is_used;
    void (*destroy)(void *value);
};

enum { FIRST_KEY = 1 << 16 };

static struct key keys[PTHREAD_KEYS_MAX];
static unsigned n_keys; /* all that are in use are before it */

/* What the C library tells a program that does without atomics as long as it
   has one thread.  */
static void set_single_threaded(bool is_so)
{
#ifdef SINGLE_THREADED
    SINGLE_THREADED = is_so;
#else
    (void)is_so;
#endif
}

static void forget(void)
{
    set_single_threaded(true);
    for (int t = 0; t < THREADS_MOST; t++) {
        threads[t].is_detached = threads[t].is_joined = false;
        for (unsigned i = 0; i < n_keys; i++)
            threads[t].values[i] = NULL;
    }
    memset(keys, 0, n_keys * sizeof *keys);
    n_keys = 0;
}

__attribute__((constructor)) static void begin(void)
{
    engine_at_start(forget);
}

static pthread_t handle_of(int thread)
{
    return (pthread_t)thread + 1;
}

/* Returns the thread's number, or -1: it is none that was not joined yet.  */
static int number_of(pthread_t t)
{
    if (t < 1 || t > THREADS_MOST || threads[t - 1].is_joined)
        return -1;
    return (int)t - 1;
}

pthread_t posix_create(void *(*body)(void *), void *arg, uintptr_t pc)
{
    program_gives((uintptr_t)arg);
    set_single_threaded(false);
    return handle_of(engine_create(body, arg, pc));
}

IL__API int pthread_create(pthread_t *t, const pthread_attr_t *attributes,
                           void *(*body)(void *), void *arg)
{
    int state = PTHREAD_CREATE_JOINABLE;

    if (!engine_is_on())
        return PROGRAM_REAL(pthread_create)(t, attributes, body, arg);
    *t = posix_create(body, arg, PROGRAM_PC);
    if (attributes)
        pthread_attr_getdetachstate(attributes, &state);
    threads[number_of(*t)].is_detached = state == PTHREAD_CREATE_DETACHED;
    return 0;
}

static bool is_finished(const struct intent *i)
{
    return engine_is_finished(i->step.other);
}

/* The answer that a join has without waiting, or 0.  */
static int join_error(int thread)
{
    if (thread < 0)
        return ESRCH;
    if (threads[thread].is_detached)
        return EINVAL;
    return thread == engine_self() ? EDEADLK : 0;
}

int posix_join(pthread_t t, void **result, uintptr_t pc)
{
    int thread = number_of(t);
    int r = join_error(thread);
    struct intent i = {
        .step = {.op = OP_JOIN, .kind = KIND_THREAD, .other = thread, .pc = pc},
        .is_enabled = r == 0 ? is_finished : NULL,
        .is_local = true};

    if (r == 0)
        threads[thread].is_joined = true;
    engine_point(&i);
    if (r == ESRCH)
        return point_undefined(r);
    if (r != 0)
        return point_answer(r);
    share_joined(engine_self(), thread);
    if (result)
        *result = engine_result(thread);
    return 0;
}

IL__API int pthread_join(pthread_t t, void **result)
{
    return engine_is_on() ? posix_join(t, result, PROGRAM_PC)
                          : PROGRAM_REAL(pthread_join)(t, result);
}

int posix_detach(pthread_t t)
{
    int thread = number_of(t);

    if (thread < 0)
        return ESRCH;
    if (threads[thread].is_detached)
        return EINVAL;
    threads[thread].is_detached = true;
    return 0;
}

IL__API int pthread_detach(pthread_t t)
{
    return engine_is_on() ? posix_detach(t) : PROGRAM_REAL(pthread_detach)(t);
}

IL__API pthread_t pthread_self(void)
{
    return engine_is_on() ? handle_of(engine_self())
                          : PROGRAM_REAL(pthread_self)();
}

IL__API void pthread_exit(void *result)
{
    if (!engine_is_on())
        PROGRAM_REAL(pthread_exit)(result);
    posix_exit(result);
}

/* What would reach a thread of the system makes no difference.  */

IL__API int pthread_setname_np(pthread_t t, const char *name)
{
    return engine_is_on() ? 0 : PROGRAM_REAL(pthread_setname_np)(t, name);
}

IL__API int pthread_setaffinity_np(pthread_t t, size_t size,
                                   const cpu_set_t *set)
{
    return engine_is_on() ? 0
                          : PROGRAM_REAL(pthread_setaffinity_np)(t, size, set);
}

IL__API int pthread_getname_np(pthread_t t, char *name, size_t size)
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_getname_np)(t, name, size);
    return snprintf(name, size, "thread %lu", (unsigned long)t) < (int)size
               ? 0
               : ERANGE;
}

/* The policy of any thread is that of all.  */
IL__API int pthread_getschedparam(pthread_t t, int *policy,
                                  struct sched_param *param)
{
    return PROGRAM_REAL(pthread_getschedparam)(
        engine_is_on() ? PROGRAM_REAL(pthread_self)() : t, policy, param);
}

IL__API int pthread_setschedparam(pthread_t t, int policy,
                                  const struct sched_param *param)
{
    return engine_is_on()
               ? 0
               : PROGRAM_REAL(pthread_setschedparam)(t, policy, param);
}

IL__API int pthread_getaffinity_np(pthread_t t, size_t size, cpu_set_t *set)
{
    return PROGRAM_REAL(pthread_getaffinity_np)(
        engine_is_on() ? PROGRAM_REAL(pthread_self)() : t, size, set);
}

/* Keys.  */

static struct key *key_of(pthread_key_t key)
{
    if (key < FIRST_KEY || key - FIRST_KEY >= n_keys)
        return NULL;
    return keys[key - FIRST_KEY].is_used ? &keys[key - FIRST_KEY] : NULL;
}

int posix_key_create(unsigned *key, void (*destroy)(void *))
{
    unsigned i = 0;

    while (i < n_keys && keys[i].is_used)
        i++;
    if (i == PTHREAD_KEYS_MAX)
        return EAGAIN;
    if (i == n_keys)
        n_keys++;
    for (int t = 0; t < THREADS_MOST; t++)
        threads[t].values[i] = NULL;
    keys[i] = (struct key){true, destroy};
    *key = FIRST_KEY + i;
    return 0;
}

int posix_key_delete(unsigned key)
{
    struct key *k = key_of(key);
    if (!k)
        return EINVAL;
    k->is_used = false;
    return 0;
}

void *posix_key_get(unsigned key)
{
    if (!key_of(key))
        return NULL;
    return (void *)(uintptr_t)threads[engine_self()].values[key - FIRST_KEY];
}

int posix_key_set(unsigned key, const void *value)
{
    if (!key_of(key))
        return EINVAL;
    threads[engine_self()].values[key - FIRST_KEY] = value;
    return 0;
}

/* A key that was made before an execution is the C library's.  */
static bool is_ours(pthread_key_t key)
{
    return engine_is_on() && key >= FIRST_KEY;
}

IL__API int pthread_key_create(pthread_key_t *key, void (*destroy)(void *))
{
    return engine_is_on() ? posix_key_create(key, destroy)
                          : PROGRAM_REAL(pthread_key_create)(key, destroy);
}

IL__API int pthread_key_delete(pthread_key_t key)
{
    return is_ours(key) ? posix_key_delete(key)
                        : PROGRAM_REAL(pthread_key_delete)(key);
}

IL__API void *pthread_getspecific(pthread_key_t key)
{
    return is_ours(key) ? posix_key_get(key)
                        : PROGRAM_REAL(pthread_getspecific)(key);
}

IL__API int pthread_setspecific(pthread_key_t key, const void *value)
{
    return is_ours(key) ? posix_key_set(key, value)
                        : PROGRAM_REAL(pthread_setspecific)(key, value);
}

/* Calls the destructors of the caller's values once.  Returns whether there
   were any.  */
static bool destroy_values(void)
{
    struct thread *me = &threads[engine_self()];
    bool any = false;

    for (unsigned i = 0; i < n_keys; i++) {
        const void *value = me->values[i];
        if (!value || !keys[i].is_used || !keys[i].destroy)
            continue;
        me->values[i] = NULL;
        keys[i].destroy((void *)(uintptr_t)value);
        any = true;
    }
    return any;
}

static void destroy_all_values(void)
{
    for (int i = 0; i < PTHREAD_DESTRUCTOR_ITERATIONS; i++)
        if (!destroy_values())
            return;
}

void program_thread_ends(void)
{
    destroy_all_values();
    model_thread_ends();
}

/* Once.  */

static void begin_once(struct object *o)
{
    const pthread_once_t *once = o->at;
    o->is_set = *once != PTHREAD_ONCE_INIT; /* before there were threads */
}

void posix_once(void *once, void (*init)(void), uintptr_t pc)
{
    struct object *o =
        model_object(once, sizeof(pthread_once_t), KIND_ONCE, begin_once);

    if (model_once(o, pc)) {
        init();
        model_once_done(o, pc);
    }
}

IL__API int pthread_once(pthread_once_t *once, void (*init)(void))
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_once)(once, init);
    posix_once(once, init, PROGRAM_PC);
    return 0;
}
