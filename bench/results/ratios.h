/* ratios.h -- what contestants measured, block by block, in relation to the
   baseline of the same block: what all judgements are made from.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_RATIOS_H
#define BENCH_RATIOS_H

#include "results/results.h"
#include "results/stats.h"

/* Numbers of one metric, from some of the blocks.  */
struct series {
    size_t n;
    double x[STATS_MAX];
};

/* Writes the values of the finished blocks that have one.  */
void series_of_values(struct series *s, const struct results *r,
                      const struct contestant *c, enum metric m);

/* Writes contestant i's value over the mean of the baseline's two in the same
   block; of a baseline, its value over the other's.  A block in which one of
   them is missing, or 0, is left out.  */
void series_of_ratios(struct series *s, const struct results *r,
                      const struct cell *cell, unsigned i, enum metric m);

/* Returns the median and its interval; NaN of no numbers.  */
struct interval series_interval(const struct series *s);

/* Returns by what factor the baseline differed from itself; NaN if it is
   broken or no block has both.  */
double cell_noise(const struct results *r, const struct cell *cell,
                  enum metric m);

/* Returns whether the cell's baseline passes its checks.  */
bool cell_has_baseline(const struct cell *cell);

#endif
