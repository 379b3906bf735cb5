/* runtime.h -- the end of the program.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_RUNTIME_H
#define EXPLORE_RUNTIME_H

/* main has returned, or exit was called: what atexit was asked for.  */
void runtime_at_exit(void);

#endif
