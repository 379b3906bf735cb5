/* replay.c -- one schedule, run again.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "driver.h"
#include "explore/engine/execution.h"

static int ask_search(void *search, const struct state *state,
                      const struct step *const *next)
{
    (void)next;
    return search_choose(search, state);
}

int64_t replay_once(const struct choice *schedule, size_t length,
                    struct execution *e)
{
    struct search_settings settings = {.strategy = STRATEGY_REPLAY,
                                       .bound = BOUND_NONE,
                                       .schedule = schedule,
                                       .length = length};
    struct search *s = search_new(&settings);
    const struct chooser chooser = {.choose = ask_search, .self = s};
    int64_t diverged;

    search_next(s);
    if (execution_run(&chooser, e))
        search_end(s, execution_left());
    e->cost = search_cost(s);
    diverged = search_report(s).diverged;
    search_free(s);
    if (diverged < 0 && e->length < length)
        diverged = (int64_t)e->length;
    return diverged;
}

int64_t replay(const struct options *o, const struct choice *schedule,
               size_t length, struct execution *e)
{
    int64_t diverged;

    do
        diverged = replay_once(schedule, length, e);
    while (execution_learnt());
    tally_judge(o, e);
    return diverged;
}
