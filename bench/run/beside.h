/* beside.h -- threads that only compute, beside those of a run: what locks take
   from others.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_BESIDE_H
#define BENCH_BESIDE_H

#include <stdint.h>

/* Starts n of them; they wait for nothing.  */
void beside_start(unsigned n);

/* Stops them.  */
void beside_stop(void);

/* Returns how many operations they made.  */
uint64_t beside_ops(void);

/* Returns the processor time that they had, in ns.  */
int64_t beside_cpu(void);

/* Lets ns pass.  Returns how many operations a second they make.  */
double beside_speed(int64_t ns);

#endif
