/* options.h -- what IL_EXPLORE asks for: words like `bound=2`, see
   il-explore(1).

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_OPTIONS_H
#define EXPLORE_OPTIONS_H

#include "explore/search/search.h"

enum mode {
    MODE_EXPLORE,
    MODE_REPLAY, /* one schedule */
    MODE_PLAY,   /* who sits there is the scheduler */
};

/* How to explore.  */
enum plan {
    PLAN_AUTO, /* bounds 0, 1, 2 ..., then all, as far as the budget goes */
    PLAN_FULL, /* one strategy, within `bound` */
    PLAN_DPOR,
    PLAN_RANDOM,
    PLAN_PCT,
};

struct options {
    enum mode mode;
    enum plan plan;
    int bound;          /* no preemptions beyond it, or BOUND_NONE */
    uint64_t schedules; /* most, of a level */
    uint64_t seconds;   /* most, of a level */
    uint64_t steps;     /* most, of an execution */
    uint64_t seed;
    bool spurious;  /* wake-ups are a choice */
    bool races;     /* a data race is a failure */
    bool misuse;    /* an error that the program ended well in spite of, too */
    bool tso;       /* stores pass through buffers, as on x86 */
    bool text;      /* a report for people, on standard output */
    bool progress;  /* a line on a terminal, while it takes long */
    char *schedule; /* to replay */
    char *expect;   /* what the last line of output has to be, or NULL */
    char *json;     /* the files of other reports, or NULL; - is standard
                       output */
    char *html;
    char *lines; /* for scripts */
};

/* Returns NULL, or a sentence that says what is wrong with the text, which the
   caller frees.  No text is an empty one.  */
char *options_parse(const char *text, struct options *o);

#endif
