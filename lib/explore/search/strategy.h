/* strategy.h -- what search.c has in common for the strategies, and asks of
   each.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_STRATEGY_H
#define EXPLORE_STRATEGY_H

#include "explore/need.h"
#include "search.h"

struct search {
    struct search_settings settings;
    const struct strategy_calls *calls;
    void *own; /* of the strategy */
    struct search_report report;
    struct search_cost cost;
    int running; /* the thread that took the last step, or -1; a store buffer
                    that empties itself interrupts nobody */
    bool began, over;
};

/* A strategy.  */
struct strategy_calls {
    void *(*new)(const struct search_settings *settings);
    void (*free)(void *own);
    bool (*next)(struct search *s); /* false: there is no other execution */
    int (*choose)(struct search *s, const struct state *state);
    void (*end)(struct search *s, const struct state *left); /* or NULL */
    bool sees_alone; /* is asked for a thread that is alone, too */
};

extern const struct strategy_calls strategy_full;
extern const struct strategy_calls strategy_dpor;
extern const struct strategy_calls strategy_random;
extern const struct strategy_calls strategy_pct;

/* What the choices of a state cost.  */
struct prices {
    int running;
    bool switching_costs;
    bool chances_cost;
};

struct prices prices_of(const struct search *s, const struct state *state);

/* Returns what a choice costs, in preemptions.  */
int price(const struct prices *p, struct choice c);

/* Returns whether the option is one that goes on as usual.  */
bool option_goes(const struct option *o);

/* Returns the index of the choice in the state if it is enabled, else -1; it
   is looked for at `guess` first.  */
int state_find(const struct state *state, struct choice c, int guess);

/* Returns the option that goes on with as few preemptions as can be.  */
int state_default(const struct search *s, const struct state *state);

/* The first choice that could not be taken again was at the present step.  */
void search_diverged(struct search *s);

/* A generator of random numbers (Steele, Lea and Flood's SplitMix64, 2014).
   Each execution begins with a state of its own.  */
uint64_t random_begin(uint64_t seed, uint64_t execution);
uint64_t random_next(uint64_t *state);
uint32_t random_below(uint64_t *state, uint32_t n);

#endif
