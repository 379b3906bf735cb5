/* schedule.h -- a schedule as a short string, to be copied and replayed.

   A1.B2.A1#7f3c: one step of thread A, two of B, one of A.  The threads are
   lettered in order of creation, M is main, and a small letter is the store
   buffer of a thread.  A! is a time-out of A, A? a spurious wake-up, A=2 the
   answer 2 of il_explore_choose.  What comes after # is a hash of what the
   steps were, so that a program that has changed since is not taken for the one
   that the schedule is of.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_SCHEDULE_H
#define EXPLORE_SCHEDULE_H

#include "explore/step.h"

/* Returns the letter of an actor.  */
char schedule_letter(int actor);

/* Returns the string of those choices; *t is what they led to.  The caller
   frees it.  */
char *schedule_to_string(const struct choice *choices, size_t length,
                         const struct trace *t);

/* What a string says.  */
struct schedule {
    struct choice *choices;
    size_t length;
    bool has_hash; /* a string that a person writes has none */
    uint16_t hash;
};

/* Reads a string into *s, of which the caller frees `choices`.  Returns NULL,
   or a sentence that says what is wrong, which the caller frees; *s is then
   empty.  */
char *schedule_parse(const char *text, struct schedule *s);

/* Whether the schedule is of the program that ran: `diverged` is the first
   choice that could not be taken, or -1, *t what it did.  Returns NULL if it
   is, or a sentence that the caller frees.  */
char *schedule_refusal(const struct schedule *s, const struct trace *t,
                       int64_t diverged);

#endif
