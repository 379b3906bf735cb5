/* virtual.c -- clocks, sleeps and random numbers: what a program asks of the
   world, answered alike in each run.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "virtual.h"

#include "explore/model/model.h"
#include "program.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/time.h>
#include <unistd.h>

#define NS_PER_S INT64_C(1000000000)
#define NS_PER_US 1000

/* What the clocks show when an execution begins: 2001-09-09 01:46:40 UTC.  */
#define EPOCH (INT64_C(1000000000) * NS_PER_S)

int64_t virtual_now(void)
{
    return EPOCH + engine_now();
}

int64_t virtual_to_engine(int64_t shown)
{
    if (shown == INT64_MAX)
        return MODEL_NEVER;
    return shown < 0 ? -1 : shown - EPOCH;
}

int64_t virtual_from_timespec(const struct timespec *t)
{
    int64_t ns;
    if (__builtin_mul_overflow((int64_t)t->tv_sec, NS_PER_S, &ns)
        || __builtin_add_overflow(ns, (int64_t)t->tv_nsec, &ns))
        return t->tv_sec < 0 ? INT64_MIN : INT64_MAX;
    return ns;
}

bool virtual_has_clock(clockid_t clock)
{
    switch (clock) {
    case CLOCK_MONOTONIC:
    case CLOCK_REALTIME:
    case CLOCK_BOOTTIME:
    case CLOCK_TAI:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_REALTIME_COARSE:
        return true;
    default:
        return false;
    }
}

bool virtual_is_time(const struct timespec *t)
{
    return t->tv_nsec >= 0 && t->tv_nsec < NS_PER_S;
}

static struct timespec to_timespec(int64_t ns)
{
    return (struct timespec){(time_t)(ns / NS_PER_S), (long)(ns % NS_PER_S)};
}

IL__API int clock_gettime(clockid_t clock, struct timespec *t)
{
    if (!engine_is_on())
        return PROGRAM_REAL(clock_gettime)(clock, t);
    *t = to_timespec(virtual_now());
    return 0;
}

IL__API time_t time(time_t *t)
{
    time_t now;
    if (!engine_is_on())
        return PROGRAM_REAL(time)(t);
    now = (time_t)(virtual_now() / NS_PER_S);
    if (t)
        *t = now;
    return now;
}

IL__API int gettimeofday(struct timeval *restrict t, void *restrict zone)
{
    if (!engine_is_on())
        return PROGRAM_REAL(gettimeofday)(t, zone);
    t->tv_sec = (time_t)(virtual_now() / NS_PER_S);
    t->tv_usec = (suseconds_t)(virtual_now() % NS_PER_S / NS_PER_US);
    return 0;
}

IL__API clock_t clock(void)
{
    if (!engine_is_on())
        return PROGRAM_REAL(clock)();
    return (clock_t)(engine_now() / NS_PER_US);
}

/* Lets others come first.  A sleep is no more than that, and takes no time but
   the clock's.  */
static void step_back(enum op op, uintptr_t pc)
{
    struct intent i = {.step = {.op = op, .other = -1, .pc = pc},
                       .is_local = true,
                       .yields = true};
    engine_point(&i);
}

void virtual_yield(uintptr_t pc)
{
    step_back(OP_YIELD, pc);
}

static void sleep_until(int64_t until, uintptr_t pc)
{
    step_back(OP_SLEEP, pc);
    engine_time_passes(until);
}

void virtual_sleep(int64_t ns, uintptr_t pc)
{
    int64_t until;
    if (__builtin_add_overflow(engine_now(), ns, &until))
        until = INT64_MAX;
    sleep_until(until, pc);
}

IL__API unsigned sleep(unsigned seconds)
{
    if (!engine_is_on())
        return PROGRAM_REAL(sleep)(seconds);
    virtual_sleep((int64_t)seconds * NS_PER_S, PROGRAM_PC);
    return 0;
}

IL__API int usleep(useconds_t us)
{
    if (!engine_is_on())
        return PROGRAM_REAL(usleep)(us);
    virtual_sleep((int64_t)us * NS_PER_US, PROGRAM_PC);
    return 0;
}

IL__API int nanosleep(const struct timespec *t, struct timespec *rest)
{
    if (!engine_is_on())
        return PROGRAM_REAL(nanosleep)(t, rest);
    if (!virtual_is_time(t) || t->tv_sec < 0) {
        errno = EINVAL;
        return -1;
    }
    virtual_sleep(virtual_from_timespec(t), PROGRAM_PC);
    return 0;
}

IL__API int clock_nanosleep(clockid_t clock, int flags,
                            const struct timespec *t, struct timespec *rest)
{
    if (!engine_is_on())
        return PROGRAM_REAL(clock_nanosleep)(clock, flags, t, rest);
    if (!virtual_has_clock(clock) || !virtual_is_time(t) || t->tv_sec < 0)
        return EINVAL;
    if (flags & TIMER_ABSTIME)
        sleep_until(virtual_to_engine(virtual_from_timespec(t)), PROGRAM_PC);
    else
        virtual_sleep(virtual_from_timespec(t), PROGRAM_PC);
    return 0;
}

IL__API int sched_yield(void)
{
    if (!engine_is_on())
        return PROGRAM_REAL(sched_yield)();
    virtual_yield(PROGRAM_PC);
    return 0;
}

/* Random numbers: each thread has its own, or what one gets would depend on
   when others ask.  The generator is POSIX's example for rand, of 32 bits.  */

static uint32_t seeds[THREADS_MOST];

static void seed_all(void)
{
    for (uint32_t i = 0; i < THREADS_MOST; i++)
        seeds[i] = i + 1;
}

__attribute__((constructor)) static void begin(void)
{
    engine_at_start(seed_all);
}

static int next_random(void)
{
    uint32_t *seed = &seeds[engine_self()];
    uint32_t bits = 0;

    engine_changed();
    for (int i = 0; i < 2; i++) {
        *seed = *seed * 1103515245 + 12345;
        bits = bits << 16 | *seed >> 16;
    }
    return (int)(bits & RAND_MAX);
}

IL__API int rand(void)
{
    return engine_is_on() ? next_random() : PROGRAM_REAL(rand)();
}

IL__API void srand(unsigned seed)
{
    if (engine_is_on())
        seeds[engine_self()] = seed;
    else
        PROGRAM_REAL(srand)(seed);
}

IL__API long random(void)
{
    return engine_is_on() ? next_random() : PROGRAM_REAL(random)();
}

IL__API void srandom(unsigned seed)
{
    if (engine_is_on())
        seeds[engine_self()] = seed;
    else
        PROGRAM_REAL(srandom)(seed);
}
