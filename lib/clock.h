/* clock.h -- what the library itself asks of time; deadline.c has it all.

   SPDX-License-Identifier: MIT */

#ifndef CLOCK_H
#define CLOCK_H

#include <interlock/deadline.h>

#define NS_PER_S INT64_C(1000000000)

/* Returns whether `until` has passed; asks the clock only if it must.  */
bool deadline_passed(il_deadline until);

/* Returns `until`, which is not il_never(), as the C library writes it.  */
struct timespec deadline_to_timespec(il_deadline until);

#endif
