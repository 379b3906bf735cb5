/* report.h -- what was simulated, in print: never without the word "modelled",
   and what that leaves out.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_SIM_REPORT_H
#define BENCH_SIM_REPORT_H

#include <stdio.h>

#include "sim/cells.h"

/* A table within 80 columns, and what it means.  */
void sim_report_print(const struct sim_cells *cells, FILE *out);

/* What others have published, which is never in the same table.  */
void sim_report_published(FILE *out);

#endif
