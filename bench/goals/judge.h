/* judge.h -- whether the goals are met: pure functions of results.

   A ratio is the library's figure over the rival's in the same block, each the
   mean of its runs there; less is better.  The best rival is the one whose
   median over the blocks is best.  Of several cells it is the geometric mean of
   their ratios within a block.  What is judged is the median of the blocks; its
   95 % interval is given beside it.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_GOALS_JUDGE_H
#define BENCH_GOALS_JUDGE_H

#include "goals/goals.h"
#include "results/stats.h"

/* From the best to the worst.  */
enum outcome {
    HOLDS,        /* the median meets the limit */
    NOT_SHOWN,    /* it does not, but the limit lies in the interval */
    MISSED,       /* it does not */
    NO_RIVAL,     /* there is nobody to compare with */
    NOT_MEASURED, /* the cell is not there, or nothing is known of it */
    OUT_OF_ORDER, /* the library did not do what it is for */
    OUTCOMES
};

/* In words.  */
extern const char *const outcome_words[OUTCOMES];

/* What a cell comes to, or several.  */
struct finding {
    struct ask ask;
    const struct cell *cell; /* NULL: not there, or it is of several */
    enum outcome outcome;
    const char *rival;     /* NULL: none */
    double ours;           /* medians: ns, or a share; of several cells the */
    double theirs;         /*   geometric mean */
    struct interval ratio; /* of NOBODY the figure itself */
    double limit;
    double noise; /* by what factor the baseline differed from itself */
};

struct judgement {
    const struct goal *goal;
    struct finding all; /* of all cells; of EACH_CELL the worst one */
    struct finding *cells;
    unsigned n_cells;
    unsigned held; /* of them, with EACH_CELL */
};

struct court {
    const struct results *r;
    struct judgement *judgements;
    unsigned n;
    unsigned held;
};

/* Judges all goals with a cell of one of these primitives; of none: all.  */
void court_begin(struct court *c, const struct results *r,
                 const char *const *primitives, unsigned n);
void court_end(struct court *c);

#endif
