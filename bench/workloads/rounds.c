/* rounds.c -- how long does it take all threads to meet?

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <inttypes.h>

#include "workloads/rounds.h"

static bool any_number(unsigned threads)
{
    return threads > 0;
}

const struct workload workload_rounds = {
    .operation = "a round of all threads",
    .joint = true,
    .fits = any_number,
};

void rounds_check(struct run *run)
{
    uint64_t rounds = run_ops(run, 0, 1);
    for (unsigned i = 1; i < run->load.threads; i++) {
        uint64_t others = run_ops(run, i, i + 1);
        if (others != rounds)
            run_fails(run,
                      "thread %u made %" PRIu64 " rounds, thread 0 %" PRIu64, i,
                      others, rounds);
    }
}
