/* table.h -- the report for a terminal, 80 columns wide.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_TABLE_H
#define BENCH_TABLE_H

#include <stdio.h>

#include "results/results.h"

/* Prints the machine, the noise floor, the tables, and what they show in
   words.  In colour if it is for a terminal that wants that.  */
void table_print(const struct results *r, FILE *out);

#endif
