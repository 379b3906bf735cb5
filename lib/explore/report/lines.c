/* lines.c -- the report for scripts: a line for each fact, its words between
   tabs, so that awk reads it.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "lines.h"

#include "schedule.h"
#include "words.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *const strategies[] = {
    [STRATEGY_FULL] = "full",     [STRATEGY_DPOR] = "dpor",
    [STRATEGY_RANDOM] = "random", [STRATEGY_PCT] = "pct",
    [STRATEGY_REPLAY] = "replay",
};

static void print_bound(FILE *out, int bound)
{
    if (bound == BOUND_NONE)
        fputs("all", out);
    else
        fprintf(out, "%d", bound);
}

static void print_levels(FILE *out, const struct result *r)
{
    for (int i = 0; i < r->n_levels; i++) {
        const struct level *l = &r->levels[i];
        fputs("level\t", out);
        print_bound(out, l->bound);
        fprintf(out, "\t%s\t%" PRIu64 "\t%" PRIu64 "\t%s\n",
                strategies[l->strategy], l->schedules, l->failures,
                l->complete ? "complete" : "part");
    }
}

/* The last level that was tried as a whole.  */
static const struct level *proven(const struct result *r)
{
    const struct level *best = NULL;

    for (int i = 0; i < r->n_levels; i++)
        if (r->levels[i].complete && (!best || !best->covers_all))
            best = &r->levels[i];
    return best;
}

static void print_proof(FILE *out, const struct result *r)
{
    const struct level *l = proven(r);

    fputs("proof\t", out);
    if (!l)
        fputs("none", out);
    else
        print_bound(out, l->covers_all ? BOUND_NONE : l->bound);
    if (r->is_fair)
        fputs("\nfair", out);
    if (r->n_levels > 0)
        fprintf(out, "\nmost\t%" PRIu64, r->levels[r->n_levels - 1].schedules);
    fputc('\n', out);
}

static void print_threads(FILE *out, const struct result *r)
{
    const struct execution *e = r->right ? r->right : r->failure;
    int alive = 0, most = 0;

    if (!e)
        return;
    for (size_t i = 0; i < e->trace.length; i++) {
        const struct step *s = &e->trace.steps[i];
        alive += s->op == OP_CREATE;
        most = alive > most ? alive : most;
        alive -= s->op == OP_EXIT && s->actor > 0;
    }
    fprintf(out, "threads\t%d\t%d\n", e->trace.n_threads - 1, most);
}

/* A deadlock is one outcome, whoever waits for what.  */
static const char *outcome_text(const struct outcome *o)
{
    switch (o->verdict) {
    case VERDICT_ASSERT:
    case VERDICT_CRASH:
    case VERDICT_DEADLOCK:
    case VERDICT_LIVELOCK:
        return words_verdict(o->verdict);
    default:
        return o->text;
    }
}

static void print_outcomes(FILE *out, const struct result *r)
{
    for (int i = 0; i < r->n_outcomes; i++) {
        const struct outcome *o = &r->outcomes[i];
        fprintf(out, "outcome\t%s\t%d\t%" PRIu64 "\t%s\n",
                words_verdict(o->verdict), o->least_preemptions, o->schedules,
                outcome_text(o));
    }
}

static void print_failure(FILE *out, const struct execution *e)
{
    char *replay = schedule_to_string(e->schedule, e->length, &e->trace);

    fprintf(out, "failure\t%s\t%d\t%d\t%zu\t%s\t%s\n",
            words_verdict(e->verdict), e->cost.preemptions, e->cost.switches,
            e->cost.steps, replay, e->sentence ? e->sentence : "");
    free(replay);
}

static void print_needed(FILE *out, const struct result *r)
{
    int needed = 0;

    for (int i = 0; i < r->failure->cost.preemptions; i++)
        needed += r->needed[i];
    fprintf(out, "needed\t%d\n", needed);
}

static void print_races(FILE *out, const struct result *r)
{
    int races = 0;

    for (int i = 0; i < r->n_races; i++)
        races += !r->races[i].is_ordered;
    fprintf(out, "races\t%d\t%d\n", races, r->n_races - races);
}

void lines_print(FILE *out, const struct result *r)
{
    print_levels(out, r);
    print_proof(out, r);
    print_threads(out, r);
    print_outcomes(out, r);
    if (r->failure)
        print_failure(out, r->failure);
    if (r->failure && r->needed)
        print_needed(out, r);
    print_races(out, r);
}
