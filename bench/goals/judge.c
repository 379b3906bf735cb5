/* judge.c -- see judge.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "goals/judge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "results/ratios.h"

static const double unknown = (double)NAN;

const char *const outcome_words[OUTCOMES] = {
    [HOLDS] = "holds",
    [NOT_SHOWN] = "not shown",
    [MISSED] = "missed",
    [NO_RIVAL] = "no rival",
    [NOT_MEASURED] = "not measured",
    [OUT_OF_ORDER] = "BROKEN",
};

/* What a sample says about that; NaN if it does not.  */
static double figure_in(const struct sample *s, enum measure m)
{
    if (!s->is_there)
        return unknown;
    switch (m) {
    case TIME:
        return 1e9 / s->values[RATE];
    case CPU_TIME:
        return s->values[CPU] * 1e3; /* s of a million to ns of one */
    case MEAN_WAIT:
        return s->values[WAIT_MEAN];
    case LONGEST_WAIT:
        return s->values[WAIT_MAX];
    default:
        return s->values[JAIN];
    }
}

/* A peer's figure in each block, the mean of its runs there; NaN where it has
   none.  */
struct column {
    unsigned n;
    double x[STATS_MAX];
};

static void read_column(struct column *c, const struct results *r,
                        const struct cell *cell, const char *peer,
                        enum measure m)
{
    c->n = r->blocks < STATS_MAX ? r->blocks : STATS_MAX;
    for (unsigned block = 0; block < c->n; block++) {
        double sum = 0;
        unsigned runs = 0;
        for (unsigned i = 0; i < cell->count; i++) {
            const struct contestant *x = &cell->contestants[i];
            double figure = x->samples && strcmp(x->peer, peer) == 0
                                ? figure_in(&x->samples[block], m)
                                : unknown;
            if (!isfinite(figure))
                continue;
            sum += figure;
            runs++;
        }
        c->x[block] = runs > 0 ? sum / runs : unknown;
    }
}

/* Copies those that are known and above 0.  */
static void keep_known(struct series *to, const struct column *from)
{
    to->n = 0;
    for (unsigned i = 0; i < from->n; i++) {
        if (isfinite(from->x[i]) && from->x[i] > 0)
            to->x[to->n++] = from->x[i];
    }
}

static double median_of(const struct column *c)
{
    struct series known;

    keep_known(&known, c);
    return known.n > 0 ? stats_median(known.x, known.n) : unknown;
}

static double median_in(const struct results *r, const struct cell *cell,
                        const char *peer, enum measure m)
{
    struct column c;
    read_column(&c, r, cell, peer, m);
    return median_of(&c);
}

/* Whether the peer takes part; in *fault whether it is broken.  */
static bool takes_part(const struct cell *cell, const char *peer, bool *fault)
{
    bool is_there = false;

    *fault = false;
    for (unsigned i = 0; i < cell->count; i++) {
        if (strcmp(cell->contestants[i].peer, peer) != 0)
            continue;
        is_there = true;
        *fault |= cell->contestants[i].fault != NULL;
    }
    return is_there;
}

static bool is_sound(const struct cell *cell, const char *peer)
{
    bool fault;
    return takes_part(cell, peer, &fault) && !fault;
}

/* Returns the rival with the least median in that cell, or any if nothing is
   known of them; NULL if there is none.  */
static const char *best_in_cell(const struct results *r, const struct goal *g,
                                const struct cell *cell)
{
    const char *best = NULL;
    double least = (double)INFINITY;

    for (unsigned i = 0; i < cell->count; i++) {
        const char *peer = cell->contestants[i].peer;
        double median;
        if (!rivals_include(g->rivals, peer, cell->primitive)
            || !is_sound(cell, peer))
            continue;
        median = median_in(r, cell, peer, g->measure);
        if (!best || median < least) {
            least = isnan(median) ? (double)INFINITY : median;
            best = peer;
        }
    }
    return best;
}

static void divide(struct column *by, const struct column *x,
                   const struct column *y)
{
    by->n = x->n;
    for (unsigned i = 0; i < x->n; i++)
        by->x[i] = x->x[i] / y->x[i];
}

static struct interval interval_of(const struct column *c)
{
    struct series known;
    keep_known(&known, c);
    return series_interval(&known);
}

/* The baseline over itself, block by block.  */
static void read_noise(struct column *c, const struct results *r,
                       const struct cell *cell, enum measure m)
{
    const struct contestant *base = cell_baseline(cell);

    c->n = r->blocks < STATS_MAX ? r->blocks : STATS_MAX;
    for (unsigned i = 0; i < c->n; i++)
        c->x[i] = base[0].samples && base[1].samples
                      ? figure_in(&base[0].samples[i], m)
                            / figure_in(&base[1].samples[i], m)
                      : unknown;
}

static double noise_of(const struct column *c)
{
    struct interval same = interval_of(c);
    return isnan(same.median) ? unknown : stats_noise(same);
}

static bool meets(const struct goal *g, double x, double limit)
{
    return g->measure == FAIR_SHARES ? x >= limit : x <= limit;
}

