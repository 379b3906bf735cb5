/* sparkline.h -- throughput by threads in one line of text.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_SPARKLINE_H
#define BENCH_SPARKLINE_H

#include <stdio.h>

#include "results/survey.h"

/* Prints those of all peers of a group, if it has enough thread numbers, and
   the locale the characters.  */
void sparklines_print(const struct survey *s, unsigned first, unsigned end,
                      FILE *out);

#endif
