/* survey.c -- see survey.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "results/survey.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

enum { DESCRIPTION = 160 };

static bool is_same_group(const struct cell *a, const struct cell *b)
{
    char ours[DESCRIPTION], theirs[DESCRIPTION];

    if (strcmp(a->primitive, b->primitive) != 0
        || strcmp(a->workload, b->workload) != 0)
        return false;
    cell_describe(a, ours, sizeof ours);
    cell_describe(b, theirs, sizeof theirs);
    return strcmp(ours, theirs) == 0;
}

static void sort_by_threads(const struct cell **cells, unsigned n)
{
    for (unsigned i = 1; i < n; i++) {
        const struct cell *cell = cells[i];
        unsigned j = i;
        for (; j > 0 && cells[j - 1]->shape.threads > cell->shape.threads; j--)
            cells[j] = cells[j - 1];
        cells[j] = cell;
    }
}

/* Puts the cells in the order of their groups' first ones.  */
static void sort_cells(struct survey *s)
{
    const struct results *r = s->r;
    bool *is_done = memory_new(r->n_cells, sizeof *is_done);
    unsigned n = 0;

    for (unsigned i = 0; i < r->n_cells; i++) {
        unsigned first = n;
        for (unsigned j = i; j < r->n_cells; j++) {
            if (is_done[j] || !is_same_group(&r->cells[i], &r->cells[j]))
                continue;
            is_done[j] = true;
            s->cells[n++] = &r->cells[j];
        }
        sort_by_threads(s->cells + first, n - first);
    }
    free(is_done);
}

void survey_begin(struct survey *s, const struct results *r)
{
    s->r = r;
    s->cells = memory_new(r->n_cells, sizeof(const struct cell *));
    s->summaries = memory_new(r->n_cells, sizeof *s->summaries);
    s->noise = memory_new(r->n_cells, sizeof *s->noise);
    for (unsigned i = 0; i < r->n_cells; i++) {
        const struct cell *cell = &r->cells[i];
        s->noise[i] = analyze_noise(r, cell);
        s->summaries[i] = memory_new(cell->count, sizeof **s->summaries);
        for (unsigned j = 0; j < cell->count; j++)
            s->summaries[i][j] = analyze(r, cell, j);
    }
    sort_cells(s);
}

void survey_end(struct survey *s)
{
    for (unsigned i = 0; i < s->r->n_cells; i++)
        free(s->summaries[i]);
    free(s->summaries);
    free(s->noise);
    free(s->cells);
}

const struct summary *survey_of(const struct survey *s, const struct cell *cell,
                                unsigned i)
{
    return &s->summaries[cell - s->r->cells][i];
}

double survey_noise(const struct survey *s, const struct cell *cell)
{
    return s->noise[cell - s->r->cells];
}

unsigned survey_group_end(const struct survey *s, unsigned first)
{
    unsigned i = first + 1;
    while (i < s->r->n_cells && is_same_group(s->cells[first], s->cells[i]))
        i++;
    return i;
}

bool survey_is_rival(const struct cell *cell, unsigned i)
{
    return i + BASELINES < cell->count;
}

bool survey_has_verdict(const struct survey *s, const struct cell *cell,
                        unsigned i)
{
    const struct summary *x = survey_of(s, cell, i);
    return !cell->contestants[i].fault && x->is_judged && x->verdict != TOO_FEW
           && !isnan(x->ratio.median);
}

/* Returns what a verdict on something says about its order to the other.  */
static int order_of(enum verdict verdict)
{
    return verdict == FASTER ? 1 : verdict == SLOWER ? -1 : 0;
}

/* With the baseline it is the verdict.  Of two others both were compared with
   the same runs of it: their order is shown if their intervals do not overlap
   and are farther apart than the baseline was from itself.  */
int survey_order(const struct survey *s, const struct cell *cell, unsigned a,
                 unsigned b)
{
    struct interval x = survey_of(s, cell, a)->ratio;
    struct interval y = survey_of(s, cell, b)->ratio;
    double noise = survey_noise(s, cell);

    if (!survey_is_rival(cell, a) && !survey_is_rival(cell, b))
        return 0;
    if (!survey_is_rival(cell, b))
        return order_of(survey_of(s, cell, a)->verdict);
    if (!survey_is_rival(cell, a))
        return -order_of(survey_of(s, cell, b)->verdict);
    if (x.low > y.high && x.median > y.median * noise)
        return 1;
    if (x.high < y.low && x.median * noise < y.median)
        return -1;
    return 0;
}

unsigned survey_find(const struct cell *cell, const char *peer)
{
    for (unsigned i = 0; survey_is_rival(cell, i); i++) {
        if (strcmp(cell->contestants[i].peer, peer) == 0)
            return i;
    }
    return cell->count;
}

static bool is_among(const char *const *names, unsigned n, const char *name)
{
    for (unsigned i = 0; i < n; i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return false;
}

unsigned survey_peers(const struct results *r, const char **names)
{
    unsigned n = 0;

    for (unsigned i = 0; i < r->n_cells; i++) {
        const struct cell *cell = &r->cells[i];
        for (unsigned j = 0; survey_is_rival(cell, j); j++) {
            const char *name = cell->contestants[j].peer;
            if (!is_among(names, n, name))
                names[n++] = name;
        }
    }
    return n;
}

double survey_rate(const struct survey *s, const struct cell *cell, unsigned i)
{
    double rate = survey_of(s, cell, i)->values[RATE].median;
    if (cell->contestants[i].fault || isnan(rate))
        return -1;
    return rate;
}

unsigned *survey_sort(const struct survey *s, const struct cell *cell)
{
    unsigned *order = memory_new(cell->count, sizeof *order);

    for (unsigned i = 0; i < cell->count; i++) {
        unsigned j = i;
        for (; j > 0; j--) {
            if (survey_rate(s, cell, order[j - 1]) >= survey_rate(s, cell, i))
                break;
            order[j] = order[j - 1];
        }
        order[j] = i;
    }
    return order;
}
