/* listing.h -- what can be measured, and who is not there.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_LISTING_H
#define BENCH_LISTING_H

#include <stdio.h>

#include "options.h"
#include "results/results.h"

/* Prints the primitives, their workloads, and the peers that programs_find
   found, what they do not have, and those that are absent, with the reason.  */
void listing_print(FILE *out);

/* Notes who is absent from the cells, and why.  */
void listing_note_absences(struct results *r, const struct options *o);

#endif
