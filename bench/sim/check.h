/* check.h -- what a model says next to what this machine does: the model can be
   wrong, and here it may be seen to be.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_SIM_CHECK_H
#define BENCH_SIM_CHECK_H

#include <stdio.h>

#include "sim/cells.h"

/* Has what this machine is simulated: as many cores as can be measured, 2, 4, 8
   ... all that there are, and a transfer that takes what it takes here, unless
   the order has its own.  */
void sim_check_machine(struct sim_order *o);

/* Measures the same locks with as many threads, and prints both, and how well
   they agree.  Returns false if nothing could be measured.  */
bool sim_check_print(const struct sim_cells *cells, FILE *out);

#endif
