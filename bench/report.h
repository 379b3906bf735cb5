/* report.h -- the table, 80 columns wide.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_REPORT_H
#define BENCH_REPORT_H

#include <stdbool.h>

#include "harness.h"

/* Prints the noise, the table and the verdicts.  */
void report(const struct contest *all);

/* Names the contestants whose self-check failed.  Returns whether there are
   any.  */
bool report_broken(const struct contest *all);

#endif
