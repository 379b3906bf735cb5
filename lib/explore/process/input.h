/* input.h -- what the program reads.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_INPUT_H
#define EXPLORE_INPUT_H

#include <stdbool.h>
#include <stdio.h>

/* From now on the program has standard input if that is a file, which each
   execution reads again; else, or if the explorer takes it, an empty one.  */
void input_set_up(bool is_taken);
void input_rewind(void);

/* What the explorer itself is told.  */
FILE *input_real(void);

#endif
