/* tried.h -- what a search of a toy came to.

   SPDX-License-Identifier: MIT */

#ifndef TRIED_H
#define TRIED_H

#include "toy.h"

/* A set of hashes.  */
struct set {
    uint64_t *at;
    size_t n, room;
};

bool same(const struct set *a, const struct set *b);

/* What a search came to.  */
struct found {
    struct set states, schedules, traces;
    struct search_report report;
    uint64_t ends[TOY_CUT + 1];
    uint64_t cost[TOY_STEPS]; /* how many executions have so many preemptions */
};

void found_free(struct found *f);

/* Searches; explored by settings of which these are all.  */
void explore(const struct toy_program *p,
             const struct search_settings *settings, struct found *f);
struct found explored(const struct toy_program *p, enum strategy strategy,
                      int bound, uint64_t most);

/* Returns how many executions there are, all of them different.  */
uint64_t count(const struct toy_program *p, enum strategy strategy, int bound);

#endif
