/* output.h -- what the program prints, caught.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_OUTPUT_H
#define EXPLORE_OUTPUT_H

#include <stdio.h>

/* Catches standard output and error from now on.  */
void output_set_up(void);

/* Where the explorer prints itself.  */
FILE *output_real(void);
FILE *output_real_errors(void);

/* What the program has printed since it was asked last, without white
   space at its end.  Valid until the next time.  */
char *output_take(void);
char *output_take_errors(void);

#endif
