/* spinner.c -- the last mutex of U. Drepper, "Futexes Are Tricky", 2004, behind
   a fixed number of looks at it, as many libraries have it: who comes spins
   before it sleeps.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "peers/drepper.h"
#include "templates/lock.h"

enum { LOOKS = 40 };

void IL_PAUSE(void);

/* Relaxed: a hint, drepper_try orders.  */
static inline bool spinner_spin(uint32_t *word)
{
    for (int i = 0; i < LOOKS; i++) {
        if (__atomic_load_n(word, __ATOMIC_RELAXED) == FREE
            && drepper_try(word))
            return true;
        IL_PAUSE();
    }
    return false;
}

static inline void spinner_acquire(uint32_t *word)
{
    if (!spinner_spin(word))
        drepper_wait(word);
}

#define NAME spinner
#define TYPE uint32_t
#define INIT(l, permits) ((void)(*(l) = FREE))
#define ACQUIRE(l) spinner_acquire(l)
#define RELEASE(l) drepper_release(l)
#define TRY(l) drepper_try(l)
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

const struct entrant entrants[] = {
    LOCK_ENTRANTS("spin-40", "lock", spinner, true),
    {0},
};
