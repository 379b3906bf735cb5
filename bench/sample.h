/* sample.h -- one run of one peer, and what it gives.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_SAMPLE_H
#define BENCH_SAMPLE_H

#include "plan.h"
#include "results/results.h"

/* Makes contestant i's run of the cell for that block.  A fault that is found
   is noted, and puts the contestant out of the contest.  Returns false if the
   run did not come to its end.  */
bool sample_take(struct cell *cell, const struct work_order *order, unsigned i,
                 unsigned block, double step);

#endif
