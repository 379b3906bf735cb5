/* execution.h -- the engine, as who repeats executions sees it.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_EXECUTION_H
#define EXPLORE_EXECUTION_H

#include "explore/result.h"

/* How each execution is to be.  */
struct execution_settings {
    int (*main)(int argc, char **argv, char **envp);
    int argc;
    char **argv, **envp;
    size_t most_steps; /* more are a livelock */
    bool spurious;     /* wake-ups are a choice */
};

/* Once, before the first.  */
void execution_set_up(const struct execution_settings *settings);

/* Who is asked at each state: returns the index of an option that is enabled,
   or -1: this execution is of no use.  `next` are the steps that the options'
   threads are about to take.  */
struct chooser {
    int (*choose)(void *self, const struct state *state,
                  const struct step *const *next);
    void *self;
    bool sees_alone; /* is told of the steps of a thread that is alone, too */
};

/* Runs one from its begin to its end.  Returns false if the chooser gave it
   up.  What *e points to is the engine's, until the next one runs.  */
bool execution_run(const struct chooser *chooser, struct execution *e);

/* In executions from now on the call at that step of the trace does not say
   what it answers, but that all went well; EXECUTION_SHOWS: each says it.  */
#define EXECUTION_SHOWS ((size_t)-1)
void execution_hide(size_t step);

/* Whether more has become known of what has to be a step, since this was asked
   last: a search has to begin again.  */
bool execution_learnt(void);

/* What has happened so far, while one runs.  */
const struct trace *execution_trace(void);

/* A copy of one, to be kept; to be freed by execution_free.  */
struct execution *execution_keep(const struct execution *e);
void execution_free(struct execution *e);

/* The state in which the last one ended because nobody could go on, or all
   have ended; or NULL: a step has ended it.  */
const struct state *execution_left(void);

#endif
