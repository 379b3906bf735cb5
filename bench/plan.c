/* plan.c -- see plan.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "plan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine/probe.h"
#include "memory.h"

enum {
    START_MS = 8,  /* of a process, on average; more where it is Python */
    MAX_HELD = 16, /* as the programs of the peers have it */
};

/* With nobody waiting, so much of the time tells as much.  */
static const double brief = 0.4;

static bool is_chosen(const struct options *o, const struct workload *w)
{
    if (!words_allow(&o->primitives, w->primitive))
        return false;
    if (o->workloads.n > 0)
        return words_allow(&o->workloads, w->name);
    return o->plan == PLAN_ALL || w->threads;
}

/* Whether the number is in the list, or, for a quick table, its first.  */
static bool is_listed(const char *list, unsigned threads, bool is_quick)
{
    char *end;

    for (; *list; list = *end && !is_quick ? end + 1 : "") {
        if (strtoul(list, &end, 10) == threads)
            return true;
    }
    return false;
}

/* What --all has, and a workload that is asked for by name and not with how
   many threads.  */
static const char *full_list(const struct workload *w, bool is_quick)
{
    return w->is_brief               ? "1"
           : w->is_grid && !is_quick ? "2,8"
           : is_quick                ? "2"
                                     : "1,2,4,8";
}

static bool wants(const struct options *o, const struct workload *w,
                  unsigned threads)
{
    bool is_quick = o->plan == PLAN_QUICK;
    bool is_full = o->plan == PLAN_ALL || o->workloads.n > 0 || !w->threads;

    if (!workload_fits(w, threads))
        return false;
    if (o->n_threads == 0)
        return is_listed(is_full ? full_list(w, is_quick) : w->threads, threads,
                         is_quick);
    for (unsigned i = 0; i < o->n_threads; i++) {
        if (o->threads[i] == threads)
            return true;
    }
    return false;
}

static struct shape shape_of(const struct options *o, const struct workload *w,
                             const struct work *work, unsigned threads)
{
    struct shape s = {
        .threads = threads,
        .cs = w->uses & USES_CS ? work->cs : (double)NAN,
        .ncs = w->uses & USES_NCS ? work->ncs : (double)NAN,
        .locks = work->locks ? work->locks : 1,
        .permits =
            w->permits == HALF ? (threads + 1) / 2 : (unsigned)w->permits,
        .beside = w->is_beside ? probe_cpus() : 0,
    };
    if (o->cs >= 0 && w->uses & USES_CS)
        s.cs = o->cs;
    if (o->ncs >= 0 && w->uses & USES_NCS)
        s.ncs = o->ncs;
    if (o->locks > 0 && w->uses & USES_LOCKS)
        s.locks = o->locks;
    if (strcmp(w->loop, "bank") == 0)
        s.locks = s.locks < 2 ? 2 : s.locks > MAX_HELD ? MAX_HELD : s.locks;
    return s;
}

/* Lists who offers that, the planted ones only if they are named.  Returns how
   many.  */
static unsigned find_offers(const struct options *o, const struct workload *w,
                            const struct offer **offers)
{
    const struct offer *offer;
    unsigned n = 0;

    for (size_t i = 0; (offer = programs_offer(i)); i++) {
        if (strcmp(offer->primitive, w->primitive) != 0
            || strcmp(offer->loop, w->loop) != 0
            || !words_allow(&o->peers, offer->peer)
            || (offer->is_planted && o->peers.n == 0)
            || strcmp(offer->peer, o->against) == 0)
            continue;
        if (offers)
            offers[n] = offer;
        n++;
    }
    return n;
}

static void add_contestants(struct cell *c, const struct offer **offers,
                            unsigned blocks)
{
    c->contestants = memory_new(c->count, sizeof *c->contestants);
    for (unsigned i = 0; i < c->count; i++) {
        c->contestants[i].peer = memory_copy(offers[i]->peer);
        c->contestants[i].samples =
            memory_new(blocks, sizeof *c->contestants[i].samples);
    }
}

/* Adds the cell, if there is somebody to measure.  Where the baseline has
   nothing to offer, the first who has is the baseline; the question is then
   how much better the others are than that.  */
static void add_cell(const struct options *o, struct results *r,
                     struct plan_of_work *plan, const struct workload *w,
                     struct shape shape)
{
    const struct offer *base = programs_get(o->against, w->primitive, w->loop);
    unsigned n = find_offers(o, w, NULL);
    const struct offer **offers = memory_new(n + BASELINES, sizeof *offers);
    struct cell *c;

