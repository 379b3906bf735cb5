/* lines.h -- the report for scripts, and for the loss meter.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_LINES_H
#define EXPLORE_LINES_H

#include <stdio.h>

#include "explore/result.h"

/* Writes lines of words between tabs; what does not apply is left out:

     level    BOUND or all, STRATEGY, SCHEDULES, FAILURES, complete or part
     proof    all; the bound up to which all schedules were tried; or none
     fair     not all of these: see struct result
     most     schedules of the last level
     threads  created, alive at a time; without main
     outcome  VERDICT, FEWEST PREEMPTIONS, SCHEDULES, TEXT
     failure  VERDICT, PREEMPTIONS, SWITCHES, STEPS, SCHEDULE, SENTENCE
     needed   how many of its preemptions
     races    data races, pairs without a common lock  */
void lines_print(FILE *out, const struct result *r);

#endif
