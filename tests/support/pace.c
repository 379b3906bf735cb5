/* pace.c -- see pace.h.

   SPDX-License-Identifier: MIT */

#include "pace.h"

#include "require.h"
#include "spin.h"
#include "thread.h"

#include <sched.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define TSAN 1
#elif __has_feature(address_sanitizer)
#define ASAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define TSAN 1
#elif defined(__SANITIZE_ADDRESS__)
#define ASAN 1
#endif

bool under_tsan(void)
{
#ifdef TSAN
    return true;
#else
    return false;
#endif
}

int times(int n)
{
#if defined(TSAN) || defined(ASAN)
    return n / 10;
#else
    return n;
#endif
}

bool long_enough(int64_t begin)
{
    enum { MOST_S = 2 };
    return test_now() - begin > IL_SEC(MOST_S);
}

static void await_round(const struct meeting *m, uint32_t over)
{
    enum { SPINS = 100 };
    int64_t end = test_now() + test_bound();
    for (unsigned i = 1;; i++) {
        if (__atomic_load_n(&m->round, __ATOMIC_ACQUIRE) != over)
            return;
        if (i % SPINS == 0) {
            require(test_now() < end);
            sched_yield();
        }
        spin_pause();
    }
}

void meet(struct meeting *m)
{
    uint32_t round = __atomic_load_n(&m->round, __ATOMIC_RELAXED);
    if (__atomic_add_fetch(&m->arrived, 1, __ATOMIC_ACQ_REL) == m->parties) {
        __atomic_store_n(&m->arrived, 0, __ATOMIC_RELAXED);
        __atomic_store_n(&m->round, round + 1, __ATOMIC_RELEASE);
    } else
        await_round(m, round);
}

uint32_t random_next(uint32_t *seed)
{
    /* Marsaglia, "Xorshift RNGs", 2003.  */
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

void dawdle(uint32_t *seed)
{
    enum { SHORT = 40, LONG = 1000 };
    uint32_t random = random_next(seed);
    uint32_t most = random % 8 == 0 ? LONG : SHORT;
    for (uint32_t i = (random >> 8) % most; i > 0; i--)
        spin_pause();
}

void sharpen_timers(void)
{
#ifdef PR_SET_TIMERSLACK
    prctl(PR_SET_TIMERSLACK, 1UL);
#endif
}

void use_one_cpu(void)
{
    cpu_set_t mine, one;
    size_t cpu = 0;

    ck_assert_int_eq(sched_getaffinity(0, sizeof mine, &mine), 0);
    while (!CPU_ISSET(cpu, &mine))
        cpu++;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    ck_assert_int_eq(sched_setaffinity(0, sizeof one, &one), 0);
}