/* Judges by the median.  */
static enum outcome judge(const struct goal *g, const struct finding *f)
{
    if (isnan(f->ratio.median) || isnan(f->limit))
        return NOT_MEASURED;
    if (meets(g, f->ratio.median, f->limit))
        return HOLDS;
    return f->ratio.low <= f->limit && f->limit <= f->ratio.high ? NOT_SHOWN
                                                                 : MISSED;
}

/* The longest of all waits is the longest in any block.  */
static void take_longest(struct finding *f, const struct column *ours)
{
    struct interval *x = &f->ratio;

    x->median = unknown;
    for (unsigned i = 0; i < ours->n; i++) {
        if (isnan(ours->x[i]))
            continue;
        if (isnan(x->median))
            x->median = x->low = ours->x[i];
        x->median = fmax(x->median, ours->x[i]);
        x->low = fmin(x->low, ours->x[i]);
    }
    f->ours = x->high = x->median;
}

/* Of a figure that has its own limit.  */
static void find_alone(const struct results *r, const struct goal *g,
                       struct finding *f)
{
    struct column ours;

    read_column(&ours, r, f->cell, goal_hero(g), g->measure);
    f->limit = g->limit;
    f->ours = median_of(&ours);
    f->ratio = interval_of(&ours);
    if (g->measure == LONGEST_WAIT)
        take_longest(f, &ours);
    f->outcome = judge(g, f);
    if (f->outcome == NOT_SHOWN && g->measure == LONGEST_WAIT)
        f->outcome = MISSED;
}

static void find_beside(const struct results *r, const struct goal *g,
                        struct finding *f)
{
    struct column ours, theirs, ratios;

    read_column(&ours, r, f->cell, goal_hero(g), g->measure);
    read_column(&theirs, r, f->cell, f->rival, g->measure);
    divide(&ratios, &ours, &theirs);
    f->ours = median_of(&ours);
    f->theirs = median_of(&theirs);
    f->ratio = interval_of(&ratios);
    f->limit = g->limit > 0 ? g->limit : f->noise;
    f->outcome = judge(g, f);
}

/* Fills in what the cell comes to.  The rival is given, or NULL: the best.  */
static void find(const struct results *r, const struct goal *g,
                 const char *rival, struct finding *f)
{
    struct column noise;
    bool fault;

    f->outcome = NOT_MEASURED;
    if (!f->cell || !takes_part(f->cell, goal_hero(g), &fault))
        return;
    if (fault) {
        f->outcome = OUT_OF_ORDER;
        return;
    }
    read_noise(&noise, r, f->cell, g->measure);
    f->noise = noise_of(&noise);
    if (g->rivals == NOBODY) {
        find_alone(r, g, f);
        return;
    }
    f->rival = rival && is_sound(f->cell, rival) ? rival
               : rival                           ? NULL
                                                 : best_in_cell(r, g, f->cell);
    f->outcome = NO_RIVAL;
    if (f->rival)
        find_beside(r, g, f);
}

/* How the library's time compares with the peer's over all cells that have
   both: the greater, the better the peer; 0 if there is none.  */
static double strength(const struct results *r, const struct judgement *j,
                       const char *peer)
{
    double log_sum = 0;
    unsigned n = 0;

    for (unsigned i = 0; i < j->n_cells; i++) {
        const struct cell *cell = j->cells[i].cell;
        double ratio;
        if (!cell || !is_sound(cell, peer))
            continue;
        ratio = median_in(r, cell, goal_hero(j->goal), TIME)
                / median_in(r, cell, peer, TIME);
        if (!isfinite(ratio) || ratio <= 0)
            continue;
        log_sum += log(ratio);
        n++;
    }
    return n > 0 ? exp(log_sum / n) : 0;
}

/* Returns the strongest rival over all cells, by time whatever is measured;
   NULL if there is none.  */
static const char *best_of_all(const struct results *r,
                               const struct judgement *j)
{
    const char *best = NULL;
    double most = 0;

    for (unsigned i = 0; i < j->n_cells; i++) {
        const struct cell *cell = j->cells[i].cell;
        for (unsigned k = 0; cell && k < cell->count; k++) {
            const char *peer = cell->contestants[k].peer;
            double x;
            if ((best && strcmp(peer, best) == 0)
                || !rivals_include(j->goal->rivals, peer, cell->primitive))
                continue;
            x = strength(r, j, peer);
            if (x > most) {
                most = x;
                best = peer;
            }
        }
    }
    return best;
}

/* Numbers of which the geometric mean is wanted, block by block; a block in
   which one is not known is left out of it.  */
static void multiply(struct column *product, const struct column *by)
{
    product->n = by->n;
    for (unsigned i = 0; i < by->n; i++)
        product->x[i] += log(by->x[i]);
}

static void take_root(struct column *product, unsigned n)
{
    for (unsigned i = 0; i < product->n; i++)
        product->x[i] = exp(product->x[i] / n);
}

/* What the means of the cells are made of.  */
struct means {
    struct column ours;
    struct column theirs;
    struct column noise;
    unsigned n;
};

