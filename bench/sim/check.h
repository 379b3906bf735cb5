/* check.h -- what a model says next to what this machine does: the model can be
   wrong, and here it may be seen to be.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_SIM_CHECK_H
#define BENCH_SIM_CHECK_H

#include <stdio.h>

#include "sim/cells.h"

/* Has as many cores simulated as can be measured: 2, 4, 8 ... all of this
   machine's.  */
void sim_check_cores(struct sim_order *o);

/* Measures the same locks with as many threads, and prints both, and how well
   they agree.  Returns false if nothing could be measured.  */
bool sim_check_print(const struct sim_cells *cells, FILE *out);

#endif
