/* twister.h -- the Mersenne twister MT19937 (M. Matsumoto and T. Nishimura,
   1998), which MutexBench (D. Dice and A. Kogan) steps in and out of its
   critical section.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_TWISTER_H
#define BENCH_TWISTER_H

#include <stdint.h>

enum { TWISTER_WORDS = 624, TWISTER_SHIFT = 397 };

struct twister {
    uint32_t words[TWISTER_WORDS];
    unsigned next;
};

static inline void twister_seed(struct twister *t, uint32_t seed)
{
    t->words[0] = seed;
    for (uint32_t i = 1; i < TWISTER_WORDS; i++) {
        uint32_t last = t->words[i - 1];
        t->words[i] = 1812433253 * (last ^ (last >> 30)) + i;
    }
    t->next = TWISTER_WORDS;
}

static inline void twister_refill(struct twister *t)
{
    for (unsigned i = 0; i < TWISTER_WORDS; i++) {
        uint32_t y = (t->words[i] & 0x80000000)
                     | (t->words[(i + 1) % TWISTER_WORDS] & 0x7fffffff);
        t->words[i] = t->words[(i + TWISTER_SHIFT) % TWISTER_WORDS] ^ (y >> 1)
                      ^ (y % 2 ? 0x9908b0df : 0);
    }
    t->next = 0;
}

static inline uint32_t twister_step(struct twister *t)
{
    uint32_t y;

    if (t->next == TWISTER_WORDS)
        twister_refill(t);
    y = t->words[t->next++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >> 18);
}

#endif
