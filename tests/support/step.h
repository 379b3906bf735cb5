/* step.h -- one machine instruction at a time.

   A bug of a few instructions' width is met by chance once in a million
   rounds; a thread that rests after each instruction meets it every time.

   SPDX-License-Identifier: MIT */

#ifndef STEP_H
#define STEP_H

#include <stdbool.h>

/* Returns whether stepping is possible here: on x86-64, and without
   ThreadSanitizer.  */
bool step_possible(void);

/* From step_begin to step_end in the same thread, calls rest(), in a signal
   handler, after every instruction.  */
void step_begin(void (*rest)(void));
void step_end(void);

#endif
