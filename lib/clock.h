/* clock.h -- what the library itself asks of time; deadline.c has it all.

   SPDX-License-Identifier: MIT */

#ifndef CLOCK_H
#define CLOCK_H

#include <interlock/deadline.h>

/* Returns whether `until` has passed; asks the clock only if it must.  */
bool il__deadline_passed(il_deadline until);

/* Seconds and ns in 64 bits each, as Linux takes them where struct timespec is
   narrower too.  */
struct timespec_64 {
    int64_t tv_sec;
    int64_t tv_nsec;
};

/* Returns `until`, which is not il_never(), in s and ns.  */
struct timespec_64 il__deadline_to_timespec_64(il_deadline until);

/* The same as the C library writes it: as late as its time_t can say.  */
struct timespec il__deadline_to_timespec(il_deadline until);

#endif
