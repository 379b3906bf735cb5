/* plan.h -- which cells a contest has, and who takes part in each.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_PLAN_H
#define BENCH_PLAN_H

#include "options.h"
#include "programs.h"
#include "results/results.h"
#include "workloads.h"

/* What runs a cell: beside results.h's cell of the same index.  */
struct work_order {
    const struct workload *workload;
    const struct offer **offers; /* one a contestant */
    double seconds;
};

struct plan_of_work {
    struct work_order *orders;
    double total;  /* seconds of one block */
    unsigned runs; /* of one block */
};

/* Fills in the cells, without samples, and how long a run takes.  Refuses what
   comes to none.  */
void plan_make(const struct options *o, struct results *r,
               struct plan_of_work *plan);

/* Gives back the memory of a plan.  */
void plan_free(struct plan_of_work *plan, const struct results *r);

#endif
