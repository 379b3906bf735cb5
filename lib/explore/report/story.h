/* story.h -- an execution as rows to be shown: what was done, by whom, and what
   the shared state was after it.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_STORY_H
#define EXPLORE_STORY_H

#include "explore/names/names.h"
#include "explore/result.h"

/* Something whose state is shown.  */
struct column {
    enum kind kind;
    const void *at;
    uint32_t size;
    char *title;
    char *start; /* its state before the first step, or NULL */
};

/* The state of a column after a row.  */
struct cell {
    char *text; /* NULL: not known yet */
    bool changed;
};

struct row {
    const struct step *step;
    unsigned number; /* from 1; 0 if nobody had to choose it */
    int thread;
    int preempted; /* the thread that had to stop before it, or -1 */
    const struct place *place; /* or NULL */
    char *text;
    char *note;         /* what is remarkable, or NULL */
    struct cell *cells; /* one a column */
};

/* A thread that can't go on at the end of a deadlock.  */
struct stuck {
    int thread;
    const struct place *place; /* or NULL */
    char *text;
};

struct story {
    const struct execution *execution;
    const struct names *names;
    struct row *rows;
    size_t n_rows;
    size_t period;  /* of a livelock: so many rows come again and again; or 0 */
    size_t repeats; /* how often they are left out */
    struct column *columns;
    size_t n_columns; /* memory first */
    struct stuck stuck[THREADS_MOST];
    int n_stuck;
    int threads[THREADS_MOST]; /* those that take part */
    int n_threads;
    char *titles[THREADS_MOST]; /* by number of the thread */
};

void story_begin(struct story *s, const struct execution *e,
                 const struct names *names);
void story_end(struct story *s);

#endif
