/* named.h -- what the program has named by il_explore_name.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_NAMED_H
#define EXPLORE_NAMED_H

#include "names.h"

/* Adds them to *names, in place of what is there of them.  */
void named_add(struct names *names);

#endif
