/* waves.h -- a number of threads that changes during a run.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_WAVES_H
#define BENCH_WAVES_H

#include <stdbool.h>
#include <stdint.h>

struct run;
struct worker;

/* Waits until the worker is among those that may run.  Returns false if the run
   is over.  */
bool wave_admits(struct worker *w);

/* Lets the first n threads run.  */
void wave_set(struct run *run, unsigned n);

/* Lets ns pass, meanwhile 1, 2, 4, ... all, ... 4, 2, 1 threads run, each as
   long; or, to shake, a random number for about 10 ms each.  */
void wave_pass(struct run *run, int64_t ns);

/* Lets ns pass.  */
void let_pass(int64_t ns);

#endif
