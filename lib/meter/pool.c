/* pool.c -- the threads of a round.

   A new thread needs some ten microseconds to begin: by then the one before
   has long ended, and a race that takes nanoseconds is never run.  So the
   threads are kept from round to round, and those that main creates wait for
   each other, spinning, until main waits for one of them; then all go on at
   once, each after a short delay of a random length.  That is how litmus tests
   are run on real processors (Alglave, Maranget, Sarkar and Sewell, "Litmus:
   Running Tests Against Hardware", 2011).

   Main may wait in another way than by pthread_join, which is not seen here;
   so a thread does not wait for the others for long.

   SPDX-License-Identifier: MIT */

#include "meter.h"

#include <interlock/base.h>

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { WORKERS_MOST = 64 };

enum state { IDLE, READY, RUNNING, DONE };

static struct worker {
    _Alignas(64) atomic_int state;
    pthread_t thread;
    void *(*body)(void *);
    void *arg, *result;
    bool exists, is_together;
    unsigned delay;
    jmp_buf left;
} workers[WORKERS_MOST];

static atomic_int used; /* this round */
static _Atomic uint32_t seed;
static bool is_on, are_together;

/* How many have come to the meeting, and how many will, once that is known. */
static atomic_int arrived, expected;

static _Thread_local struct worker *self;

static void pause_a_little(void)
{
#if defined __x86_64__ || defined __i386__
    __builtin_ia32_pause();
#else
    atomic_signal_fence(memory_order_seq_cst);
#endif
}

/* Waits a little longer each time: looks, lets others run, sleeps.  A thread
   that waits for long must not look busy, or main.c takes it for that.  */
static void wait_more(int *looks)
{
    const struct timespec nap = {0, 50000};

    if (++*looks < 64)
        pause_a_little();
    else if (*looks < 3000)
        sched_yield();
    else
        nanosleep(&nap, NULL);
}

uint32_t pool_random(void)
{
    uint32_t x = atomic_load_explicit(&seed, memory_order_relaxed);

    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    atomic_store_explicit(&seed, x, memory_order_relaxed);
    return x;
}

/* Mostly short, sometimes long.  */
static unsigned random_delay(void)
{
    uint32_t r = pool_random();
    return (r >> 8) & ((1U << (r % 10)) - 1);
}

/* Meets the others of this round, but not at any price.  */
static void meet(void)
{
    enum { LOOKS_MOST = 4000 };
    int looks = 0;

    atomic_fetch_add(&arrived, 1);
    while (atomic_load(&expected) == 0
           || atomic_load(&arrived) < atomic_load(&expected)) {
        if (++looks == LOOKS_MOST)
            return;
        if (looks % 1000 == 0)
            sched_yield();
        pause_a_little();
    }
}

static void delay(unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        __asm__ volatile("");
}

static void *work(void *arg)
{
    self = arg;
    for (;;) {
        int looks = 0;
        while (atomic_load_explicit(&self->state, memory_order_acquire)
               != READY)
            wait_more(&looks);
        atomic_store(&self->state, RUNNING);
        globals_restore_thread();
        if (self->is_together) {
            meet();
            delay(self->delay);
        }
        if (setjmp(self->left) == 0)
            self->result = self->body(self->arg);
        atomic_store_explicit(&self->state, DONE, memory_order_release);
    }
    return NULL;
}

/* Gives a worker a processor of its own, while there are enough.  */
static void place(int i)
{
    cpu_set_t allowed, one;
    int left;
    size_t cpu;

    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return;
    left = i % CPU_COUNT(&allowed);
    for (cpu = 0; left > 0 || !CPU_ISSET(cpu, &allowed); cpu++)
        left -= CPU_ISSET(cpu, &allowed) != 0;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    (void)pthread_setaffinity_np(workers[i].thread, sizeof one, &one);
}

static int hire(int i)
{
    REAL(pthread_create);
    int r;

    if (workers[i].exists)
        return 0;
    r = real.call(&workers[i].thread, NULL, work, &workers[i]);
    if (r != 0)
        return r;
    workers[i].exists = true;
    place(i);
    return 0;
}

IL__API int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                           void *(*body)(void *), void *arg)
{
    struct worker *w;
    int i, r;

    if (!is_on) {
        REAL(pthread_create);
        return real.call(thread, attributes, body, arg);
    }
    i = atomic_fetch_add(&used, 1);
    if (i >= WORKERS_MOST) {
        atomic_fetch_sub(&used, 1);
        return EAGAIN;
    }
    r = hire(i);
    if (r != 0)
        return r;
    w = &workers[i];
    w->body = body;
    w->arg = arg;
    w->delay = random_delay();
    w->is_together = are_together && self == NULL;
    *thread = w->thread;
    if (w->is_together)
        atomic_store(&expected, 0); /* this one comes too */
    atomic_store_explicit(&w->state, READY, memory_order_release);
    return 0;
}

static struct worker *find(pthread_t thread)
{
    for (int i = 0; i < WORKERS_MOST && workers[i].exists; i++)
        if (pthread_equal(workers[i].thread, thread))
            return &workers[i];
    return NULL;
}

static void await_end(struct worker *w)
{
    int looks = 64; /* main's processor may be what the thread needs */

    while (atomic_load_explicit(&w->state, memory_order_acquire) != DONE)
        wait_more(&looks);
}

IL__API int pthread_join(pthread_t thread, void **result)
{
    struct worker *w = is_on ? find(thread) : NULL;

    if (w == NULL) {
        REAL(pthread_join);
        return real.call(thread, result);
    }
    if (self == NULL)
        atomic_store(&expected, atomic_load(&used));
    await_end(w);
    if (result != NULL)
        *result = w->result;
    return 0;
}

IL__API int pthread_detach(pthread_t thread)
{
    if (is_on && find(thread) != NULL)
        return 0;
    REAL(pthread_detach);
    return real.call(thread);
}

IL__API _Noreturn void pthread_exit(void *result)
{
    REAL(pthread_exit);

    if (self != NULL) {
        self->result = result;
        longjmp(self->left, 1);
    }
    real.call(result);
    abort();
}

void pool_begin(bool together)
{
    if (!is_on) {
        atomic_store(&seed, (uint32_t)getpid() * 2654435761U | 1U);
        is_on = true;
    }
    are_together = together;
    atomic_store(&arrived, 0);
    atomic_store(&expected, 0);
    atomic_store(&used, 0);
}

void pool_settle(void)
{
    int n = atomic_load(&used);

    atomic_store(&expected, n);
    for (int i = 0; i < n; i++)
        await_end(&workers[i]);
}
