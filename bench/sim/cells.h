/* cells.h -- locks that are simulated: a cell is a lock and a number of cores,
   run once for each seed, each time in a process of its own.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_SIM_CELLS_H
#define BENCH_SIM_CELLS_H

#include "programs.h"
#include "sim/order.h"

/* Of an acquisition; the keys are those that the programs print.  */
enum sim_metric {
    SIM_REFERENCES,
    SIM_INVALIDATIONS,
    SIM_FUTEXES,
    SIM_SWITCHES,
    SIM_HANDOVERS,
    SIM_NS,
    SIM_JAIN,
    SIM_MISSES,
    SIM_UPGRADES,
    SIM_YIELDS,
    SIM_MEMBARRIERS,
    SIM_METRICS
};
extern const char *const sim_keys[SIM_METRICS];

struct sim_cell {
    const char *program, *lock;
    unsigned cores;
    char *fault; /* what is wrong with it, or NULL */
    double values[SIM_SEEDS_MOST][SIM_METRICS];
};

struct sim_cells {
    const struct sim_order *order;
    struct sim_cell *items; /* those of a lock together, by number of cores */
    unsigned n;
};

/* A metric's mean over the seeds, and half of what its least and its most
   differ by.  */
struct sim_figure {
    double mean, spread;
};

/* Makes the cells of the order, and simulates them, some at a time.  */
void sim_cells_run(struct sim_cells *cells, const struct sim_order *o);
void sim_cells_free(struct sim_cells *cells);

struct sim_figure sim_figure(const struct sim_cells *cells,
                             const struct sim_cell *c, enum sim_metric m);

/* Returns the first cell behind those of the same lock.  */
const struct sim_cell *sim_cells_next(const struct sim_cells *cells,
                                      const struct sim_cell *c);

#endif
