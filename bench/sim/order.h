/* order.h -- what `contention sim` is to simulate: its arguments.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_SIM_ORDER_H
#define BENCH_SIM_ORDER_H

#include "options.h"

enum { SIM_CORES_MOST = 128, SIM_SEEDS_MOST = 100, SIM_COSTS = 11 };

/* What something takes, in ns; see explore/simulate/simulate.h.  */
struct sim_cost {
    const char *key;
    unsigned ns;
    bool is_given; /* by an option, or measured */
};

/* What a line takes from a core of the socket.  */
enum { SIM_TRANSFER = 2 };

struct sim_order {
    struct words locks; /* none: all */
    unsigned cores[MAX_LIST];
    unsigned n_cores;
    unsigned seeds, sockets, lines;
    unsigned cs, ncs; /* ns */
    struct sim_cost costs[SIM_COSTS];
    const char *json, *csv;
    bool passed; /* lines are, at once */
    bool checks; /* measures, too */
};

/* Reads the arguments; argv[0] is the command.  Does not return if one is
   wrong, or asks for help.  */
void sim_order_read(struct sim_order *o, int argc, char **argv);

#endif
