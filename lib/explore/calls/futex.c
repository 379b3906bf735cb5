/* futex.c -- what a library of primitives asks of the system: futexes,
   membarrier, how many processors there are.

   The C library's syscall is taken over.  A futex wait is two steps, as the
   kernel has it (futex(2)): one that compares the word and, if it is what was
   expected, queues the thread, and one that ends the wait.  A wake takes the
   longest queued of the address, which the kernel does not promise but does
   among threads of equal priority.  The address is a name only: a wake does not
   look at it, so it may be of memory that is gone.

   membarrier makes each thread of the process pass a fence (membarrier(2)): in
   a model with store buffers all of them are empty when it returns.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "explore/engine/buffer.h"
#include "explore/engine/engine.h"
#include "interpose.h"

#include <errno.h>
#include <linux/futex.h>
#include <linux/membarrier.h>
#include <sched.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* The arguments of a futex call, as futex(2) names them.  */
struct call {
    const uint32_t *word;
    int op;
    uint32_t value;
    const struct timespec *timeout;
    uintptr_t pc;
};

struct waiter {
    const uint32_t *word;
    int thread;
    bool woken;
};

/* Who waits, the longest first; a woken one stays until it has seen so.  */
static struct waiter waiters[THREADS_MOST];
static int n_waiters;

static void forget(void)
{
    n_waiters = 0;
}

__attribute__((constructor)) static void begin(void)
{
    engine_at_start(forget);
}

static int64_t nanoseconds(const struct timespec *t)
{
    return (int64_t)t->tv_sec * 1000000000 + t->tv_nsec;
}

/* The absolute time of a time-out: FUTEX_WAIT's is relative.  */
static int64_t end_of(const struct call *c)
{
    bool relative = (c->op & FUTEX_CMD_MASK) == FUTEX_WAIT;
    return (relative ? engine_now() : 0) + nanoseconds(c->timeout);
}

static struct waiter *find(int thread)
{
    for (int i = 0; i < n_waiters; i++)
        if (waiters[i].thread == thread)
            return &waiters[i];
    abort();
}

static void leave(int thread)
{
    struct waiter *w = find(thread);
    for (n_waiters--; w < &waiters[n_waiters]; w++)
        w[0] = w[1];
}

static struct touch queue_of(const uint32_t *word)
{
    return (struct touch){.at = (uintptr_t)word,
                          .size = 1,
                          .is_object = true,
                          .writes = true,
                          .order = ORDER_BOTH};
}

static struct intent intent(const struct call *c, enum op op)
{
    struct intent i = {
        .step = {.op = op,
                 .kind = KIND_FUTEX,
                 .object = c->word,
                 .size = sizeof *c->word,
                 .other = -1,
                 .touches = 1,
                 .pc = c->pc},
    };
    i.step.touch[0] = queue_of(c->word);
    return i;
}

static long fail(int error)
{
    engine_step()->result = error;
    errno = error;
    return -1;
}

/* Compares and queues.  Returns whether it did.  */
static bool queue_up(const struct call *c)
{
    struct intent i = intent(c, OP_FUTEX_WAIT);
    uint32_t now;

    i.step.touch[i.step.touches++] = (struct touch){
        .at = (uintptr_t)c->word, .size = sizeof *c->word, .atomic = true};
    engine_point(&i);
    now = __atomic_load_n(c->word, __ATOMIC_RELAXED);
    engine_step()->has_value = true;
    engine_step()->value = now;
    if (now != c->value)
        return false;
    waiters[n_waiters++] = (struct waiter){c->word, engine_self(), false};
    return true;
}

static bool is_woken(const struct intent *i)
{
    return find(i->step.actor)->woken;
}

static long futex_wait(const struct call *c)
{
    struct intent i = intent(c, OP_WAKE);
    int64_t end = c->timeout ? end_of(c) : 0;
    enum chance chance;
    bool woken;

    if (!queue_up(c))
        return fail(EAGAIN);
    i.is_enabled = is_woken;
    i.may_time_out = c->timeout != NULL;
    i.may_be_spurious = true;
    i.step.actor = (uint8_t)engine_self();
    chance = engine_point(&i);
    woken = find(engine_self())->woken;
    leave(engine_self());
    if (chance == CHANCE_TIME_OUT && !woken) {
        engine_time_passes(end);
        return fail(ETIMEDOUT);
    }
    return 0;
}

/* Wakes the longest waiter of the word.  Returns whether there was one.  */
static bool wake_one(const uint32_t *word)
{
    for (int i = 0; i < n_waiters; i++)
        if (waiters[i].word == word && !waiters[i].woken) {
            waiters[i].woken = true;
            engine_step()->other = waiters[i].thread;
            return true;
        }
    return false;
}

/* The kernel wakes one for a count of 0, too.  */
static long futex_wake(const struct call *c)
{
    struct intent i = intent(c, OP_FUTEX_WAKE);
    uint32_t n = 0;

    engine_point(&i);
    while (wake_one(c->word) && ++n < c->value)
        ;
    engine_step()->count = n;
    return (long)n;
}

static long futex(const struct call *c)
{
    switch (c->op & FUTEX_CMD_MASK) {
    case FUTEX_WAIT:
    case FUTEX_WAIT_BITSET:
        return futex_wait(c);
    case FUTEX_WAKE:
        return futex_wake(c);
    default:
        errno = ENOSYS;
        return -1;
    }
}

static long membarrier(int command, uintptr_t pc)
{
    struct intent i = {.step = {.op = OP_FENCE, .other = -1, .pc = pc},
                       .is_local = !buffer_is_on(),
                       .drains_all = true};
    if (command != MEMBARRIER_CMD_PRIVATE_EXPEDITED)
        return 0; /* to register, which asks for nothing yet */
    i.step.touches = 1;
    i.step.touch[0] = (struct touch){.order = ORDER_BOTH};
    engine_point(&i);
    return 0;
}

EXPLORE_INTERPOSED long syscall(long number, ...)
{
    static long (*real)(long, ...);
    long a[6];
    va_list list;

    va_start(list, number);
    for (int i = 0; i < 6; i++)
        a[i] = va_arg(list, long);
    va_end(list);
    if (engine_is_on() && number == SYS_futex) {
        struct call c = {(const uint32_t *)a[0], (int)a[1], (uint32_t)a[2],
                         (const struct timespec *)a[3],
                         (uintptr_t)__builtin_return_address(0)};
        return futex(&c);
    }
    if (engine_is_on() && number == SYS_membarrier)
        return membarrier((int)a[0], (uintptr_t)__builtin_return_address(0));
    INTERPOSED_FIND(real, "syscall");
    return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

EXPLORE_INTERPOSED int sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set)
{
    (void)pid;
    CPU_ZERO_S(size, set);
    for (unsigned i = 0; i < engine_processors(); i++)
        CPU_SET_S(i, size, set);
    return 0;
}