static void add_cell(struct means *m, const struct results *r,
                     const struct goal *g, const struct finding *f)
{
    struct column c;

    read_column(&c, r, f->cell, goal_hero(g), g->measure);
    multiply(&m->ours, &c);
    read_column(&c, r, f->cell, f->rival, g->measure);
    multiply(&m->theirs, &c);
    read_noise(&c, r, f->cell, g->measure);
    multiply(&m->noise, &c);
    m->n++;
}

/* The worst outcome of a cell that says that it can't be compared, or HOLDS if
   there is none.  */
static enum outcome obstacle(const struct judgement *j)
{
    enum outcome worst = HOLDS;

    for (unsigned i = 0; i < j->n_cells; i++) {
        enum outcome x = j->cells[i].outcome;
        if (x >= NO_RIVAL && x > worst)
            worst = x;
    }
    return worst;
}

static void find_mean(const struct results *r, struct judgement *j)
{
    struct means *m = memory_new(1, sizeof *m);
    struct finding *all = &j->all;
    struct column *ratios = memory_new(1, sizeof *ratios);

    all->rival = best_of_all(r, j);
    for (unsigned i = 0; i < j->n_cells; i++) {
        find(r, j->goal, all->rival ? all->rival : "", &j->cells[i]);
        if (j->cells[i].outcome < NO_RIVAL)
            add_cell(m, r, j->goal, &j->cells[i]);
    }
    all->outcome = obstacle(j);
    if (all->outcome == HOLDS) {
        take_root(&m->ours, m->n);
        take_root(&m->theirs, m->n);
        take_root(&m->noise, m->n);
        divide(ratios, &m->ours, &m->theirs);
        all->ours = median_of(&m->ours);
        all->theirs = median_of(&m->theirs);
        all->ratio = interval_of(ratios);
        all->noise = noise_of(&m->noise);
        all->outcome = judge(j->goal, all);
    }
    free(ratios);
    free(m);
}

/* How far it is from the limit: the greater, the worse.  */
static double distance(const struct goal *g, const struct finding *f)
{
    double x = f->ratio.median / f->limit;
    return g->measure == FAIR_SHARES ? 1 / x : x;
}

static bool is_worse(const struct goal *g, const struct finding *a,
                     const struct finding *b)
{
    if (a->outcome != b->outcome)
        return a->outcome > b->outcome;
    return distance(g, a) > distance(g, b);
}

static void find_each(const struct results *r, struct judgement *j)
{
    for (unsigned i = 0; i < j->n_cells; i++) {
        struct finding *f = &j->cells[i];
        find(r, j->goal, NULL, f);
        j->held += f->outcome == HOLDS;
        if (i == 0 || is_worse(j->goal, f, &j->all))
            j->all = *f;
    }
}

/* What is known before anything is measured.  */
static struct finding nothing(const struct goal *g)
{
    return (struct finding){
        .outcome = NOT_MEASURED,
        .ours = unknown,
        .theirs = unknown,
        .ratio = {unknown, unknown, unknown},
        .limit = g->limit > 0 ? g->limit : unknown,
        .noise = unknown,
    };
}

static bool is_among(const char *name, const char *const *names, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return n == 0;
}

static void add_field(const struct results *r, struct judgement *j,
                      const struct field *field, const char *const *primitives,
                      unsigned n)
{
    struct ask asks[MAX_ASKS];
    unsigned n_asks = field_expand(field, asks);

    for (unsigned i = 0; i < n_asks; i++) {
        struct finding *f;
        if (!is_among(asks[i].primitive, primitives, n))
            continue;
        f = &j->cells[j->n_cells++];
        *f = nothing(j->goal);
        f->ask = asks[i];
        f->cell = ask_find(&asks[i], r);
    }
}

/* Returns whether the goal has a cell of these primitives.  */
static bool fill(const struct results *r, struct judgement *j,
                 const char *const *primitives, unsigned n)
{
    j->cells = memory_new(MAX_FIELDS * MAX_ASKS, sizeof *j->cells);
    j->all = nothing(j->goal);
    for (unsigned i = 0; i < MAX_FIELDS && j->goal->fields[i].primitives; i++)
        add_field(r, j, &j->goal->fields[i], primitives, n);
    if (j->n_cells == 0) {
        free(j->cells);
        return false;
    }
    if (j->goal->scope == EACH_CELL)
        find_each(r, j);
    else
        find_mean(r, j);
    return true;
}

void court_begin(struct court *c, const struct results *r,
                 const char *const *primitives, unsigned n)
{
    *c = (struct court){.r = r};
    for (const struct goal *g = goal_table; g->text; g++) {
        struct judgement j = {.goal = g};
        if (!fill(r, &j, primitives, n))
            continue;
        c->judgements =
            memory_grow(c->judgements, c->n + 1, sizeof *c->judgements);
        c->judgements[c->n++] = j;
        c->held += j.all.outcome == HOLDS;
    }
}

void court_end(struct court *c)
{
    for (unsigned i = 0; i < c->n; i++)
        free(c->judgements[i].cells);
    free(c->judgements);
    *c = (struct court){.r = NULL};
}
