/* drepper.h -- the last mutex of U. Drepper, "Futexes Are Tricky", 2004, which
   exchanges where the one before it compares.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_DREPPER_H
#define BENCH_DREPPER_H

#include <linux/futex.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#if !defined(SYS_futex)
#define SYS_futex SYS_futex_time64
#endif

enum { FREE, HELD, WAITED_FOR };

/* Acquire: pairs with what drepper_release writes.  */
static inline bool drepper_try(uint32_t *word)
{
    uint32_t is_free = FREE;

    return __atomic_compare_exchange_n(word, &is_free, HELD, false,
                                       __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

/* Sleeps until the mutex is the caller's.  Acquire: as in drepper_try.  */
static inline void drepper_wait(uint32_t *word)
{
    while (__atomic_exchange_n(word, WAITED_FOR, __ATOMIC_ACQUIRE) != FREE)
        syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, WAITED_FOR, NULL, NULL, 0);
}

/* Release, both: pair with drepper_try and the exchange in drepper_wait.  */
static inline void drepper_release(uint32_t *word)
{
    if (__atomic_fetch_sub(word, 1, __ATOMIC_RELEASE) == HELD)
        return;
    __atomic_store_n(word, FREE, __ATOMIC_RELEASE);
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

#endif
