/* crash.h -- signals that the program's own mistakes raise.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_CRASH_H
#define EXPLORE_CRASH_H

/* Calls crashed(signal, address) for each such signal from now on, on a stack
   of its own; it does not return.  */
void crash_set_up(void (*crashed)(int signal, const void *at));

/* Calls tick() each so many seconds of this process's time.  It may jump out
   of what it interrupts, or return.  */
void crash_watch(int seconds, void (*tick)(void));

#endif
