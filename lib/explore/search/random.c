/* random.c -- schedules by chance: uniform choice, and probabilistic
   concurrency testing.

   PCT (Burckhardt, Kothari, Musuvathi and Nagarakatte, "A Randomized Scheduler
   with Probabilistic Guarantees of Finding Bugs", 2010).  Each thread has a
   random priority, and the enabled one of the highest goes on, until one of
   d - 1 steps that were picked at random beforehand: its thread falls below
   all others, and below those that fell before.  A bug of depth d, one that is
   certain if d steps come in the right order, is found with a probability of
   at least 1 / (n k^(d-1)), of n threads and k steps: the thread of the last
   of the d steps has the lowest priority with probability 1 / n, and each of
   the others is one of the picked steps, the right one of k.

   n need not be known: a thread is given a random number when it is first
   seen, which puts it in a random place among all.  k is the length of the
   longest execution so far; the first execution has no change points.  A
   time-out and a spurious wake-up have priorities of their own, as if another
   thread did that to the one that waits, and count in n.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "strategy.h"

#include <stdlib.h>

enum { CHANCES = CHANCE_SPURIOUS + 1, CHANGES_MOST = 32 };

uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

uint64_t random_begin(uint64_t seed, uint64_t execution)
{
    uint64_t state = seed;

    state = random_next(&state) ^ execution;
    return random_next(&state);
}

/* Returns 0 .. n - 1: the bias is less than n / 2^32.  */
uint32_t random_below(uint64_t *state, uint32_t n)
{
    return (uint32_t)((random_next(state) >> 32) * n >> 32);
}

struct chances {
    uint64_t random;
    uint64_t execution;
    /* PCT: */
    uint64_t priority[ACTORS_MOST][CHANCES]; /* 0: not given yet */
    size_t change[CHANGES_MOST];             /* steps, from 1 */
    uint32_t changes;
    size_t longest; /* execution */
};

static void *chances_new(const struct search_settings *settings)
{
    struct chances *c = need_new(1, sizeof *c);

    if (settings->bound > 0)
        c->changes = settings->bound < CHANGES_MOST ? (uint32_t)settings->bound
                                                    : CHANGES_MOST;
    return c;
}

static bool random_strategy_next(struct search *s)
{
    struct chances *c = s->own;

    c->random = random_begin(s->settings.seed, c->execution++);
    return true;
}

/* Returns one of the enabled options.  */
static int any(struct chances *c, const struct state *state)
{
    uint32_t enabled = 0, nth;
    int i;

    for (i = 0; i < state->n; i++)
        enabled += state->options[i].enabled;
    nth = random_below(&c->random, enabled);
    for (i = 0; !state->options[i].enabled || nth--; i++)
        ;
    return i;
}

static int random_choose(struct search *s, const struct state *state)
{
    return any(s->own, state);
}

static bool pct_next(struct search *s)
{
    struct chances *c = s->own;

    random_strategy_next(s);
    for (int i = 0; i < ACTORS_MOST; i++)
        for (int j = 0; j < CHANCES; j++)
            c->priority[i][j] = 0;
    for (uint32_t i = 0; i < c->changes; i++)
        c->change[i] =
            c->longest ? random_below(&c->random, (uint32_t)c->longest) + 1 : 0;
    return true;
}

/* Returns the priority of a choice: those that have fallen have less than
   FALLEN.  */
#define FALLEN UINT64_C(0x100)
static uint64_t priority(struct chances *c, struct choice choice)
{
    uint64_t *p = &c->priority[choice.actor][choice.chance];

    if (!*p)
        *p = random_next(&c->random) | FALLEN;
    return *p;
}

/* After a step: its thread falls if the step is one of those picked.  */
static void fall(struct chances *c, size_t step, struct choice choice)
{
    for (uint32_t i = 0; i < c->changes; i++)
        if (c->change[i] == step)
            for (int j = 0; j < CHANCES; j++)
                c->priority[choice.actor][j] = c->changes - i;
}

static int highest(struct chances *c, const struct state *state)
{
    uint64_t best_priority = 0;
    int best = -1;

    for (int i = 0; i < state->n; i++) {
        const struct option *o = &state->options[i];
        /* Values are no threads: one of them is chosen as in `any`.  */
        if (o->choice.chance >= CHANCES)
            return any(c, state);
        if (priority(c, o->choice) > best_priority && o->enabled) {
            best_priority = priority(c, o->choice);
            best = i;
        }
    }
    return best;
}

static int pct_choose(struct search *s, const struct state *state)
{
    struct chances *c = s->own;
    int i = highest(c, state);

    fall(c, s->cost.steps + 1, state->options[i].choice);
    if (s->cost.steps + 1 > c->longest)
        c->longest = s->cost.steps + 1;
    return i;
}

const struct strategy_calls strategy_random = {.new = chances_new,
                                               .free = free,
                                               .next = random_strategy_next,
                                               .choose = random_choose};
const struct strategy_calls strategy_pct = {
    .new = chances_new, .free = free, .next = pct_next, .choose = pct_choose};
