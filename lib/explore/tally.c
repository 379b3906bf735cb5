/* tally.c -- counts outcomes, and keeps the best failure.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "tally.h"

#include "driver.h"
#include "explore/engine/execution.h"
#include "need.h"

#include <stdlib.h>
#include <string.h>

void tally_begin(struct tally *t, const struct options *o)
{
    struct result *r = &t->result;

    for (int i = 0; i < r->n_outcomes; i++)
        free((char *)(uintptr_t)r->outcomes[i].text);
    free(r->outcomes);
    free(r->needed);
    execution_free(r->failure);
    execution_free(r->right);
    races_free(&t->races);
    *t = (struct tally){.options = o, .result = {.program = r->program}};
}

static struct level *last_level(struct tally *t)
{
    return &t->result.levels[t->result.n_levels - 1];
}

void tally_level(struct tally *t, enum strategy strategy, int bound)
{
    struct result *r = &t->result;
    int most = (int)(sizeof r->levels / sizeof *r->levels);

    if (r->n_levels < most)
        r->n_levels++;
    *last_level(t) = (struct level){.bound = bound, .strategy = strategy};
    for (int i = 0; i < r->n_outcomes; i++)
        r->outcomes[i].schedules = 0;
}

void tally_level_end(struct tally *t, const struct search_report *r)
{
    struct level *l = last_level(t);

    l->complete = r->complete && r->diverged < 0;
    l->covers_all =
        l->complete && !r->bounded
        && (l->strategy == STRATEGY_FULL || l->strategy == STRATEGY_DPOR);
}

void tally_drop_level(struct tally *t)
{
    t->result.n_levels--;
}

bool cost_is_less(const struct search_cost *a, const struct search_cost *b)
{
    if (a->preemptions != b->preemptions)
        return a->preemptions < b->preemptions;
    if (a->switches != b->switches)
        return a->switches < b->switches;
    return a->steps < b->steps;
}

/* Judging.  */

/* What was printed last.  */
static const char *last_line(const char *output)
{
    const char *newline = strrchr(output, '\n');

    return newline ? newline + 1 : output;
}

static bool is_as_expected(const struct options *o, const struct execution *e)
{
    return !o->expect || !strcmp(last_line(e->output), o->expect);
}

static bool has_race(const struct trace *t)
{
    struct races races = {NULL, 0};
    bool found = judge_races(t, &races) > 0;

    races_free(&races);
    return found;
}

static void sentence(struct execution *e, enum verdict v, const char *text)
{
    static char kept[256];

    strncpy(kept, text, sizeof kept - 1);
    e->verdict = v;
    e->sentence = kept;
}

void tally_judge(const struct options *o, struct execution *e)
{
    const char *misuse;

    if (e->verdict != VERDICT_RIGHT)
        return;
    misuse = o->misuse ? misuse_find(e) : NULL;
    if (!is_as_expected(o, e))
        sentence(e, VERDICT_WRONG, "not what was expected");
    else if (misuse)
        sentence(e, VERDICT_MISUSE, misuse);
    else if (o->races && has_race(&e->trace))
        sentence(e, VERDICT_RACE, "a data race");
}

/* Outcomes.  */

/* What tells outcomes apart: what was printed, if the program came to its end,
   or what ended it.  */
static const char *text_of(const struct execution *e)
{
    const char *line = last_line(e->output);

    switch (e->verdict) {
    case VERDICT_RIGHT:
    case VERDICT_WRONG:
    case VERDICT_RACE:
    case VERDICT_MISUSE:
        return *line || !e->sentence ? line : e->sentence;
    default:
        return e->sentence ? e->sentence : line;
    }
}

static struct outcome *outcome_of(struct tally *t, const struct execution *e)
{
    struct result *r = &t->result;
    const char *text = text_of(e);

    for (int i = 0; i < r->n_outcomes; i++) {
        struct outcome *o = &r->outcomes[i];
        if (o->verdict == e->verdict && !strcmp(o->text, text))
            return o;
    }
    r->outcomes = need(realloc(r->outcomes, (size_t)(r->n_outcomes + 1)
                                                * sizeof *r->outcomes));
    r->outcomes[r->n_outcomes] =
        (struct outcome){.text = need(strdup(text)),
                         .verdict = e->verdict,
                         .least_preemptions = e->cost.preemptions};
    return &r->outcomes[r->n_outcomes++];
}

static void keep_least(struct execution **kept, const struct execution *e)
{
    if (*kept && !cost_is_less(&e->cost, &(*kept)->cost))
        return;
    execution_free(*kept);
    *kept = execution_keep(e);
}

void tally_add(struct tally *t, struct execution *e)
{
    struct outcome *o;

    tally_judge(t->options, e);
    judge_races(&e->trace, &t->races);
    t->result.races = t->races.list;
    t->result.n_races = t->races.n;
    o = outcome_of(t, e);
    o->schedules++;
    t->result.is_fair |= e->is_fair;
    if (e->cost.preemptions < o->least_preemptions)
        o->least_preemptions = e->cost.preemptions;
    last_level(t)->schedules++;
    if (e->verdict == VERDICT_RIGHT) {
        keep_least(&t->result.right, e);
    } else {
        last_level(t)->failures++;
        keep_least(&t->result.failure, e);
    }
}
