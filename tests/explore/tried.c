/* tried.c -- see tried.h.

   SPDX-License-Identifier: MIT */

#include "tried.h"

#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

static void set_add(struct set *s, uint64_t value)
{
    if (s->n == s->room) {
        s->room = s->room ? 2 * s->room : 64;
        s->at = realloc(s->at, s->room * sizeof *s->at);
        ck_assert_ptr_nonnull(s->at);
    }
    s->at[s->n++] = value;
}

static int compare(const void *a, const void *b)
{
    uint64_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

/* Sorts the set, each value once.  Returns how many there are.  */
static size_t set_order(struct set *s)
{
    size_t n = 0;

    if (s->n)
        qsort(s->at, s->n, sizeof *s->at, compare);
    for (size_t i = 0; i < s->n; i++)
        if (n == 0 || s->at[i] != s->at[n - 1])
            s->at[n++] = s->at[i];
    s->n = n;
    return n;
}

void found_free(struct found *f)
{
    free(f->states.at);
    free(f->schedules.at);
    free(f->traces.at);
}

void explore(const struct toy_program *p,
             const struct search_settings *settings, struct found *f)
{
    static struct toy_run run;
    struct search *s = search_new(settings);

    *f = (struct found){.ends = {0}};
    while (search_next(s)) {
        toy_run(p, s, &run);
        f->ends[run.end]++;
        if (run.end == TOY_CUT)
            continue;
        if (run.preemptions != run.cost.preemptions)
            ck_abort_msg("preemptions: %d", run.cost.preemptions);
        f->cost[run.preemptions]++;
        set_add(&f->states, toy_hash_state(&run));
        set_add(&f->schedules, toy_hash_schedule(&run));
        set_add(&f->traces, toy_hash_trace(&run));
    }
    f->report = search_report(s);
    search_free(s);
    set_order(&f->states);
    set_order(&f->schedules);
    set_order(&f->traces);
}

struct found explored(const struct toy_program *p, enum strategy strategy,
                      int bound, uint64_t most)
{
    struct search_settings settings = {
        .strategy = strategy, .bound = bound, .most = most};
    struct found f;

    explore(p, &settings, &f);
    return f;
}

uint64_t count(const struct toy_program *p, enum strategy strategy, int bound)
{
    struct found f = explored(p, strategy, bound, 0);

    ck_assert(f.report.complete);
    ck_assert_int_eq(f.report.diverged, -1);
    ck_assert_uint_eq(f.schedules.n, f.report.executions);
    found_free(&f);
    return f.report.executions;
}

bool same(const struct set *a, const struct set *b)
{
    return a->n == b->n
           && (a->n == 0 || memcmp(a->at, b->at, a->n * sizeof *a->at) == 0);
}
