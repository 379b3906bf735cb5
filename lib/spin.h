/* spin.h -- looking a while before sleeping.  The only code per processor.

   Parking costs two system calls and a wake-up that takes tens of
   microseconds, so it pays to look about as long as that costs (Karlin, Li,
   Manasse and Owicki, "Empirical studies of competitive spinning", 1991).
   With one processor nobody can change what is looked at: then not at all.

   SPDX-License-Identifier: MIT */

#ifndef SPIN_H
#define SPIN_H

#include "park.h"

/* How often to look; 0 if the process had one processor when it loaded the
   library.  */
extern unsigned il__spin_limit;

static inline void spin_pause(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__) || defined(__arm__)
    __asm__ volatile("yield");
#endif
}

/* Looks until *word is not `value`, il__spin_limit times at most.  */
static inline void spin_while(const park_word *word, uint32_t value)
{
    for (unsigned i = il__spin_limit; i > 0; i--) {
        /* Relaxed: a hint, the caller looks again.  */
        if (__atomic_load_n(word, __ATOMIC_RELAXED) != value)
            return;
        spin_pause();
    }
}

#endif
