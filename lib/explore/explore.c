/* explore.c -- the phases of an exploration.

   First all schedules without a preemption, then all with at most one, and so
   on (Musuvathi and Qadeer, "Iterative Context Bounding", 2007): the first
   failure is one with the fewest preemptions there can be, and most mistakes
   need very few.  Then all schedules; if they are too many, one of each class
   of equivalent ones; if they still are, some at random.

   What of the memory is shared is found on the way.  When it turns out to be
   more than was known, the searches so far have left out steps, and all begins
   again.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "driver.h"
#include "explore/engine/execution.h"
#include "explore/process/output.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Unless asked for, no bound is raised beyond HIGHEST, or after one that has
   cost more than the CHEAP-th part of the budget: hardly a mistake needs more.
   RANDOM is the part of it that random schedules get.  PCT's depth is 3, one
   more than its bound, as that finds most.  */
enum {
    HIGHEST = 3,
    CHEAP = 20,
    RANDOM = 10,
    PCT_BOUND = 2,
    LOOKS = 64,
    AGAIN = 1000,
    LONG = 1000
};

static int ask_search(void *search, const struct state *state,
                      const struct step *const *next)
{
    (void)next;
    return search_choose(search, state);
}

static double seconds_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* The line on the terminal that says how far it is.  */
static void show_progress(const struct level *l, double since)
{
    static double shown;
    FILE *to = output_real_errors();
    double now = seconds_now();

    if (now - since < 1 || now - shown < 0.5)
        return;
    shown = now;
    fprintf(to, "\r%" PRIu64 " schedules, %" PRIu64 " fail, %.0f s ",
            l->schedules, l->failures, now - since);
}

/* Runs executions until the search has no more or time is over.  Returns false
   if more is known to be shared than before.  */
static bool run_search(struct tally *t, struct search *s)
{
    const struct level *l = &t->result.levels[t->result.n_levels - 1];
    const struct chooser chooser = {
        .choose = ask_search, .self = s, .sees_alone = true};
    bool shows = t->options->progress && isatty(fileno(output_real_errors()));
    double begin = seconds_now();

    for (uint64_t i = 1; search_next(s); i++) {
        struct execution e;
        bool whole = execution_run(&chooser, &e);
        if (whole)
            search_end(s, execution_left());
        if (execution_learnt())
            return false;
        e.cost = search_cost(s);
        if (whole)
            tally_add(t, &e);
        if (i % LOOKS == 0 && shows)
            show_progress(l, begin);
        if ((i % LOOKS == 0 || e.trace.length > LONG)
            && seconds_now() - begin > (double)t->options->seconds)
            break;
    }
    return true;
}

/* Tries the schedules of one level.  Returns false if all has to begin
   again.  */
static bool run_level(struct tally *t, enum strategy strategy, int bound,
                      uint64_t most)
{
    struct search_settings settings = {.strategy = strategy,
                                       .bound = bound,
                                       .most = most,
                                       .seed = t->options->seed};
    struct search *s = search_new(&settings);
    struct search_report r;
    bool is_right;

    tally_level(t, strategy, bound);
    is_right = run_search(t, s);
    r = search_report(s);
    t->diverged |= r.diverged >= 0;
    tally_level_end(t, &r);
    search_free(s);
    return is_right;
}

static const struct level *last_level(const struct tally *t)
{
    return &t->result.levels[t->result.n_levels - 1];
}

/* All that the last bound has left out is nothing: it is the line of all, too.
 */
static void cover_all(struct tally *t)
{
    struct result *r = &t->result;

    if (r->n_levels == (int)(sizeof r->levels / sizeof *r->levels))
        return;
    r->levels[r->n_levels] = *last_level(t);
    r->levels[r->n_levels++].bound = BOUND_NONE;
}

/* Raises the bound as long as there is a reason to.  Returns false if all has
   to begin again.  */
