/* search.h -- which schedules are tried, and in which order.

   The search knows no program.  Somebody runs executions for it, one after the
   other, each from the start, and asks it at each state who is next
   (search_choose) until the execution ends (search_end).  It answers from a
   stack of the choices of the execution before, the last of which it changes.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_SEARCH_H
#define EXPLORE_SEARCH_H

#include "explore/step.h"

/* What an actor would do next.  One that can't is listed too (`enabled` is
   false): the reduction needs to know.  Options are in ascending order of
   actor, CHANCE_GO first, which is always listed.

   An actor's touches stay the same until it takes a step, and whether it is
   enabled depends on nothing but the objects that it touches, but for what is
   held back because it yields, and spurious wake-ups.  A step without a touch
   may come before or after any of another actor.  */
struct option {
    struct choice choice;
    bool enabled;
    bool yields; /* it has just yielded or sleeps: to go on with another costs
                    no preemption.  If it is not enabled, it may be held back
                    for that reason */
    uint8_t touches;
    struct touch touch[TOUCHES_MOST];
};

struct state {
    const struct option *options;
    int n;
    int last;      /* the actor that took the step before, or -1 */
    bool is_alone; /* one option, of the only thread that there is: no choice,
                      and not counted as one, but the reduction has to know */
};

enum strategy {
    STRATEGY_FULL,   /* all schedules with at most `bound` preemptions */
    STRATEGY_DPOR,   /* one of each equivalence class, without a bound */
    STRATEGY_RANDOM, /* uniform choice at each step */
    STRATEGY_PCT,    /* Burckhardt et al. 2010, of depth `bound` + 1 */
    STRATEGY_REPLAY, /* one schedule, given */
};

/* No bound.  */
enum { BOUND_NONE = -1 };

struct search_settings {
    enum strategy strategy;
    int bound;
    uint64_t most;                 /* executions; 0: as many as there are */
    uint64_t seed;                 /* random, PCT */
    const struct choice *schedule; /* replay */
    size_t length;
};

struct search;

struct search *search_new(const struct search_settings *settings);
void search_free(struct search *s);

/* Begins the next execution.  Returns false when there is none: all were, or
   `most` are done.  */
bool search_next(struct search *s);

/* Returns the index of the option that is next, an enabled one; or -1: this
   execution is of no more use (equivalent to one that was), end it and don't
   count it.  At least one option is enabled.  */
int search_choose(struct search *s, const struct state *state);

/* The execution has ended; not called after -1.  `left` is the state it ended
   in: nobody is left, or nobody can go on, but by spurious wake-ups (what they
   wait for matters to the reduction).  It is NULL if the last step ended it,
   whatever others would have done: exit, a crash, a failed assertion, the step
   limit.  */
void search_end(struct search *s, const struct state *left);

/* What is known so far.  */
struct search_report {
    uint64_t executions; /* complete ones */
    uint64_t cut;        /* after -1 */
    bool complete;       /* all that there are by the settings */
    bool bounded;        /* some schedule was left out because of the bound */
    int64_t diverged;    /* the first choice of the schedule that could not be
                            taken, else -1.  Of a replay; of a search it means
                            that the program is not deterministic */
};
struct search_report search_report(const struct search *s);

/* What the present execution has cost so far.  */
struct search_cost {
    int preemptions; /* a switch from a thread that could have gone on, and has
                        not yielded; a time-out or a spurious wake-up while
                        somebody could go on without */
    int switches;
    size_t steps; /* chosen ones */
};
struct search_cost search_cost(const struct search *s);

/* Whether two touches are in conflict, and two options' or steps' lists.  */
bool touch_conflicts(const struct touch *a, const struct touch *b);
bool touches_conflict(const struct touch *a, int n, const struct touch *b,
                      int m);

#endif
