/* timeout.c -- a wait for what does not come: how late is it given up?

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "run/run.h"

enum { GRAIN_NS = 2000 };

int64_t timeout_begin(void)
{
    return run_now();
}

/* A wait that ends early is a fault, but for the grain of clocks.  An operation
   is as long as the wait was too long.  Relaxed: a sum.  */
void timeout_end(struct worker *w, int64_t begin)
{
    int64_t late = run_now() - begin - (int64_t)TIMEOUT_US * 1000;

    if (late < -GRAIN_NS)
        w->saw_fault = true;
    if (late < 0)
        late = 0;
    worker_counts(w, 1);
    if (worker_phase(w) != COUNTED)
        return;
    __atomic_fetch_add(&w->run->busy, late, __ATOMIC_RELAXED);
    worker_waited(w, late, false);
}