    find_offers(o, w, offers);
    if (!base && n > 0) {
        base = offers[0];
        memmove(offers, offers + 1, --n * sizeof *offers);
    }
    if (!base
        || (n == 0 && o->peers.n > 0 && !words_allow(&o->peers, base->peer))) {
        free(offers);
        return;
    }
    offers[n] = offers[n + 1] = base;
    r->cells = memory_grow(r->cells, r->n_cells + 1, sizeof *r->cells);
    plan->orders =
        memory_grow(plan->orders, r->n_cells + 1, sizeof *plan->orders);
    c = &r->cells[r->n_cells];
    *c = (struct cell){
        .primitive = memory_copy(w->primitive),
        .workload = memory_copy(w->name),
        .operation = memory_copy(w->operation),
        .waiting = memory_copy(w->waiting),
        .shape = shape,
        .count = n + BASELINES,
    };
    add_contestants(c, offers, r->planned);
    plan->orders[r->n_cells] =
        (struct work_order){w, offers, w->is_brief ? brief : 1};
    r->n_cells++;
}

/* Options may make two points of a workload the same.  */
static bool is_there(const struct results *r, const struct workload *w,
                     const struct shape *s)
{
    char primitive[40], name[40];
    const struct cell asked = {
        .primitive = primitive, .workload = name, .shape = *s};

    snprintf(primitive, sizeof primitive, "%s", w->primitive);
    snprintf(name, sizeof name, "%s", w->name);
    for (unsigned i = 0; i < r->n_cells; i++) {
        if (cell_is_same(&r->cells[i], &asked))
            return true;
    }
    return false;
}

static bool is_point(const struct workload *w, unsigned i)
{
    const struct work *x = &w->grid[i];
    return i == 0 || x->cs > 0 || x->ncs > 0 || x->locks > 0;
}

static void add_workload(const struct options *o, struct results *r,
                         struct plan_of_work *plan, const struct workload *w)
{
    for (unsigned i = 0; i < MAX_GRID && is_point(w, i); i++) {
        for (unsigned threads = 1; threads <= THREADS_MAX; threads++) {
            struct shape s;
            if (!wants(o, w, threads))
                continue;
            s = shape_of(o, w, &w->grid[i], threads);
            if (!is_there(r, w, &s))
                add_cell(o, r, plan, w, s);
        }
    }
}

static void check_peers(const struct options *o)
{
    for (unsigned i = 0; i < o->peers.n; i++) {
        if (!programs_have(o->peers.items[i]))
            refuse("there is no peer '%s'; 'contention list' lists them",
                   o->peers.items[i]);
    }
    if (!programs_have(o->against))
        refuse("there is no peer '%s' to compare with; 'contention list' "
               "lists them",
               o->against);
}

/* Whether an option that was given has an effect on something.  */
static void check_uses(const struct options *o, const struct results *r,
                       const struct plan_of_work *plan)
{
    unsigned uses = 0;

    for (unsigned i = 0; i < r->n_cells; i++)
        uses |= plan->orders[i].workload->uses;
    if (o->cs >= 0 && !(uses & USES_CS))
        refuse("none of these workloads has a section that --cs could set");
    if (o->ncs >= 0 && !(uses & USES_NCS))
        refuse("none of these workloads has work outside that --ncs could set");
    if (o->locks > 0 && !(uses & USES_LOCKS))
        refuse("none of these workloads has several locks for --locks");
}

/* A quick table takes so long, however many peers there are, but a run no
   less and no more than that.  */
static const double quick = 22, least = 0.005, most = 0.02;

/* Returns how long a run should be for a quick table; `shares` of a run and
   `runs` starts are in a block.  */
static double quick_seconds(const struct options *o, double shares,
                            unsigned runs)
{
    double s = (quick / o->blocks - runs * START_MS / 1000.0) / shares;

    return s < least ? least : s > most ? most : s;
}

/* Decides how long each run is.  */
static void schedule(const struct options *o, struct results *r,
                     struct plan_of_work *plan)
{
    double shares = 0;

    for (unsigned i = 0; i < r->n_cells; i++) {
        plan->runs += r->cells[i].count;
        shares += r->cells[i].count * plan->orders[i].seconds;
    }
    r->seconds =
        o->seconds > 0 ? o->seconds : quick_seconds(o, shares, plan->runs);
    for (unsigned i = 0; i < r->n_cells; i++)
        plan->orders[i].seconds *= r->seconds;
    plan->total = shares * r->seconds + plan->runs * START_MS / 1000.0;
}

void plan_make(const struct options *o, struct results *r,
               struct plan_of_work *plan)
{
    check_peers(o);
    for (const struct workload *w = workloads; w->primitive; w++) {
        if (is_chosen(o, w))
            add_workload(o, r, plan, w);
    }
    if (r->n_cells == 0)
        refuse("none of these peers has these workloads with these threads");
    check_uses(o, r, plan);
    schedule(o, r, plan);
}

void plan_free(struct plan_of_work *plan, const struct results *r)
{
    for (unsigned i = 0; i < r->n_cells; i++)
        free(plan->orders[i].offers);
    free(plan->orders);
}