static bool run_bounds(struct tally *t)
{
    const struct options *o = t->options;
    int highest = o->bound == BOUND_NONE ? HIGHEST : o->bound;

    for (int bound = 0; bound <= highest; bound++) {
        const struct level *l;
        if (!run_level(t, STRATEGY_FULL, bound, o->schedules))
            return false;
        l = last_level(t);
        if (l->covers_all || !l->complete)
            break;
        if (o->bound == BOUND_NONE
            && (l->failures || l->schedules > o->schedules / CHEAP))
            break;
    }
    return true;
}

/* Without a bound: all, or one of each class, or some.  */
static bool run_all(struct tally *t)
{
    uint64_t most = t->options->schedules;

    if (!run_level(t, STRATEGY_FULL, BOUND_NONE, most))
        return false;
    if (last_level(t)->covers_all)
        return true;
    tally_drop_level(t);
    if (!run_level(t, STRATEGY_DPOR, BOUND_NONE, most))
        return false;
    if (last_level(t)->covers_all)
        return true;
    tally_drop_level(t);
    return run_level(t, STRATEGY_RANDOM, BOUND_NONE,
                     (most + RANDOM - 1) / RANDOM);
}

static bool run_auto(struct tally *t)
{
    if (!run_bounds(t))
        return false;
    if (last_level(t)->covers_all)
        cover_all(t);
    else if (t->options->bound == BOUND_NONE)
        return run_all(t);
    return true;
}

static bool run_plan(struct tally *t)
{
    static const enum strategy strategies[] = {[PLAN_FULL] = STRATEGY_FULL,
                                               [PLAN_DPOR] = STRATEGY_DPOR,
                                               [PLAN_RANDOM] = STRATEGY_RANDOM,
                                               [PLAN_PCT] = STRATEGY_PCT};
    const struct options *o = t->options;
    int bound = o->bound;

    if (o->plan == PLAN_AUTO)
        return run_auto(t);
    if (o->plan == PLAN_PCT && bound == BOUND_NONE)
        bound = PCT_BOUND;
    return run_level(t, strategies[o->plan], bound, o->schedules);
}

/* Explores until nothing more becomes known to be shared; but not for ever, as
   memory may be elsewhere each time.  */
static void explore_all(struct tally *t)
{
    int times = 0;

    do
        tally_begin(t, t->options);
    while (!run_plan(t) && ++times < AGAIN);
    t->diverged |= times == AGAIN;
}

/* Whether an execution is the same when it is run again.  What a program takes
   from outside, a file, a random number of the system, may make it another.  */
static bool repeats(const struct options *o, const struct execution *once)
{
    struct execution again;

    return replay(o, once->schedule, once->length, &again) < 0
           && again.trace.length == once->trace.length
           && !strcmp(again.output, once->output);
}

/* If the program does not repeat itself, nothing is complete.  */
static void doubt(struct tally *t)
{
    struct result *r = &t->result;

    t->diverged |= r->right && !repeats(t->options, r->right);
    for (int i = 0; t->diverged && i < r->n_levels; i++)
        r->levels[i].complete = r->levels[i].covers_all = false;
}

/* What is shown is the last execution again: its blocks have names.  */
static void show_last(const struct tally *t)
{
    const struct execution *shown =
        t->result.failure ? t->result.failure : t->result.right;
    struct execution again;

    if (shown)
        replay_once(shown->schedule, shown->length, &again);
}

void explore(struct tally *t)
{
    double begin = seconds_now();

    explore_all(t);
    doubt(t);
    find_needed(t);
    show_last(t);
    t->result.seconds = seconds_now() - begin;
    if (t->options->progress && isatty(fileno(output_real_errors())))
        fputs("\r\033[K", output_real_errors());
}

bool explore_bound(struct tally *t, int bound)
{
    do
        tally_begin(t, t->options);
    while (!run_level(t, STRATEGY_FULL, bound, t->options->schedules));
    return last_level(t)->complete && !last_level(t)->covers_all;
}

bool explore_is_proof(const struct tally *t)
{
    const struct level *l = last_level(t);

    return l->covers_all || (t->options->bound != BOUND_NONE && l->complete);
}
