/* programs.h -- the peers: programs beside this one, each with the answers of
   one library or several.

   A program in the folder `peers` is a peer, or several, if `PROGRAM list`
   prints lines of "PEER PRIMITIVE LOOP", and `PROGRAM run PEER PRIMITIVE LOOP
   KEY=NUMBER...` makes one run and prints it as JSON (run/main.c).

   SPDX-License-Identifier: MIT */

#ifndef BENCH_PROGRAMS_H
#define BENCH_PROGRAMS_H

#include <stdbool.h>
#include <stddef.h>

/* One peer's answer to one question.  */
struct offer {
    char *program; /* its path */
    char *peer;
    char *primitive;
    char *loop;
    bool is_planted; /* there to see its faults found; not for a table */
};

/* Finds the programs in a folder beside this one, and asks each; the offers of
   an earlier folder are gone, but not their words.  Their order is interlock,
   pthread, the others by name.  Exits with EXIT_USAGE if there are none.  */
void programs_find(const char *name);

/* Returns how long a program took on average to start and to answer, today, in
   ms.  */
double programs_start_ms(void);

/* Returns the i-th offer, or NULL behind the last.  */
const struct offer *programs_offer(size_t i);

/* Returns the offer of that peer, or NULL if it has none.  */
const struct offer *programs_get(const char *peer, const char *primitive,
                                 const char *loop);

/* A program that was asked and did not answer.  */
struct failure {
    char *name; /* of its file */
    char *why;
};

/* Returns the i-th failure, or NULL behind the last.  */
const struct failure *programs_failure(size_t i);

/* Returns whether there is a peer of that name.  */
bool programs_have(const char *peer);

#endif
