/* virtual.h -- the one clock of a program that is explored.

   Time goes on by time-outs and sleeps only, so a program gets the same times
   in each run.  All its clocks show the same.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_VIRTUAL_H
#define EXPLORE_VIRTUAL_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* What the clocks show now, ns.  */
int64_t virtual_now(void);

/* What they show, as the time of the engine; INT64_MAX is never there too.  */
int64_t virtual_to_engine(int64_t shown);

/* In ns; past the ends of the range, the ends.  */
int64_t virtual_from_timespec(const struct timespec *t);

/* Whether the program may wait until a time on that clock.  */
bool virtual_has_clock(clockid_t clock);

/* Whether tv_nsec is in 0 .. 999,999,999.  */
bool virtual_is_time(const struct timespec *t);

/* The caller, in an execution, yields or sleeps.  */
void virtual_yield(uintptr_t pc);
void virtual_sleep(int64_t ns, uintptr_t pc);

#endif
