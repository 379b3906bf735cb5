/* ratios.c -- see ratios.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "results/ratios.h"

#include <math.h>

/* Blocks beyond what the statistics take are not looked at.  */
static unsigned count_blocks(const struct results *r)
{
    return r->blocks < STATS_MAX ? r->blocks : STATS_MAX;
}

static double value_of(const struct contestant *c, unsigned block,
                       enum metric m)
{
    const struct sample *s = &c->samples[block];
    return s->is_there ? s->values[m] : (double)NAN;
}

void series_of_values(struct series *s, const struct results *r,
                      const struct contestant *c, enum metric m)
{
    s->n = 0;
    for (unsigned i = 0; c->samples && i < count_blocks(r); i++) {
        double value = value_of(c, i, m);
        if (isfinite(value))
            s->x[s->n++] = value;
    }
}

/* What contestant i is compared with in that block.  */
static double reference(const struct cell *cell, unsigned i, unsigned block,
                        enum metric m)
{
    const struct contestant *base = cell_baseline(cell);
    double first = value_of(&base[0], block, m);
    double second = value_of(&base[1], block, m);

    if (i == cell->count - BASELINES)
        return second;
    if (i == cell->count - 1)
        return first;
    return (first + second) / 2;
}

void series_of_ratios(struct series *s, const struct results *r,
                      const struct cell *cell, unsigned i, enum metric m)
{
    const struct contestant *c = &cell->contestants[i];
    const struct contestant *base = cell_baseline(cell);

    s->n = 0;
    if (!c->samples || !base[0].samples || !base[1].samples)
        return;
    for (unsigned block = 0; block < count_blocks(r); block++) {
        double ratio = value_of(c, block, m) / reference(cell, i, block, m);
        if (isfinite(ratio) && ratio > 0)
            s->x[s->n++] = ratio;
    }
}

struct interval series_interval(const struct series *s)
{
    const double unknown = (double)NAN;
    if (s->n == 0)
        return (struct interval){unknown, unknown, unknown};
    return stats_interval(s->x, s->n);
}

bool cell_has_baseline(const struct cell *cell)
{
    const struct contestant *base = cell_baseline(cell);
    return !base[0].fault && !base[1].fault;
}

double cell_noise(const struct results *r, const struct cell *cell,
                  enum metric m)
{
    struct series same;

    if (!cell_has_baseline(cell))
        return (double)NAN;
    series_of_ratios(&same, r, cell, cell->count - BASELINES, m);
    return same.n > 0 ? stats_noise(series_interval(&same)) : (double)NAN;
}
