/* tally.h -- what all the executions of an exploration come to.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_TALLY_H
#define EXPLORE_TALLY_H

#include "explore/judge/judge.h"
#include "options.h"
#include "result.h"

struct tally {
    const struct options *options;
    struct result result;
    struct races races;
    bool diverged; /* the program did something else in the same schedule */
};

/* Forgets all.  */
void tally_begin(struct tally *t, const struct options *o);

/* Begins a level; ends the last one with what the search says.  */
void tally_level(struct tally *t, enum strategy strategy, int bound);
void tally_level_end(struct tally *t, const struct search_report *r);
/* Forgets the last one's line: a better one follows.  */
void tally_drop_level(struct tally *t);

/* Counts an execution, with its cost, in the last level.  It is judged first:
   that may change its verdict.  */
void tally_add(struct tally *t, struct execution *e);

/* What the program itself does not see of one execution: its output is not
   what was expected, a data race, a misuse.  */
void tally_judge(const struct options *o, struct execution *e);

/* Whether a costs less than b.  */
bool cost_is_less(const struct search_cost *a, const struct search_cost *b);

#endif
