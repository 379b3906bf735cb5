/* machine.h -- what the numbers are of.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_MACHINE_H
#define BENCH_MACHINE_H

/* Prints the machine and the build, one line each.  */
void machine_print(void);

/* Starts to look at what other programs, and other machines on the same
   hardware, take of the processors.  */
void machine_watch(void);

/* Prints what they took since machine_watch.  */
void machine_print_others(void);

#endif
