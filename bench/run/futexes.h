/* futexes.h -- counts futex calls, in two ways: the kernel's tracepoint, where
   the user may have that; and standing before syscall(2), where those calls do
   not come by that the C library makes itself.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_FUTEXES_H
#define BENCH_FUTEXES_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Counts those of the calling thread that it makes by syscall(2) to
 *counter.  */
void futexes_count_to(uint64_t *counter);

/* Lets the kernel count those of n threads.  Returns false if it does not.  */
bool futexes_watch(const pid_t *threads, unsigned n);

/* Returns how many it counted.  */
double futexes_seen(void);

#endif
