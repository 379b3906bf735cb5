/* cpus.h -- where threads run.

   SPDX-License-Identifier: MIT */

#ifndef CPUS_H
#define CPUS_H

/* Returns how many CPUs the calling thread may use.  */
int cpus_allowed(void);

/* Keeps the calling thread on the n-th of those, counted round, if the system
   can do that.  */
void cpus_stay_on(int n);

#endif
