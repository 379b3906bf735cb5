/* made.h -- results of explorations that never were, for the reports to show.

   SPDX-License-Identifier: MIT */

#ifndef MADE_H
#define MADE_H

#include "explore/names/names.h"
#include "explore/result.h"

/* A result, the names in it, and where they come from.  */
struct made {
    struct result result;
    struct names names;
    struct execution failure;
    struct step steps[256];
};

/* Two threads, one balance, the deposit stopped in the middle.  */
void made_lost_update(struct made *m);

/* The same with `tellers` threads that each deposit.  */
void made_tellers(struct made *m, int tellers);

/* A wait that nobody ends: its notify came before.  */
void made_lost_wakeup(struct made *m);

/* `tellers` threads, each with a lock that the one before it wants.  */
void made_deadlock(struct made *m, int tellers);

/* A thread that asks again and again, after two steps of another.  */
void made_livelock(struct made *m, int rounds);

/* No failure.  */
void made_right(struct made *m);

void made_free(struct made *m);

/* Parts, to make others of.  Each returns the step that it adds, chosen.  */
struct step *made_memory(struct made *m, int thread, enum op op, const void *at,
                         uint64_t value, int line);
struct step *made_object(struct made *m, int thread, enum op op, enum kind kind,
                         const void *at, int line);

/* Gives a name to something.  */
void made_name(struct made *m, const void *at, size_t size, const char *name);

/* Adds a level.  */
struct level *made_level(struct made *m, int bound, uint64_t schedules,
                         uint64_t failures);

/* What is read and written.  */
extern int made_balance;
extern char made_lock, made_condition, made_locks[8];

#endif
