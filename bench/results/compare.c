/* compare.c -- see compare.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "results/compare.h"

#include <string.h>

#include "results/changes.h"
#include "text/figure.h"
#include "text/paragraph.h"

enum { INDENT = 9 };

static void print_heading(FILE *out, const struct cell *cell)
{
    char shape[120];

    cell_describe(cell, shape, sizeof shape);
    putc('\n', out);
    paragraph_print(out, "", 0, "%s / %s%s%s", cell->primitive, cell->workload,
                    shape[0] ? ", " : "", shape);
    fprintf(out, " %3s  %-14s %6s %6s %6s %-13s %s\n", "thr", "peer", "before",
            "after", "change", "95%", "verdict");
}

static bool is_same_group(const struct cell *a, const struct cell *b)
{
    struct cell other = *b;
    other.shape.threads = a->shape.threads;
    return cell_is_same(a, &other);
}

/* Prints what else became worse, if anything.  */
static void print_others(FILE *out, const struct row *row)
{
    const char *before = "      also: ";

    for (unsigned i = 0; i < MENTIONED; i++) {
        const struct change *c = &row->others[i];
        if (c->verdict != FASTER) /* more of it */
            continue;
        fprintf(out, "%s%s %sx %s", before,
                metric_infos[changes_mentioned[i]].title,
                figure_count(c->change.median).text,
                figure_ends(c->change).text);
        before = ", ";
    }
    if (before[0] == ',')
        putc('\n', out);
}

static void print_row(FILE *out, const struct row *row)
{
    const struct change *c = &row->speed;

    fprintf(out, " %3u  %-14.14s", row->cell->shape.threads, row->peer);
    if (row->old_fault || row->new_fault) {
        fprintf(out, " BROKEN %s\n",
                !row->old_fault   ? "after, not before"
                : !row->new_fault ? "before, not after"
                                  : "before and after");
        return;
    }
    if (row->is_baseline)
        fprintf(out, " %6s %6s", "", "");
    else
        fprintf(out, " %6s %6s", figure_count(c->before.median).text,
                figure_count(c->after.median).text);
    fprintf(out, " %6s %-13s %s\n", figure_count(c->change.median).text,
            figure_ends(c->change).text,
            row->is_baseline ? "(its own ops/s)"
                             : stats_verdict_words[c->verdict]);
    print_others(out, row);
}

static void print_rows(FILE *out, const struct changes *t)
{
    for (size_t i = 0; i < t->n_rows; i++) {
        const struct row *row = &t->rows[i];
        if (i == 0 || !is_same_group(row[-1].cell, row->cell))
            print_heading(out, row->cell);
        print_row(out, row);
    }
}

static void print_one_contest(FILE *out, const char *label,
                              const struct results *r)
{
    char cut[60] = "";

    if (r->blocks < r->planned)
        snprintf(cut, sizeof cut, "; %s%u were planned",
                 r->is_cut ? "interrupted, " : "", r->planned);
    paragraph_print(out, label, INDENT, "%s: %u blocks of runs of %s s%s",
                    r->date, r->blocks, figure_count(r->seconds).text, cut);
}

static void print_legend(FILE *out, const struct results *r)
{
    paragraph_print(
        out, "columns", INDENT,
        "before and after: speed in relation to %s in the same blocks; "
        "change: after / before, with its 95%% interval.  A difference is "
        "shown if the interval leaves out 1 and the change exceeds the noise "
        "floor: the factor by which %s differed from itself in that cell, or "
        "in the median cell if that is more, since among many cells some show "
        "a difference by chance.",
        r->against, r->against);
}

/* Where it regressed, again, since the table may be long.  */
static void print_regressions(FILE *out, const struct changes *t)
{
    for (size_t i = 0; i < t->n_rows; i++) {
        const struct row *row = &t->rows[i];
        char shape[120];
        if (!changes_decide(t, row) || !row_is_regression(row))
            continue;
        cell_describe(row->cell, shape, sizeof shape);
        paragraph_print(out, row->new_fault ? "BROKEN" : "SLOWER", INDENT,
                        "%s: %s / %s%s%s, threads %u: %s", row->peer,
                        row->cell->primitive, row->cell->workload,
                        shape[0] ? ", " : "", shape, row->cell->shape.threads,
                        row->new_fault
                            ? row->new_fault
                            : figure_interval(row->speed.change).text);
    }
}

