/* launch.h -- a program, run to its end.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_LAUNCH_H
#define BENCH_LAUNCH_H

#include <signal.h>
#include <stddef.h>

/* Set, by a handler of signals, if the program is to end.  Then what runs is
   killed.  */
extern volatile sig_atomic_t launch_interrupted;

/* Runs argv[0] with these arguments, and gives what it printed: text that the
   caller frees, or NULL with a reason in `why`: it cannot be run, takes longer
   than `seconds`, is killed, fails, or is interrupted.  */
char *launch(char *const argv[], double seconds, char *why, size_t size);

#endif
