/* html.h -- the report in one file, with pictures, that needs no other.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_HTML_H
#define BENCH_HTML_H

#include <stdio.h>

#include "results/results.h"

/* Both return 0, or -1 with errno.  */
int html_write(const struct results *r, FILE *out);

/* Writes each picture into a file of its own:
   "lock-mutexbench-moderate-throughput.svg"; and "throughput.gnuplot".  */
int html_write_plots(const struct results *r, const char *directory);

#endif
