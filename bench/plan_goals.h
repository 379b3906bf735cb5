/* plan_goals.h -- the cells that the goals ask for, each with those peers that
   some goal compares there.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_PLAN_GOALS_H
#define BENCH_PLAN_GOALS_H

#include "plan.h"

/* As plan_make does; of the options it heeds the primitives.  */
void plan_make_goals(const struct options *o, struct results *r,
                     struct plan_of_work *plan);

#endif
