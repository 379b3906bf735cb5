/* changes.c -- see changes.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "results/changes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "results/ratios.h"
#include "results/survey.h"

const enum metric changes_mentioned[MENTIONED] = {WAIT_P99, CPU};

const char changes_decisive[] = "interlock";

/* A cell that both have.  */
struct pair {
    const struct results *before;
    const struct results *after;
    const struct cell *old;
    const struct cell *new;
};

static const struct cell *find_cell(const struct results *r,
                                    const struct cell *cell)
{
    for (unsigned i = 0; i < r->n_cells; i++) {
        if (cell_is_same(&r->cells[i], cell))
            return &r->cells[i];
    }
    return NULL;
}

static unsigned count_unmatched(const struct results *r,
                                const struct results *other)
{
    unsigned count = 0;
    for (unsigned i = 0; i < r->n_cells; i++)
        count += !find_cell(other, &r->cells[i]);
    return count;
}

/* Where only one of the two is known, it is that one.  */
static double floor_of(const struct pair *p, enum metric m)
{
    return fmax(cell_noise(p->before, p->old, m),
                cell_noise(p->after, p->new, m));
}

/* A quantile is a bucket of the histogram: that it is the next one says
   nothing.  */
static double mentioned_floor_of(const struct pair *p, enum metric m)
{
    const double bucket = 1 + 1.0 / (1 << HISTOGRAM_PART_BITS);
    return m == WAIT_P99 ? fmax(floor_of(p, m), bucket) : floor_of(p, m);
}

static struct change unknown_change(void)
{
    const struct interval none = {(double)NAN, (double)NAN, (double)NAN};
    return (struct change){none, none, none, TOO_FEW};
}

static struct change compare_series(const struct series *old,
                                    const struct series *new, double floor)
{
    struct change c = unknown_change();

    c.before = series_interval(old);
    c.after = series_interval(new);
    if (old->n == 0 || new->n == 0)
        return c;
    c.change = stats_quotient(new->x, new->n, old->x, old->n);
    c.verdict =
        stats_verdict(c.change, floor, old->n < new->n ? old->n : new->n);
    return c;
}

static struct change compare_metric(const struct pair *p, unsigned old,
                                    unsigned new, enum metric m, double floor)
{
    struct series before, after;
    series_of_ratios(&before, p->before, p->old, old, m);
    series_of_ratios(&after, p->after, p->new, new, m);
    return compare_series(&before, &after, floor);
}

/* Returns a row of which nothing is known but whose it is.  */
static struct row begin_row(const struct cell *cell, const struct contestant *c)
{
    struct row row = {.cell = cell, .peer = c->peer, .old_fault = c->fault};

    row.speed = unknown_change();
    for (unsigned i = 0; i < MENTIONED; i++)
        row.others[i] = unknown_change();
    return row;
}

static struct row compare_peer(const struct pair *p, unsigned old, unsigned new)
{
    struct row row = begin_row(p->old, &p->old->contestants[old]);

    row.new_fault = p->new->contestants[new].fault;
    if (row.old_fault || row.new_fault)
        return row;
    row.speed = compare_metric(p, old, new, RATE, floor_of(p, RATE));
    for (unsigned i = 0; i < MENTIONED; i++) {
        enum metric m = changes_mentioned[i];
        row.others[i] =
            compare_metric(p, old, new, m, mentioned_floor_of(p, m));
    }
    return row;
}

/* Of the baseline itself there is only its absolute speed: it shows what the
   machine did.  */
static struct row compare_baseline(const struct pair *p)
{
    const struct contestant *old = cell_baseline(p->old);
    struct row row = begin_row(p->old, old);
    struct series before, after;

    row.is_baseline = true;
    series_of_values(&before, p->before, old, RATE);
    series_of_values(&after, p->after, cell_baseline(p->new), RATE);
    row.speed = compare_series(&before, &after, (double)NAN);
    return row;
}

static void add_row(struct changes *t, struct row row)
{
    t->rows = memory_grow(t->rows, t->n_rows + 1, sizeof *t->rows);
    t->rows[t->n_rows++] = row;
    if (!row.is_baseline && strcmp(row.peer, changes_decisive) == 0)
        t->is_decided_by_one = true;
}

