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
    START_MS = 8, /* of a process, on average, if not more */
    START_BESIDE_MS = 30,
    MAX_HELD = 16, /* as the programs of the peers have it */
};

/* With nobody waiting, so much of the time tells as much.  */
static const double brief = 0.4;

static const double start_thread_ms = 0.1;

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

/* Four threads a CPU, as FlexGuard has it.  */
static unsigned oversubscribed(void)
{
    unsigned n = 4 * probe_cpus();
    return n == 0 ? 8 : n > THREADS_MAX ? THREADS_MAX : n;
}

static bool wants(const struct options *o, const struct workload *w,
                  unsigned threads)
{
    bool is_quick = o->plan == PLAN_QUICK;
    bool is_full = o->plan == PLAN_ALL || o->workloads.n > 0 || !w->threads;

    if (!workload_fits(w, threads))
        return false;
    if (o->n_threads == 0 && w->oversubscribes)
        return threads == oversubscribed();
    if (o->n_threads == 0)
        return is_listed(is_full ? full_list(w, is_quick) : w->threads, threads,
                         is_quick);
    for (unsigned i = 0; i < o->n_threads; i++) {
        if (o->threads[i] == threads)
            return true;
    }
    return false;
}

struct shape plan_shape(const struct workload *w, const struct work *work,
                        unsigned threads)
{
    return (struct shape){
        .threads = threads,
        .cs = w->uses & USES_CS ? work->cs : (double)NAN,
        .ncs = w->uses & USES_NCS ? work->ncs : (double)NAN,
        .locks = work->locks ? work->locks : 1,
        .permits =
            w->permits == HALF ? (threads + 1) / 2 : (unsigned)w->permits,
        .beside = w->is_beside ? probe_cpus() : 0,
    };
}

/* Whether its threads can stop and go on: they meet at the locks alone.  */
static bool has_turns(const struct workload *w)
{
    return strcmp(w->loop, "section") == 0 || strcmp(w->loop, "bank") == 0;
}

