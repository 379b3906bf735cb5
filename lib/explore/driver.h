/* driver.h -- what an exploration consists of.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_DRIVER_H
#define EXPLORE_DRIVER_H

#include "tally.h"

/* Tries schedules as the options say, until there is a verdict.  */
void explore(struct tally *t);
/* ... only up to a bound, which is complete when it returns true.  */
bool explore_bound(struct tally *t, int bound);

/* Whether nothing that was not tried can be wrong, as far as was asked for.  */
bool explore_is_proof(const struct tally *t);

/* Runs one schedule; see execution_run.  Returns the first choice that could
   not be taken, or -1.  */
int64_t replay_once(const struct choice *schedule, size_t length,
                    struct execution *e);
/* ... again, if more has become known of what is a step; and judges it.  */
int64_t replay(const struct options *o, const struct choice *schedule,
               size_t length, struct execution *e);

/* Finds a schedule's execution again, however much of the program has to be
   explored to know what its steps are.  Returns NULL, or a sentence why not, to
   be freed.  */
char *replay_text(struct tally *t);

/* Returns a sentence if a call of the execution was a misuse, and nobody looked
   at what it answered; else NULL.  What *e points to is valid until this is
   called again, at most.  */
const char *misuse_find(struct execution *e);

/* Tries the failure without each of its preemptions, for result.needed.  */
void find_needed(struct tally *t);

/* A game, after exploring.  Returns whether the player has made it fail.  */
bool play(struct tally *t);

#endif
