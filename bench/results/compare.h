/* compare.h -- what changed between two contests, before and after.

   A peer's speed is taken in relation to the baseline's in the same block, so
   that what both contests' machine did to both cancels out.  The change of a
   peer in a cell is the median of these ratios after, over that before.  Its
   95 % interval is a bootstrap that resamples the blocks of both contests,
   which are independent of each other.  The noise floor of a cell is the
   factor by which the baseline differed from itself there, before or after,
   whichever is larger.  A change is shown if its interval leaves out 1 and its
   median exceeds the floor, and that of the median cell.  Waits and processor
   time are judged in the same way, and only mentioned.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_COMPARE_H
#define BENCH_COMPARE_H

#include <stdio.h>

#include "results/results.h"

/* What `compare` exits with.  */
enum comparison { COMPARED = 0, REGRESSED = 1, INCOMPARABLE = 2 };

/* Prints the change of each peer that both have, in the cells that both have.
   Returns REGRESSED if one is shown to be slower, or broken though it was not
   before: interlock, if both have it, since other libraries change for
   reasons of their own; else any peer.  Returns INCOMPARABLE, and says why, if
   no change can be judged, or interlock takes part before only.  */
enum comparison compare_results(const struct results *before,
                                const struct results *after, FILE *out);

#endif
