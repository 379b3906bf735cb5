/* posix.c -- threads of POSIX: their creation and end, keys, once.

   A pthread_t is the thread's number plus one.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "model.h"
#include "program.h"
#include "share.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
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
    memset(threads, 0, sizeof threads);
    memset(keys, 0, sizeof keys);
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

IL__API int pthread_create(pthread_t *t, const pthread_attr_t *attributes,
                           void *(*body)(void *), void *arg)
{
    int state = PTHREAD_CREATE_JOINABLE;
    int thread;

    if (!engine_is_on())
        return PROGRAM_REAL(pthread_create)(t, attributes, body, arg);
    thread = engine_create(body, arg, PROGRAM_PC);
    if (thread < 0)
        return EAGAIN;
    set_single_threaded(false);
    if (attributes)
        pthread_attr_getdetachstate(attributes, &state);
    threads[thread].is_detached = state == PTHREAD_CREATE_DETACHED;
    *t = handle_of(thread);
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

IL__API int pthread_join(pthread_t t, void **result)
{
    int thread = number_of(t);
    struct intent i = {.step = {.op = OP_JOIN,
                                .kind = KIND_THREAD,
                                .other = thread,
                                .pc = PROGRAM_PC},
                       .is_enabled = is_finished,
                       .is_local = true};
    int r;

    if (!engine_is_on())
        return PROGRAM_REAL(pthread_join)(t, result);
    r = join_error(thread);
    if (r != 0)
        i.is_enabled = NULL;
    else
        threads[thread].is_joined = true;
    engine_point(&i);
    engine_step()->result = r;
    if (r != 0)
        return r;
    share_joined(engine_self(), thread);
    if (result)
        *result = engine_result(thread);
    return 0;
}

IL__API int pthread_detach(pthread_t t)
{
    int thread = number_of(t);

    if (!engine_is_on())
        return PROGRAM_REAL(pthread_detach)(t);
    if (thread < 0)
        return ESRCH;
    if (threads[thread].is_detached)
        return EINVAL;
    threads[thread].is_detached = true;
    return 0;
}

IL__API pthread_t pthread_self(void)
{
    return engine_is_on() ? handle_of(engine_self())
                          : PROGRAM_REAL(pthread_self)();
}

IL__API int pthread_equal(pthread_t a, pthread_t b)
{
    return a == b;
}

IL__API void pthread_exit(void *result)
{
    if (!engine_is_on())
        PROGRAM_REAL(pthread_exit)(result);
    program_thread_ends();
    engine_exit(result);
}

/* There is no cancellation here.  */
IL__API int pthread_cancel(pthread_t t)
{
    return engine_is_on() ? ENOSYS : PROGRAM_REAL(pthread_cancel)(t);
}

/* Keys.  */

static struct key *key_of(pthread_key_t key)
{
    if (key < FIRST_KEY || key >= FIRST_KEY + PTHREAD_KEYS_MAX)
        return NULL;
    return keys[key - FIRST_KEY].is_used ? &keys[key - FIRST_KEY] : NULL;
}

IL__API int pthread_key_create(pthread_key_t *key, void (*destroy)(void *))
{
    if (!engine_is_on())
        return PROGRAM_REAL(pthread_key_create)(key, destroy);
    for (unsigned i = 0; i < PTHREAD_KEYS_MAX; i++)
        if (!keys[i].is_used) {
            keys[i] = (struct key){true, destroy};
            for (int t = 0; t < THREADS_MOST; t++)
                threads[t].values[i] = NULL;
            *key = FIRST_KEY + i;
            return 0;
        }
    return EAGAIN;
}

IL__API int pthread_key_delete(pthread_key_t key)
{
    struct key *k = key_of(key);
    if (!engine_is_on() || key < FIRST_KEY)
        return PROGRAM_REAL(pthread_key_delete)(key);
    if (!k)
        return EINVAL;
    k->is_used = false;
    return 0;
}

IL__API void *pthread_getspecific(pthread_key_t key)
{
    if (!engine_is_on() || key < FIRST_KEY)
        return PROGRAM_REAL(pthread_getspecific)(key);
    if (!key_of(key))
        return NULL;
    return (void *)(uintptr_t)threads[engine_self()].values[key - FIRST_KEY];
}

IL__API int pthread_setspecific(pthread_key_t key, const void *value)
{
    if (!engine_is_on() || key < FIRST_KEY)
        return PROGRAM_REAL(pthread_setspecific)(key, value);
    if (!key_of(key))
        return EINVAL;
    threads[engine_self()].values[key - FIRST_KEY] = value;
    return 0;
}

/* Calls the destructors of the caller's values once.  Returns whether there
   were any.  */
static bool destroy_values(void)
{
    struct thread *me = &threads[engine_self()];
    bool any = false;

    for (int i = 0; i < PTHREAD_KEYS_MAX; i++) {
        const void *value = me->values[i];
        if (!value || !keys[i].is_used || !keys[i].destroy)
            continue;
        me->values[i] = NULL;
        keys[i].destroy((void *)(uintptr_t)value);
        any = true;
    }
    return any;
}

void program_thread_ends(void)
{
    for (int i = 0; i < PTHREAD_DESTRUCTOR_ITERATIONS; i++)
        if (!destroy_values())
            return;
}

/* Once.  */

static void begin_once(struct object *o)
{
    const pthread_once_t *once = o->at;
    o->is_set = *once != PTHREAD_ONCE_INIT; /* before there were threads */
}

IL__API int pthread_once(pthread_once_t *once, void (*init)(void))
{
    struct object *o;

    if (!engine_is_on())
        return PROGRAM_REAL(pthread_once)(once, init);
    o = model_object(once, sizeof *once, KIND_ONCE, begin_once);
    if (model_once(o, PROGRAM_PC)) {
        init();
        model_once_done(o, PROGRAM_PC);
    }
    return 0;
}
