/* sim.h -- `contention sim`.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_SIM_SIM_H
#define BENCH_SIM_SIM_H

/* Does what the arguments say; argv[0] is the command.  Returns what to exit
   with.  */
int sim_run(int argc, char **argv);

#endif
