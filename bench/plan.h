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
    double seconds;  /* of a run; while it is planned, in the plan's */
    double fixed;    /* if > 0, seconds that nothing can change */
    unsigned blocks; /* if > 0, in that many only */
};

/* A cell that is to be planned.  */
struct question {
    const struct workload *workload;
    struct shape shape;
    double length;   /* of a run, in those of the plan; 0: the workload's */
    double seconds;  /* if > 0, the length in seconds */
    unsigned blocks; /* if > 0, in that many only */
    /* Whether that one takes part, too; NULL: all that the options allow.  */
    bool (*admits)(const struct question *q, const struct offer *offer);
    const void *context; /* for admits */
};

/* How many seconds all blocks take, and a run at least and at most.  */
struct span {
    double all;
    double least;
    double most;
};

struct plan_of_work {
    struct work_order *orders;
    double total;  /* seconds of one block */
    unsigned runs; /* of one block */
};

/* Returns how a workload's cell with that work looks.  */
struct shape plan_shape(const struct workload *w, const struct work *work,
                        unsigned threads);

/* Adds the cell, if it is not there and there is somebody to measure.  */
void plan_ask(const struct options *o, struct results *r,
              struct plan_of_work *plan, const struct question *q);

/* Decides how long each run is: as the options say, or as there is time.  */
void plan_schedule(const struct options *o, struct results *r,
                   struct plan_of_work *plan, const struct span *span);

/* Fills in the cells, without samples, and how long a run takes.  Refuses what
   comes to none.  */
void plan_make(const struct options *o, struct results *r,
               struct plan_of_work *plan);

/* Gives back the memory of a plan.  */
void plan_free(struct plan_of_work *plan, const struct results *r);

#endif
