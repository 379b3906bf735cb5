/* analysis.h -- what the samples of a cell come to.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_ANALYSIS_H
#define BENCH_ANALYSIS_H

#include "results/results.h"
#include "results/stats.h"

/* What the blocks of one contestant come to.  */
struct summary {
    struct interval values[METRICS]; /* NaN where not known */
    bool is_judged;                  /* it and the baseline pass their checks */
    struct interval ratio; /* of speed, to the baseline's in the same block; of
                              the first baseline, to the second */
    enum verdict verdict;
    unsigned outliers;
};

/* Returns what contestant i of the cell comes to, over the finished blocks.  */
struct summary analyze(const struct results *r, const struct cell *cell,
                       unsigned i);

/* Returns by what factor the baseline differed from itself in that cell; NaN
   if it is broken.  */
double analyze_noise(const struct results *r, const struct cell *cell);

/* The noise of all cells: the median and the worst.  */
struct noise {
    double median;
    double worst;
    const struct cell *where; /* the worst; NULL if no cell has any */
};

struct noise analyze_all_noise(const struct results *r);

/* Marks the outliers of all contestants: samples whose rate lies more than 3.5
   robust standard deviations from the median (modified Z-score; Iglewicz and
   Hoaglin, 1993).  */
void analyze_outliers(struct results *r);

#endif
