/* survey.h -- what all contestants of a contest come to, worked out once, and
   the cells in the order in which a reader wants them.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_SURVEY_H
#define BENCH_SURVEY_H

#include "results/analysis.h"

struct survey {
    const struct results *r;
    const struct cell **cells;  /* group by group, in each by threads */
    struct summary **summaries; /* by cell as in r, and contestant */
    double *noise;              /* by cell as in r */
};

void survey_begin(struct survey *s, const struct results *r);
void survey_end(struct survey *s);

/* Returns what contestant i of the cell comes to.  */
const struct summary *survey_of(const struct survey *s, const struct cell *cell,
                                unsigned i);

/* Returns by what factor the baseline differed there from itself.  */
double survey_noise(const struct survey *s, const struct cell *cell);

/* Returns where in s->cells the group ends that begins at `first`: the cells
   that differ in their threads alone.  */
unsigned survey_group_end(const struct survey *s, unsigned first);

/* Whether contestant i takes part for its own sake: not as the baseline.  */
bool survey_is_rival(const struct cell *cell, unsigned i);

/* Whether contestant i and the baseline did what they are for, often enough
   for a verdict.  */
bool survey_has_verdict(const struct survey *s, const struct cell *cell,
                        unsigned i);

/* Returns 1 if contestant a is shown to be faster than b, -1 if slower, 0 if
   neither is shown.  Both have a verdict.  */
int survey_order(const struct survey *s, const struct cell *cell, unsigned a,
                 unsigned b);

/* Returns the operations a second of contestant i; -1 if they are not known, or
   it is broken.  */
double survey_rate(const struct survey *s, const struct cell *cell, unsigned i);

/* Returns the contestants of the cell, the fastest first; to be freed.  */
unsigned *survey_sort(const struct survey *s, const struct cell *cell);

/* Returns which contestant the peer is for its own sake; cell->count if it
   takes no part.  */
unsigned survey_find(const struct cell *cell, const char *peer);

/* Fills `names`, for all contestants of all cells long enough, with the peers
   that are more than the baseline, each once.  Returns how many.  */
unsigned survey_peers(const struct results *r, const char **names);

#endif
