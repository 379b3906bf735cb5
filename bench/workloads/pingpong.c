/* pingpong.c -- how long does it take to wake the one who waits?

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <inttypes.h>

#include "workloads/pingpong.h"

static bool alone_or_pairs(unsigned threads)
{
    return threads == 1 || threads % 2 == 0;
}

const struct workload workload_pingpong = {
    .operation = "wait for the ball, pass it",
    .fits = alone_or_pairs,
};

unsigned pingpong_courts(const struct run *run)
{
    return (run->load.threads + 1) / 2;
}

void pingpong_check(struct run *run, unsigned court, const struct ball *b)
{
    unsigned first = 2 * court;
    unsigned last = run->load.threads == 1 ? 1 : first + 2;
    uint64_t ops = run_ops(run, first, last);
    if (b->hits != ops)
        run_fails(run, "its ball has %" PRIu64 " hits of %" PRIu64, b->hits,
                  ops);
}
