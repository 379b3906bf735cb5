/* spin.h -- waiting without sleeping, as long as that pays.  The only code per
   processor.

   SPDX-License-Identifier: MIT */

#ifndef SPIN_H
#define SPIN_H

#include "park.h"

/* What is waited for: that *word, but for the bits of `ignored`, is no longer
   `value`.  */
struct change {
    const park_word *word;
    uint32_t value;
    uint32_t ignored;
};

/* Waits for the change without parking, as long as that promises to be cheaper
   and never past `until`.  Returns 0 if it came; else the caller parks.  Either
   is what il__spin_over has to be called with afterwards.  Not
   async-signal-safe.  */
int64_t il__spin(const struct change *c, il_deadline until);

/* Returns whether n threads are more than the processors that this process was
   ever seen to have.  */
bool il__is_crowd(uint32_t n);

/* As il__spin, in a wait that a crowd has to end: yields only.  Returns whether
   the change came.  */
bool il__spin_in_crowd(const struct change *c, il_deadline until);

/* The caller's wait, of which il__spin returned `began`, is over.  With 0 it
   need not be called.  */
void il__spin_over(int64_t began);

/* Whether the processor may be yielded at `now`, and that a yield took from
   `began` to `ended`, ns on one clock.  */
bool il__yields_allowed(int64_t now);
void il__yield_took(int64_t began, int64_t ended);

/* For a lock's waits, which have to take turns with as many as there are: how
   often the caller may yield, `most` or not at all by what this thread has met;
   and a yield.  Returns whether another may follow.  */
unsigned il__spin_turns(unsigned most);
bool il__spin_turn(void);

/* How many processors this process was ever seen to have besides the one that
   the caller runs on: so many threads may pause at a time.  */
extern int32_t il__spin_others;

/* A simulated processor has another instruction.  */
#ifdef IL_PAUSE
void IL_PAUSE(void);
#endif

static inline void spin_pause(void)
{
#if defined(IL_PAUSE)
    IL_PAUSE();
#elif defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__) || defined(__arm__)
    __asm__ volatile("yield");
#endif
}

/* Pauses n times, if another processor may change something meanwhile.  */
static inline void spin_pauses(unsigned n)
{
    /* Relaxed: nothing else depends on it.  */
    if (__atomic_load_n(&il__spin_others, __ATOMIC_RELAXED) == 0)
        return;
    while (n-- > 0)
        spin_pause();
}

#endif
