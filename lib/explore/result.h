/* result.h -- what exploring a program has shown, for those who print it.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_RESULT_H
#define EXPLORE_RESULT_H

#include "explore/search/search.h"
#include "step.h"

/* One execution that is kept.  */
struct execution {
    struct trace trace;
    enum verdict verdict;
    char *sentence; /* of the verdict, or NULL */
    char *output;   /* what the program printed, without the last newline */
    int status;
    bool is_fair; /* see struct result */
    struct search_cost cost;
    struct choice *schedule;
    size_t length; /* of the schedule */
};

/* All schedules with at most `bound` preemptions, or without a bound.  */
struct level {
    int bound; /* or BOUND_NONE */
    enum strategy strategy;
    uint64_t schedules;
    uint64_t failures; /* not VERDICT_RIGHT */
    bool complete;     /* all of them */
    bool covers_all;   /* complete, and no schedule was left out */
};

/* What the program printed, or how it failed: executions that are alike to
   who looks at them from outside.  */
struct outcome {
    const char *text;
    enum verdict verdict;
    uint64_t schedules; /* in the last level that was */
    int least_preemptions;
};

/* A data race: two accesses that nothing orders; or no common lock.  */
struct race {
    struct step first, second;
    const void *held_first[4], *held_second[4]; /* locks, NULL-terminated */
    bool is_ordered; /* never by chance: a data race was not seen, but no lock
                        protects both */
};

struct result {
    const char *program;
    struct level levels[16];
    int n_levels;
    struct outcome *outcomes;
    int n_outcomes;
    struct race *races;
    int n_races;
    struct execution *failure; /* the first with fewest preemptions, switches,
                                  steps; or NULL */
    struct execution *right;   /* one that ended right, or NULL */
    bool *needed; /* of failure's preemptions, in order: whether without it
                     all is right */
    bool is_fair; /* schedules were left out in which a thread that seems to
                     wait goes round its loop again, and no other comes */
    double seconds;
};

#endif
