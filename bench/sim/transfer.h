/* transfer.h -- how long a cache line takes from one core of this machine to
   another.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_SIM_TRANSFER_H
#define BENCH_SIM_TRANSFER_H

/* Returns the ns, between the first two CPUs that this process may use; NaN if
   it may use one only.  Takes some 20 ms.  */
double sim_transfer_ns(void);

#endif
