/* files.h -- all that was simulated, for other programs.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_SIM_FILES_H
#define BENCH_SIM_FILES_H

#include <stdio.h>

#include "sim/cells.h"

/* Return 0, or -1 if it cannot be written.  */
int sim_write_json(const struct sim_cells *cells, FILE *out);
/* A line for each seed.  */
int sim_write_csv(const struct sim_cells *cells, FILE *out);

#endif
