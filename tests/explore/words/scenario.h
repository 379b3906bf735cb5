/* scenario.h -- small programs that the explorer runs through all their
   interleavings, with the primitives' own sources: each word of theirs that
   threads share is a step.

   A program of several scenarios is called with the name of one and a number of
   threads.  What must hold is asserted, and that nobody waits for ever, that no
   freed memory is used and that no plain data races the explorer sees by
   itself.

   SPDX-License-Identifier: MIT */

#ifndef SCENARIO_H
#define SCENARIO_H

#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

struct scenario {
    const char *name;
    void (*begin)(int threads); /* or NULL; before the threads */
    void (*body)(int thread);   /* 0 .. threads - 1 */
    void (*end)(int threads);   /* or NULL; when all have ended */
};

/* Ends with a scenario without a name.  */
extern const struct scenario scenarios[];

/* One more, where a lock has to protect it.  */
static inline void count(int *n)
{
    *n = *n + 1;
}

#endif