static struct shape shape_of(const struct options *o, const struct workload *w,
                             const struct work *work, unsigned threads)
{
    struct shape s = plan_shape(w, work, threads);

    s.pin = o->pin;
    s.shake = o->shake && has_turns(w);
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

static bool is_admitted(const struct question *q, const struct offer *offer)
{
    return !q->admits || q->admits(q, offer);
}

/* Lists who offers that, the planted ones only if they are named.  Returns how
   many.  */
static unsigned find_offers(const struct options *o, const struct question *q,
                            const struct offer **offers)
{
    const struct workload *w = q->workload;
    const struct offer *offer;
    unsigned n = 0;

    for (size_t i = 0; (offer = programs_offer(i)); i++) {
        if (strcmp(offer->primitive, w->primitive) != 0
            || strcmp(offer->loop, w->loop) != 0
            || !words_allow(&o->peers, offer->peer)
            || (offer->is_planted && o->peers.n == 0) || !is_admitted(q, offer)
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

/* Where the baseline has nothing to offer, the first who has is the baseline;
   the question is then how much better the others are than that.  */
static const struct offer *find_base(const struct options *o,
                                     const struct question *q,
                                     const struct offer **offers, unsigned *n)
{
    const struct workload *w = q->workload;
    const struct offer *base = programs_get(o->against, w->primitive, w->loop);

    if (base && !is_admitted(q, base))
        base = NULL;
    if (!base && *n > 0) {
        base = offers[0];
        memmove(offers, offers + 1, --*n * sizeof *offers);
    }
    return base;
}

static void add_cell(const struct question *q, struct results *r,
                     struct plan_of_work *plan, const struct offer **offers,
                     unsigned n)
{
    const struct workload *w = q->workload;
    double length = q->length > 0 ? q->length : w->is_brief ? brief : 1;
    struct cell *c;

    r->cells = memory_grow(r->cells, r->n_cells + 1, sizeof *r->cells);
    plan->orders =
        memory_grow(plan->orders, r->n_cells + 1, sizeof *plan->orders);
    c = &r->cells[r->n_cells];
    *c = (struct cell){
        .primitive = memory_copy(w->primitive),
        .workload = memory_copy(w->name),
        .operation = memory_copy(w->operation),
        .waiting = memory_copy(w->waiting),
        .shape = q->shape,
        .count = n,
    };
    add_contestants(c, offers, r->planned);
    plan->orders[r->n_cells] = (struct work_order){
        .workload = w,
        .offers = offers,
        .seconds = length,
        .fixed = q->seconds,
        .blocks = q->blocks,
    };
    r->n_cells++;
}

/* Several points of a workload, or goals, may ask the same.  */
static bool is_there(const struct results *r, const struct question *q)
{
    char primitive[40], name[40];
    const struct cell asked = {
        .primitive = primitive, .workload = name, .shape = q->shape};

    snprintf(primitive, sizeof primitive, "%s", q->workload->primitive);
    snprintf(name, sizeof name, "%s", q->workload->name);
    for (unsigned i = 0; i < r->n_cells; i++) {
        if (cell_is_same(&r->cells[i], &asked))
            return true;
    }
    return false;
}

void plan_ask(const struct options *o, struct results *r,
              struct plan_of_work *plan, const struct question *q)
{
    unsigned n = find_offers(o, q, NULL);
    const struct offer **offers, *base;

    if (is_there(r, q))
        return;
    offers = memory_new(n + BASELINES, sizeof *offers);
    find_offers(o, q, offers);
    base = find_base(o, q, offers, &n);
    if (!base
        || (n == 0 && o->peers.n > 0 && !words_allow(&o->peers, base->peer))) {
        free(offers);
        return;
    }
    offers[n] = offers[n + 1] = base;
    add_cell(q, r, plan, offers, n + BASELINES);
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
            struct question q = {.workload = w};
            if (!wants(o, w, threads))
                continue;
            q.shape = shape_of(o, w, &w->grid[i], threads);
            plan_ask(o, r, plan, &q);
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
    bool is_shaken = false;

    for (unsigned i = 0; i < r->n_cells; i++) {
        uses |= plan->orders[i].workload->uses;
        is_shaken |= r->cells[i].shape.shake;
    }
    if (o->cs >= 0 && !(uses & USES_CS))
        refuse("none of these workloads has a section that --cs could set");
    if (o->ncs >= 0 && !(uses & USES_NCS))
        refuse("none of these workloads has work outside that --ncs could set");
    if (o->locks > 0 && !(uses & USES_LOCKS))
        refuse("none of these workloads has several locks for --locks");
    if (o->shake && !is_shaken)
        refuse("in none of these workloads could --shake change the threads");
}

/* A quick table takes so long, however many peers there are, but a run no
   less and no more than that.  */
static const struct span quick = {20, 0.005, 0.02};

/* In a block, on average.  */
static double block_share(const struct results *r, const struct work_order *x)
{
    return x->blocks > 0 && x->blocks < r->planned
               ? (double)x->blocks / r->planned
               : 1;
}

/* Seconds for what is no run: threads have to be started, and those beside need
   some time alone.  */
static double start_time(const struct cell *cell)
{
    double ms = fmax(START_MS, programs_start_ms())
                + cell->shape.threads * start_thread_ms
                + (cell->shape.beside > 0 ? START_BESIDE_MS : 0);
    return cell->count * ms / 1000;
}

/* What a block takes: `shares` runs of the usual length, and seconds.  */
struct needs {
    double shares;
    double seconds;
};

static struct needs sum_up(const struct results *r,
                           const struct plan_of_work *plan)
{
    struct needs all = {0, 0};

    for (unsigned i = 0; i < r->n_cells; i++) {
        const struct work_order *x = &plan->orders[i];
        double count = r->cells[i].count * block_share(r, x);
        all.seconds += start_time(&r->cells[i]) * block_share(r, x);
        if (x->fixed > 0)
            all.seconds += count * x->fixed;
        else
            all.shares += count * x->seconds;
    }
    return all;
}

static double fit(const struct options *o, const struct needs *all,
                  const struct span *span)
{
    double s = (span->all / o->blocks - all->seconds) / all->shares;

    return s < span->least ? span->least : s > span->most ? span->most : s;
}

void plan_schedule(const struct options *o, struct results *r,
                   struct plan_of_work *plan, const struct span *span)
{
    struct needs all = sum_up(r, plan);

    r->seconds = o->seconds > 0 ? o->seconds : fit(o, &all, span);
    for (unsigned i = 0; i < r->n_cells; i++) {
        struct work_order *x = &plan->orders[i];
        plan->runs += r->cells[i].count;
        x->seconds = x->fixed > 0 ? x->fixed : x->seconds * r->seconds;
    }
    plan->total = all.shares * r->seconds + all.seconds;
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
    plan_schedule(o, r, plan, &quick);
}

void plan_free(struct plan_of_work *plan, const struct results *r)
{
    for (unsigned i = 0; i < r->n_cells; i++)
        free(plan->orders[i].offers);
    free(plan->orders);
}
