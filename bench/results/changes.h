/* changes.h -- what changed between two contests, cell by cell; see compare.h.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_CHANGES_H
#define BENCH_CHANGES_H

#include <stdbool.h>
#include <stddef.h>

#include "results/results.h"
#include "results/stats.h"

/* Of those that are judged besides the speed; less is better.  */
enum { MENTIONED = 2 };
extern const enum metric changes_mentioned[MENTIONED];

/* Who decides, if both have it.  */
extern const char changes_decisive[];

/* What became of a contestant.  */
struct change {
    struct interval before; /* ratio to the baseline */
    struct interval after;
    struct interval change;
    enum verdict verdict;
};

struct row {
    const struct cell *cell;
    const char *peer;
    bool is_baseline; /* its change is that of its operations a second */
    const char *old_fault;
    const char *new_fault;
    struct change speed;
    struct change others[MENTIONED];
};

/* A peer that takes part before, and not after.  */
struct loss {
    const char *peer;
    unsigned cells; /* of those that both have */
};

struct changes {
    struct row *rows;
    size_t n_rows;
    double *floors; /* of the cells that can be compared, sorted */
    size_t n_floors;
    double median_floor; /* NaN if there is none */
    struct loss *losses;
    size_t n_losses;
    unsigned unmatched;        /* cells that one of the two has alone */
    unsigned without_baseline; /* cells where it is broken */
    unsigned other_baseline;   /* cells where it is another peer */
    bool is_decided_by_one;    /* by changes_decisive */
};

/* Of those that decide.  */
struct tally {
    unsigned verdicts[VERDICTS];
    unsigned newly_broken;
    unsigned broken; /* before, so that there is nothing to compare with */
};

/* Compares all that can be.  A change of speed is one if it exceeds the noise
   floor of its cell, and that of the median cell: in some of many cells the
   floor is low by chance.  */
void changes_begin(struct changes *t, const struct results *before,
                   const struct results *after);
void changes_end(struct changes *t);

/* Whether the one who decides takes part before, and nowhere after.  */
bool changes_lost_decisive(const struct results *before,
                           const struct results *after);

/* Whether the row decides what the comparison comes to.  */
bool changes_decide(const struct changes *t, const struct row *row);

/* Whether it is slower, or broken and was not.  */
bool row_is_regression(const struct row *row);

struct tally changes_count(const struct changes *t);

/* Returns how many were compared.  */
unsigned tally_compared(const struct tally *n);

#endif
