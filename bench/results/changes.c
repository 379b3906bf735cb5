/* changes.c -- see changes.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "results/changes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "results/ratios.h"

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

/* Returns which contestant it is, besides the baseline; cell->count if it
   takes no part.  */
static unsigned find_peer(const struct cell *cell, const char *peer)
{
    for (unsigned i = 0; i < cell->count - BASELINES; i++) {
        if (strcmp(cell->contestants[i].peer, peer) == 0)
            return i;
    }
    return cell->count;
}

/* Where only one of the two is known, it is that one.  */
static double floor_of(const struct pair *p, enum metric m)
{
    return fmax(cell_noise(p->before, p->old, m),
                cell_noise(p->after, p->new, m));
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
                                    unsigned new, enum metric m)
{
    struct series before, after;
    series_of_ratios(&before, p->before, p->old, old, m);
    series_of_ratios(&after, p->after, p->new, new, m);
    return compare_series(&before, &after, floor_of(p, m));
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
    row.speed = compare_metric(p, old, new, RATE);
    for (unsigned i = 0; i < MENTIONED; i++)
        row.others[i] = compare_metric(p, old, new, changes_mentioned[i]);
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

static void compare_cells(struct changes *t, const struct pair *p)
{
    double floor = floor_of(p, RATE);
    size_t rows = t->n_rows;

    if (!cell_has_baseline(p->old) || !cell_has_baseline(p->new)) {
        t->without_baseline++;
        return;
    }
    for (unsigned i = 0; i < p->old->count - BASELINES; i++) {
        unsigned new = find_peer(p->new, p->old->contestants[i].peer);
        if (new < p->new->count)
            add_row(t, compare_peer(p, i, new));
    }
    if (t->n_rows == rows)
        return;
    add_row(t, compare_baseline(p));
    if (!isnan(floor))
        t->floors[t->n_floors++] = floor;
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
    t->unmatched =
        count_unmatched(before, after) + count_unmatched(after, before);
}

void changes_end(struct changes *t)
{
    free(t->rows);
    free(t->floors);
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
