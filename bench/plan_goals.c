/* plan_goals.c -- see plan_goals.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "plan_goals.h"

#include <math.h>
#include <string.h>

#include "goals/goals.h"
#include "machine/probe.h"

/* Seconds that the table takes, however many peers there are; but a run takes
   no less and no more than that.  */
static const struct span usual = {560, 0.01, 0.1}, quick = {80, 0.003, 0.05};

static const struct workload *find_workload(const struct ask *ask)
{
    const struct workload *w = workloads;

    while (w->primitive
           && (strcmp(w->primitive, ask->primitive) != 0
               || strcmp(w->name, ask->field->workload) != 0))
        w++;
    if (!w->primitive)
        refuse("there is no workload %s / %s", ask->primitive,
               ask->field->workload);
    return w;
}

/* Hand-offs need pairs of threads.  */
static struct shape shape_for(const struct ask *ask, const struct workload *w)
{
    const struct work work = {ask->cs, ask->ncs, 0};
    unsigned cpus = probe_cpus() > 0 ? probe_cpus() : 1;
    struct shape s = plan_shape(
        w, &work, ask->threads == TWICE_THE_CPUS ? 2 * cpus : ask->threads);

    s.pin = ask->field->pin;
    s.beside = ask->field->is_beside ? cpus : 0;
    return s;
}

/* Whether some goal has that field, and the peer.  A cell of two goals is asked
   for twice, the second time with what the first had in mind, too.  */
static bool is_asked_for(const struct goal *g, const struct ask *ask)
{
    struct ask asks[MAX_ASKS];

    for (unsigned i = 0; i < MAX_FIELDS && g->fields[i].primitives; i++) {
        const struct field *f = &g->fields[i];
        unsigned n = field_expand(f, asks);
        for (unsigned k = 0; k < n; k++) {
            if (strcmp(asks[k].primitive, ask->primitive) == 0
                && strcmp(f->workload, ask->field->workload) == 0
                && asks[k].threads == ask->threads && asks[k].cs == ask->cs
                && asks[k].ncs == ask->ncs && f->pin == ask->field->pin
                && f->is_beside == ask->field->is_beside)
                return true;
        }
    }
    return false;
}

static bool admits(const struct question *q, const struct offer *offer)
{
    const struct ask *ask = q->context;

    for (const struct goal *g = goal_table; g->text; g++) {
        if (goal_wants(g, offer->peer, offer->primitive)
            && is_asked_for(g, ask))
            return true;
    }
    return false;
}

static void add_ask(const struct options *o, struct results *r,
                    struct plan_of_work *plan, const struct ask *ask)
{
    const struct workload *w = find_workload(ask);
    const struct field *f = ask->field;
    const struct question q = {
        .workload = w,
        .shape = shape_for(ask, w),
        .length = f->length,
        .seconds = f->seconds,
        .blocks = o->plan == PLAN_QUICK && f->blocks > 0 ? 1 : f->blocks,
        .admits = admits,
        .context = ask,
    };

    if (words_allow(&o->primitives, ask->primitive))
        plan_ask(o, r, plan, &q);
}

void plan_make_goals(const struct options *o, struct results *r,
                     struct plan_of_work *plan)
{
    struct ask asks[MAX_ASKS];

    for (const struct goal *g = goal_table; g->text; g++) {
        for (unsigned i = 0; i < MAX_FIELDS && g->fields[i].primitives; i++) {
            unsigned n = field_expand(&g->fields[i], asks);
            for (unsigned k = 0; k < n; k++)
                add_ask(o, r, plan, &asks[k]);
        }
    }
    if (r->n_cells == 0)
        refuse("no goal is about such a primitive, or nobody has it");
    plan_schedule(o, r, plan, o->plan == PLAN_QUICK ? &quick : &usual);
}
