/* scores.h -- what all cells of a peer come to, and where it stands in one.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_SCORES_H
#define BENCH_SCORES_H

#include "results/survey.h"

/* What each verdict looks like where there is no room for words.  */
extern const char *const verdict_signs[VERDICTS];

/* What the cells of one peer come to.  */
struct score {
    unsigned counts[VERDICTS];
    unsigned broken;
    unsigned n;    /* that have a verdict */
    double mean;   /* the geometric one of their ratios; NaN of none */
    double median; /* which a few large ratios don't move; NaN of none */
};

struct score score_of(const struct survey *s, const char *peer);

/* The geometric means of the ratios of two peers over the same cells: those
   where both have a verdict.  */
struct common {
    unsigned n;
    double mean;
    double other;
};

struct common score_common(const struct survey *s, const char *peer,
                           const char *other);

/* From the first place to the last that a contestant may have among all with a
   verdict; they differ where an order is not shown.  */
struct rank {
    unsigned first;
    unsigned last;
    unsigned of;
};

/* Returns the rank of contestant i, which has a verdict.  */
struct rank score_rank(const struct survey *s, const struct cell *cell,
                       unsigned i);

/* Returns the peers that are more than the baseline, each once, and how many
   in *n; to be freed.  */
const char **score_peers(const struct results *r, unsigned *n);

#endif
