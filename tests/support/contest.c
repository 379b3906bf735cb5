/* contest.c -- see contest.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "contest.h"

#include <math.h>
#include <stdlib.h>

#include "memory.h"
#include "random.h"

static const char *const peers[CONTESTANTS] = {"interlock", "nsync", "pthread",
                                               "pthread"};

void contest_begin(struct results *r, unsigned blocks)
{
    *r = (struct results){
        .command = memory_copy("contention --primitive lock"),
        .date = memory_copy("2026-01-02T03:04:05Z"),
        .against = memory_copy("pthread"),
        .planned = blocks,
        .blocks = blocks,
        .seconds = 0.5,
        .step = 1.25,
    };
}

static void begin_contestant(struct contestant *c, const char *peer,
                             unsigned blocks)
{
    c->peer = memory_copy(peer);
    c->samples = memory_new(blocks, sizeof *c->samples);
    for (unsigned i = 0; i < blocks; i++) {
        c->samples[i].is_there = true;
        for (unsigned m = 0; m < METRICS; m++)
            c->samples[i].values[m] = (double)NAN;
    }
}

struct cell *contest_add(struct results *r, const char *workload,
                         unsigned threads)
{
    struct cell *cell;

    r->cells = memory_grow(r->cells, r->n_cells + 1, sizeof *r->cells);
    cell = &r->cells[r->n_cells++];
    *cell = (struct cell){
        .primitive = memory_copy("lock"),
        .workload = memory_copy(workload),
        .operation = memory_copy("acquire and release"),
        .shape = {.threads = threads, .cs = (double)NAN, .ncs = (double)NAN},
        .count = CONTESTANTS,
        .contestants = memory_new(CONTESTANTS, sizeof *cell->contestants),
    };
    for (unsigned i = 0; i < CONTESTANTS; i++)
        begin_contestant(&cell->contestants[i], peers[i], r->planned);
    return cell;
}

void contest_set(const struct results *r, const struct cell *cell, unsigned i,
                 enum metric m, double value, unsigned seed)
{
    uint64_t random = seed * CONTESTANTS + i;

    random_step(&random);
    for (unsigned block = 0; block < r->planned; block++) {
        double chance = random_below(&random, 2001) / 1000.0 - 1;
        cell->contestants[i].samples[block].values[m] =
            value * (1 + chance / 100);
    }
}

void contest_set_rates(const struct results *r, const struct cell *cell,
                       unsigned seed)
{
    contest_set(r, cell, INTERLOCK, RATE, 1e6, seed);
    contest_set(r, cell, NSYNC, RATE, 2e6, seed);
    contest_set(r, cell, FIRST_BASELINE, RATE, 1e6, seed);
    contest_set(r, cell, SECOND_BASELINE, RATE, 1e6, seed);
}
