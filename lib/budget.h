/* budget.h -- how much of one means a waiting thread spends before it turns to
   the next, learnt from the waits before.

   amount > 0   the means has paid lately: each wait may spend that much
   amount = 0   it has not: no wait spends anything, but one in gap + 1 tries

   worked       the amount is twice what was needed; while that is less than
                before it shrinks by an eighth a wait, so that one long wait is
                remembered a while; the next try after a failure comes at once
   failed       the amount shrinks by a quarter, below `least` to 0; a try that
                failed doubles the gap to the next

   So the means costs little where it can't help: with the gap at its widest,
   one try in GAP_MAX waits.  And where it could help again a try is never
   farther away than that, while trials are possible.

   SPDX-License-Identifier: MIT */

#ifndef BUDGET_H
#define BUDGET_H

#include <stdbool.h>
#include <stdint.h>

/* A try takes a few times as long as a wait does (spin.c), so tries that never
   help make waits dearer by about 1/100.  Sweep (bench/sweep), ping-pong on one
   processor: 31 1.27, 255 1.41, 1023 1.45 times glibc; on two all the same.  */
#ifndef IL_GAP_MAX
#define IL_GAP_MAX 255
#endif

/* The part that a failure takes: soon enough that the luck of one wait isn't
   paid for in many, not so soon that waits of mixed lengths park.  Sweep: 2, 4,
   8 are flat for two threads, periodic and at a barrier; periodic with 30 us
   and 8 threads 1.1, 1.0, 0.9.  */
#ifndef IL_SHRINK
#define IL_SHRINK 4
#endif

struct budget {
    uint32_t amount;
    uint16_t gap;  /* between two tries */
    uint16_t left; /* of it */
};

/* Returns what a wait may spend; `trial` is how much a try does.  */
static inline uint32_t budget_draw(struct budget *b, uint32_t trial)
{
    if (b->amount > 0 || trial == 0)
        return b->amount;
    if (b->left > 0) {
        b->left--;
        return 0;
    }
    return trial;
}

/* Whether the next wait will be a try.  */
static inline bool budget_tries_next(const struct budget *b)
{
    return b->amount == 0 && b->left == 0;
}

/* A wait was over after `needed`.  */
static inline void budget_worked(struct budget *b, uint32_t needed,
                                 uint32_t least, uint32_t most)
{
    uint32_t kept = b->amount - b->amount / 8;
    uint32_t twice = needed > most / 2 ? most : 2 * needed;
    b->amount = twice > kept ? twice : kept;
    if (b->amount < least)
        b->amount = least;
    b->gap = 0;
    b->left = 0;
}

/* A wait was not over after what it drew.  */
static inline void budget_failed(struct budget *b, uint32_t least)
{
    uint32_t wider = 2U * b->gap + 1;

    if (b->amount == 0) {
        b->gap = (uint16_t)(wider < IL_GAP_MAX ? wider : IL_GAP_MAX);
        b->left = b->gap;
        return;
    }
    b->amount -= (b->amount + IL_SHRINK - 1) / IL_SHRINK;
    if (b->amount < least)
        b->amount = 0;
}

/* The means does harm: no try for as long as can be.  */
static inline void budget_shut(struct budget *b)
{
    *b = (struct budget){0, IL_GAP_MAX, IL_GAP_MAX};
}

#endif
