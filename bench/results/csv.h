/* csv.h -- the results of a contest for other programs, a line a sample.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_CSV_H
#define BENCH_CSV_H

#include <stdio.h>

#include "results/results.h"

/* Writes a line of titles and a line for each sample, with commas and quotes
   as RFC 4180 has them; what is not known is empty.  The runs of the baseline
   have 1 or 2 under "baseline".  A contestant that never ran has a line with
   its fault alone.  Returns 0, or -1 and sets errno.  */
int csv_write(const struct results *r, FILE *out);

#endif
