/* gnuplot.h -- the throughput of all groups as a script for gnuplot, with its
   figures in it: for who wants to draw it another way.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_GNUPLOT_H
#define BENCH_GNUPLOT_H

#include "html/page.h"

void gnuplot_write(const struct page *p, FILE *out);

#endif