static void add_loss(struct changes *t, const char *peer)
{
    for (size_t i = 0; i < t->n_losses; i++) {
        if (strcmp(t->losses[i].peer, peer) == 0) {
            t->losses[i].cells++;
            return;
        }
    }
    t->losses = memory_grow(t->losses, t->n_losses + 1, sizeof *t->losses);
    t->losses[t->n_losses++] = (struct loss){.peer = peer, .cells = 1};
}

/* Returns whether the cells' ratios are to the same, and counts the cell if
   not.  */
static bool has_same_baseline(struct changes *t, const struct pair *p)
{
    if (strcmp(cell_baseline(p->old)->peer, cell_baseline(p->new)->peer) != 0) {
        t->other_baseline++;
        return false;
    }
    if (!cell_has_baseline(p->old) || !cell_has_baseline(p->new)) {
        t->without_baseline++;
        return false;
    }
    return true;
}

static void compare_cells(struct changes *t, const struct pair *p)
{
    double floor = floor_of(p, RATE);
    size_t rows = t->n_rows;

    if (!has_same_baseline(t, p))
        return;
    for (unsigned i = 0; survey_is_rival(p->old, i); i++) {
        const char *peer = p->old->contestants[i].peer;
        unsigned new = survey_find(p->new, peer);
        if (new < p->new->count)
            add_row(t, compare_peer(p, i, new));
        else
            add_loss(t, peer);
    }
    if (t->n_rows == rows)
        return;
    add_row(t, compare_baseline(p));
    if (!isnan(floor))
        t->floors[t->n_floors++] = floor;
}

/* Takes back each change that does not exceed the floor of the median cell. */
static void judge_by_median(struct changes *t)
{
    t->median_floor =
        t->n_floors > 0 ? stats_sort(t->floors, t->n_floors) : (double)NAN;
    for (size_t i = 0; i < t->n_rows; i++) {
        struct change *c = &t->rows[i].speed;
        if (!t->rows[i].is_baseline && c->verdict != TOO_FEW
            && stats_verdict(c->change, t->median_floor, STATS_MIN_BLOCKS)
                   == NO_DIFFERENCE)
            c->verdict = NO_DIFFERENCE;
    }
}

void changes_begin(struct changes *t, const struct results *before,
                   const struct results *after)
{
    *t = (struct changes){.n_rows = 0};
    t->floors = memory_new(before->n_cells, sizeof *t->floors);
    for (unsigned i = 0; i < before->n_cells; i++) {
        const struct cell *old = &before->cells[i];
        const struct cell *new = find_cell(after, old);
        if (new)
            compare_cells(t, &(struct pair){before, after, old, new});
    }
    judge_by_median(t);
    t->unmatched =
        count_unmatched(before, after) + count_unmatched(after, before);
}

void changes_end(struct changes *t)
{
    free(t->rows);
    free(t->floors);
    free(t->losses);
}

static bool has_peer(const struct results *r, const char *peer)
{
    for (unsigned i = 0; i < r->n_cells; i++) {
        if (survey_find(&r->cells[i], peer) < r->cells[i].count)
            return true;
    }
    return false;
}

bool changes_lost_decisive(const struct results *before,
                           const struct results *after)
{
    return has_peer(before, changes_decisive)
           && !has_peer(after, changes_decisive);
}

bool changes_decide(const struct changes *t, const struct row *row)
{
    return !row->is_baseline
           && (!t->is_decided_by_one
               || strcmp(row->peer, changes_decisive) == 0);
}

bool row_is_regression(const struct row *row)
{
    if (row->old_fault || row->new_fault)
        return !row->old_fault;
    return row->speed.verdict == SLOWER;
}

struct tally changes_count(const struct changes *t)
{
    struct tally n = {.newly_broken = 0};

    for (size_t i = 0; i < t->n_rows; i++) {
        const struct row *row = &t->rows[i];
        if (!changes_decide(t, row))
            continue;
        if (row->old_fault)
            n.broken++;
        else if (row->new_fault)
            n.newly_broken++;
        else
            n.verdicts[row->speed.verdict]++;
    }
    return n;
}

unsigned tally_compared(const struct tally *n)
{
    return n->newly_broken + n->verdicts[FASTER] + n->verdicts[SLOWER]
           + n->verdicts[NO_DIFFERENCE];
}
