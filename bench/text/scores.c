/* scores.c -- see scores.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "text/scores.h"

#include <math.h>
#include <stdlib.h>

#include "memory.h"
#include "results/stats.h"

const char *const verdict_signs[VERDICTS] = {
    [FASTER] = "\u25b2",
    [SLOWER] = "\u25bc",
    [NO_DIFFERENCE] = "=",
    [TOO_FEW] = "?",
};

/* Ratios of which the geometric mean is wanted.  */
struct product {
    double log_sum;
    unsigned n;
};

static double mean_of(struct product p)
{
    return p.n > 0 ? exp(p.log_sum / p.n) : (double)NAN;
}

/* Whether the peer has a ratio in that cell that can be averaged; it is in
 *ratio.  */
static bool find_ratio(const struct survey *s, const struct cell *cell,
                       const char *peer, double *ratio)
{
    unsigned i = survey_find(cell, peer);

    if (i == cell->count || !survey_has_verdict(s, cell, i))
        return false;
    *ratio = survey_of(s, cell, i)->ratio.median;
    return *ratio > 0;
}

static void count(const struct survey *s, const struct cell *cell, unsigned i,
                  struct score *score)
{
    const struct summary *x = survey_of(s, cell, i);

    if (cell->contestants[i].fault)
        score->broken++;
    else if (x->is_judged && !isnan(x->ratio.median))
        score->counts[x->verdict]++;
}

struct score score_of(const struct survey *s, const char *peer)
{
    struct score score = {.median = (double)NAN};
    double *ratios = memory_new(s->r->n_cells, sizeof *ratios);
    struct product product = {0, 0};

    for (unsigned i = 0; i < s->r->n_cells; i++) {
        const struct cell *cell = &s->r->cells[i];
        unsigned who = survey_find(cell, peer);
        double ratio;
        if (who < cell->count)
            count(s, cell, who, &score);
        if (!find_ratio(s, cell, peer, &ratio))
            continue;
        product.log_sum += log(ratio);
        ratios[product.n++] = ratio;
    }
    score.n = product.n;
    score.mean = mean_of(product);
    if (score.n > 0)
        score.median = stats_sort(ratios, score.n);
    free(ratios);
    return score;
}

struct common score_common(const struct survey *s, const char *peer,
                           const char *other)
{
    struct product ours = {0, 0}, theirs = {0, 0};

    for (unsigned i = 0; i < s->r->n_cells; i++) {
        const struct cell *cell = &s->r->cells[i];
        double a, b;
        if (!find_ratio(s, cell, peer, &a) || !find_ratio(s, cell, other, &b))
            continue;
        ours.log_sum += log(a);
        theirs.log_sum += log(b);
        ours.n = ++theirs.n;
    }
    return (struct common){ours.n, mean_of(ours), mean_of(theirs)};
}

struct rank score_rank(const struct survey *s, const struct cell *cell,
                       unsigned i)
{
    struct rank rank = {.first = 1};
    unsigned behind = 0;

    for (unsigned j = 0; j + 1 < cell->count; j++) {
        if (!survey_has_verdict(s, cell, j))
            continue;
        rank.of++;
        rank.first += j != i && survey_order(s, cell, j, i) > 0;
        behind += j != i && survey_order(s, cell, j, i) < 0;
    }
    rank.last = rank.of - behind;
    return rank;
}

static unsigned count_contestants(const struct results *r)
{
    unsigned n = 0;
    for (unsigned i = 0; i < r->n_cells; i++)
        n += r->cells[i].count;
    return n;
}

const char **score_peers(const struct results *r, unsigned *n)
{
    const char **names = memory_new(count_contestants(r), sizeof(const char *));
    *n = survey_peers(r, names);
    return names;
}
