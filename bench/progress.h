/* progress.h -- a line on the terminal that says how far it is.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_PROGRESS_H
#define BENCH_PROGRESS_H

#include <stdbool.h>

#include "plan.h"
#include "results/results.h"

struct progress {
    bool is_shown;
    unsigned blocks;
    unsigned runs; /* of all blocks */
    unsigned done;
    double began;
    double shown;
    double expected; /* seconds */
};

/* Says how long it will take, if anybody is there to read it.  */
void progress_begin(struct progress *p, unsigned blocks,
                    const struct plan_of_work *plan);

/* Says which run is next, now and then.  */
void progress_show(struct progress *p, unsigned block, const struct cell *cell,
                   const char *peer);

/* Takes the line away.  */
void progress_end(struct progress *p);

#endif