static void print_losses(FILE *out, const struct changes *t)
{
    struct paragraph p;

    if (t->n_losses == 0)
        return;
    paragraph_begin(&p);
    fputs("Not compared: peers that take no part after, ", p.file);
    for (size_t i = 0; i < t->n_losses; i++)
        fprintf(p.file, "%s%s in %u cell%s", i > 0 ? ", " : "",
                t->losses[i].peer, t->losses[i].cells,
                t->losses[i].cells == 1 ? "" : "s");
    putc('.', p.file);
    paragraph_end(&p, out, "", INDENT);
}

static void print_left_out(FILE *out, const struct changes *t)
{
    print_losses(out, t);
    if (t->other_baseline > 0)
        paragraph_print(out, "", INDENT,
                        "Not compared: cells whose baseline is another peer "
                        "after, %u.",
                        t->other_baseline);
    if (t->unmatched > 0)
        paragraph_print(out, "", INDENT,
                        "Not compared: cells that one of the two has alone, "
                        "%u.",
                        t->unmatched);
    if (t->without_baseline > 0)
        paragraph_print(out, "", INDENT,
                        "Not compared: cells whose baseline is broken, %u.",
                        t->without_baseline);
}

static void print_counts(struct paragraph *p, const struct changes *t,
                         const struct tally *n)
{
    unsigned compared = tally_compared(n);

    if (t->is_decided_by_one)
        fprintf(p->file, "%s: %u %s compared: ", changes_decisive, compared,
                compared == 1 ? "cell" : "cells");
    else
        fprintf(p->file, "all peers: %u %s: ", compared,
                compared == 1 ? "comparison" : "comparisons");
    fprintf(p->file, "%u faster, %u slower, ", n->verdicts[FASTER],
            n->verdicts[SLOWER]);
    if (n->newly_broken > 0)
        fprintf(p->file, "%u newly broken, ", n->newly_broken);
    fprintf(p->file, "%u no difference shown", n->verdicts[NO_DIFFERENCE]);
    if (n->verdicts[TOO_FEW] > 0)
        fprintf(p->file, "; %u more with too few blocks", n->verdicts[TOO_FEW]);
    if (n->broken > 0)
        fprintf(p->file, "; %u more that were broken before", n->broken);
}

static void print_verdict(FILE *out, const struct changes *t,
                          const struct tally *n)
{
    struct paragraph p;

    paragraph_begin(&p);
    print_counts(&p, t, n);
    if (t->n_floors > 0) {
        double worst = t->floors[t->n_floors - 1];
        fprintf(p.file, "; noise floor %s in the median cell, %s in the worst",
                figure_share(t->median_floor - 1).text,
                figure_share(worst - 1).text);
    }
    putc('.', p.file);
    paragraph_end(&p, out, "verdict", INDENT);
}

static enum comparison refuse(FILE *out, const char *why)
{
    paragraph_print(out, "", 0, "Nothing can be compared: %s.", why);
    return INCOMPARABLE;
}

/* Says why no row decides anything.  */
static const char *explain(const struct changes *t,
                           const struct results *before,
                           const struct results *after)
{
    if (changes_lost_decisive(before, after))
        return "interlock takes part before, and nowhere after";
    if (t->unmatched == before->n_cells + after->n_cells)
        return "the two have no cell in common";
    if (t->n_rows == 0 && t->without_baseline > 0)
        return "the baseline is broken";
    if (t->n_rows == 0 && t->other_baseline > 0)
        return "the baseline is another peer after";
    if (t->n_rows == 0)
        return "the two have no peer in common, besides the baseline";
    return "in no cell did the peer run, unbroken, in enough blocks of both";
}

static enum comparison print_table(FILE *out, const struct changes *t,
                                   const struct results *before,
                                   const struct results *after)
{
    struct tally n = changes_count(t);

    print_one_contest(out, "before", before);
    print_one_contest(out, "after", after);
    if (t->n_rows > 0) {
        print_legend(out, before);
        print_rows(out, t);
        putc('\n', out);
    }
    print_regressions(out, t);
    print_left_out(out, t);
    if (tally_compared(&n) == 0 || changes_lost_decisive(before, after))
        return refuse(out, explain(t, before, after));
    print_verdict(out, t, &n);
    return n.newly_broken + n.verdicts[SLOWER] > 0 ? REGRESSED : COMPARED;
}

enum comparison compare_results(const struct results *before,
                                const struct results *after, FILE *out)
{
    struct changes changes;
    enum comparison result;
    char why[120];

    if (strcmp(before->against, after->against) != 0) {
        snprintf(why, sizeof why,
                 "the baseline was %.30s before, and is %.30s after",
                 before->against, after->against);
        return refuse(out, why);
    }
    changes_begin(&changes, before, after);
    result = print_table(out, &changes, before, after);
    changes_end(&changes);
    return result;
}
