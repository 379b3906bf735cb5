/* spinner.c -- the last mutex of U. Drepper, "Futexes Are Tricky", 2004, behind
   a fixed number of looks at it, as many libraries have it: who comes spins
   before it sleeps.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "templates/lock.h"

#if !defined(SYS_futex)
#define SYS_futex SYS_futex_time64
#endif

enum { LOOKS = 40 };

void IL_PAUSE(void);

enum { FREE, HELD, WAITED_FOR };

/* Acquire, both here: pair with what spinner_release writes.  */
static inline bool spinner_try(uint32_t *word)
{
    uint32_t is_free = FREE;

    return __atomic_compare_exchange_n(word, &is_free, HELD, false,
                                       __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

/* Relaxed: a hint, spinner_try orders.  */
static inline bool spinner_spin(uint32_t *word)
{
    for (int i = 0; i < LOOKS; i++) {
        if (__atomic_load_n(word, __ATOMIC_RELAXED) == FREE
            && spinner_try(word))
            return true;
        IL_PAUSE();
    }
    return false;
}

static inline void spinner_acquire(uint32_t *word)
{
    if (spinner_spin(word))
        return;
    while (__atomic_exchange_n(word, WAITED_FOR, __ATOMIC_ACQUIRE) != FREE)
        syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, WAITED_FOR, NULL, NULL, 0);
}

/* Release, both: pair with spinner_try and the exchange in spinner_acquire.  */
static inline void spinner_release(uint32_t *word)
{
    if (__atomic_fetch_sub(word, 1, __ATOMIC_RELEASE) == HELD)
        return;
    __atomic_store_n(word, FREE, __ATOMIC_RELEASE);
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

#define NAME spinner
#define TYPE uint32_t
#define INIT(l, permits) ((void)(*(l) = FREE))
#define ACQUIRE(l) spinner_acquire(l)
#define RELEASE(l) spinner_release(l)
#define TRY(l) spinner_try(l)
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

const struct entrant entrants[] = {
    LOCK_ENTRANTS("spin-40", "lock", spinner, true),
    {0},
};
