/* analysis.c -- see analysis.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "results/analysis.h"

#include <math.h>
#include <stdlib.h>

#include "memory.h"
#include "results/ratios.h"

double analyze_noise(const struct results *r, const struct cell *cell)
{
    return cell_noise(r, cell, RATE);
}

static unsigned count_outliers(const struct results *r,
                               const struct contestant *c)
{
    unsigned count = 0;
    for (unsigned i = 0; c->samples && i < r->blocks; i++)
        count += c->samples[i].is_there && c->samples[i].is_outlier;
    return count;
}

static void judge(struct summary *s, const struct results *r,
                  const struct cell *cell, unsigned i)
{
    struct series ratios = {.n = 0};

    s->is_judged = !cell->contestants[i].fault && cell_has_baseline(cell);
    if (s->is_judged)
        series_of_ratios(&ratios, r, cell, i, RATE);
    s->ratio = series_interval(&ratios);
    s->verdict = ratios.n > 0
                     ? stats_verdict(s->ratio, analyze_noise(r, cell), ratios.n)
                     : TOO_FEW;
}

struct summary analyze(const struct results *r, const struct cell *cell,
                       unsigned i)
{
    const struct contestant *c = &cell->contestants[i];
    struct summary s = {.outliers = count_outliers(r, c)};
    struct series values = {.n = 0};

    for (unsigned m = 0; m < METRICS; m++) {
        if (!c->fault) /* what a broken one measured is worth nothing */
            series_of_values(&values, r, c, (enum metric)m);
        s.values[m] = series_interval(&values);
    }
    judge(&s, r, cell, i);
    return s;
}

struct noise analyze_all_noise(const struct results *r)
{
    struct noise all = {.median = (double)NAN, .worst = (double)NAN};
    double *noises = memory_new(r->n_cells, sizeof *noises);
    size_t n = 0;

    for (unsigned i = 0; i < r->n_cells; i++) {
        double noise = analyze_noise(r, &r->cells[i]);
        if (isnan(noise))
            continue;
        noises[n++] = noise;
        if (!all.where || noise > all.worst) {
            all.worst = noise;
            all.where = &r->cells[i];
        }
    }
    if (n > 0)
        all.median = stats_sort(noises, n);
    free(noises);
    return all;
}

static void mark_outliers(const struct results *r, struct contestant *c)
{
    struct series rates;

    series_of_values(&rates, r, c, RATE);
    for (unsigned i = 0; c->samples && i < r->blocks; i++) {
        struct sample *s = &c->samples[i];
        s->is_outlier = s->is_there && isfinite(s->values[RATE])
                        && stats_is_outlier(s->values[RATE], rates.x, rates.n);
    }
}

void analyze_outliers(struct results *r)
{
    for (unsigned i = 0; i < r->n_cells; i++) {
        for (unsigned j = 0; j < r->cells[i].count; j++)
            mark_outliers(r, &r->cells[i].contestants[j]);
    }
}
