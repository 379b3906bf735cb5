/* state.h -- the shared state in a story, row by row.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_STATE_H
#define EXPLORE_STATE_H

#include "story.h"

/* Finds what has a state: memory, and objects that are held, set or
   counted.  */
void state_find_columns(struct story *s);

void state_fill_cells(struct story *s);

#endif
