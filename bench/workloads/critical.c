/* critical.c -- how long does it take to get in and out of a critical section?

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <inttypes.h>

#include "workloads/critical.h"

static bool any_number(unsigned threads)
{
    return threads > 0;
}

const struct workload workload_critical = {
    .operation = "acquire, critical section, release",
    .fits = any_number,
};

void critical_check(struct run *run, uint64_t counter, bool at_rest)
{
    uint64_t ops = run_ops(run, 0, run->load.threads);
    if (counter != ops)
        run_fails(run, "its counter is %" PRIu64 " after %" PRIu64 " sections",
                  counter, ops);
    if (!at_rest)
        run_fails(run, "it is not free after %" PRIu64 " sections", ops);
}
