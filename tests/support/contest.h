/* contest.h -- results made up, for the tests of what is made from results.

   SPDX-License-Identifier: MIT */

#ifndef CONTEST_H
#define CONTEST_H

#include "results/results.h"

/* Who takes part in each cell; the baseline is pthread.  */
enum { INTERLOCK, NSYNC, FIRST_BASELINE, SECOND_BASELINE, CONTESTANTS };

/* Begins results without cells.  Free by results_free.  */
void contest_begin(struct results *r, unsigned blocks);

/* Adds a cell of a lock's workload, of which nothing is known but that all
   took part in all blocks.  Returns it, until the next one is added.  */
struct cell *contest_add(struct results *r, const char *workload,
                         unsigned threads);

/* Gives a contestant a metric: about `value` in each block, within 1 % of it,
   by chance that differs for each contestant and `seed`.  */
void contest_set(const struct results *r, const struct cell *cell, unsigned i,
                 enum metric m, double value, unsigned seed);

/* Gives all contestants the rates 1 and 2 and 1 and 1 million.  */
void contest_set_rates(const struct results *r, const struct cell *cell,
                       unsigned seed);

#endif
