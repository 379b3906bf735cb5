/* verdicts.c -- see verdicts.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "text/verdicts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results/ratios.h"
#include "text/figure.h"
#include "text/paragraph.h"
#include "text/scores.h"

enum {
    MAX_SUBJECTS = 3, /* with more peers, words about each are too many */
    MAX_NAMED = 3,    /* of those that are ahead */
};

/* Whom the words are about.  */
struct subjects {
    const char **names;
    unsigned n;
};

static struct subjects find_peers(const struct results *r)
{
    struct subjects s;
    s.names = score_peers(r, &s.n);
    return s;
}

static struct subjects find_subjects(const struct results *r)
{
    struct subjects s = find_peers(r);

    for (unsigned i = 0; i < s.n; i++) {
        if (strcmp(s.names[i], "interlock") == 0) {
            s.names[0] = s.names[i];
            s.n = 1;
        }
    }
    if (s.n > MAX_SUBJECTS)
        s.n = 0;
    return s;
}

static void write_threads(const struct cell *cell, FILE *out)
{
    unsigned n = cell->shape.threads;
    fprintf(out, "%u thread%s", n, n == 1 ? "" : "s");
}

void verdicts_name(const struct cell *cell, FILE *out)
{
    char text[160];

    cell_describe(cell, text, sizeof text);
    fprintf(out, "%s / %s, ", cell->primitive, cell->workload);
    write_threads(cell, out);
    if (text[0])
        fprintf(out, " (%s)", text);
}

static const char *ending(unsigned n)
{
    if (n % 100 / 10 == 1)
        return "th";
    return n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
}

static bool is_ahead(const struct survey *s, const struct cell *cell,
                     unsigned i, unsigned of)
{
    return i + 1 < cell->count && survey_has_verdict(s, cell, i)
           && survey_order(s, cell, i, of) > 0;
}

/* Writes who is ahead of contestant i, the fastest first, and a few at most by
   name.  */
static void write_ahead(const struct survey *s, const struct cell *cell,
                        unsigned i, FILE *out)
{
    unsigned *order = survey_sort(s, cell);
    unsigned n = 0;

    for (unsigned k = 0; k < cell->count; k++) {
        unsigned j = order[k];
        if (!is_ahead(s, cell, j, i) || n++ >= MAX_NAMED)
            continue;
        fprintf(out, "%s %s", n == 1 ? ", behind" : ",",
                cell->contestants[j].peer);
        if (survey_is_rival(cell, j))
            fprintf(out, " %s",
                    figure_interval(survey_of(s, cell, j)->ratio).text);
    }
    if (n > MAX_NAMED)
        fprintf(out, " and %u more", n - MAX_NAMED);
    free(order);
}

/* Writes the rank of contestant i, and who is ahead.  Of two, the verdict has
   said it.  */
static void write_rank(const struct survey *s, const struct cell *cell,
                       unsigned i, FILE *out)
{
    struct rank rank = score_rank(s, cell, i);

    if (rank.of <= 2)
        return;
    fprintf(out, ", %u%s", rank.first, ending(rank.first));
    if (rank.last > rank.first)
        fprintf(out, " to %u%s", rank.last, ending(rank.last));
    fprintf(out, " of %u", rank.of);
    write_ahead(s, cell, i, out);
}

/* A price that a rate does not show.  */
struct price {
    enum metric metric;
    const char *name;
    struct figure (*format)(double x);
};

static const struct price prices[] = {
    {WAIT_P99, "p99 wait", figure_spaced_time},
    {WAIT_MAX, "longest wait", figure_spaced_time},
    {IDLE, "idle while wanted", figure_share},
    {JAIN_SHORT, "Jain of 10 turns", figure_count},
    {CPU, "CPU s/Mop", figure_count},
    {BESIDE, "kept beside it", figure_share},
};

/* Whether contestant i and the baseline differ in a metric, by the rule for
   speeds.  */
static bool differs(const struct survey *s, const struct cell *cell, unsigned i,
                    enum metric m)
{
    struct series ratios;
    enum verdict verdict;

    series_of_ratios(&ratios, s->r, cell, i, m);
    if (ratios.n == 0)
        return false;
    verdict = stats_verdict(series_interval(&ratios), cell_noise(s->r, cell, m),
                            ratios.n);
    return verdict == FASTER || verdict == SLOWER;
}

/* Writes in what else contestant i and the baseline differ.  */
static void write_prices(const struct survey *s, const struct cell *cell,
                         unsigned i, FILE *out)
{
    const struct summary *x = survey_of(s, cell, i);
    const struct summary *base = survey_of(s, cell, cell->count - BASELINES);
    const char *before = "; also:";

    for (unsigned k = 0; k < sizeof prices / sizeof *prices; k++) {
        const struct price *p = &prices[k];
        if (!differs(s, cell, i, p->metric))
            continue;
        fprintf(out, "%s %s %s, not %s", before, p->name,
                p->format(x->values[p->metric].median).text,
                p->format(base->values[p->metric].median).text);
        before = ";";
    }
}

static void write_verdict(const struct survey *s, const struct cell *cell,
                          unsigned i, FILE *out)
{
    const struct summary *x = survey_of(s, cell, i);

    write_threads(cell, out);
    fputs(": ", out);
    if (cell->contestants[i].fault) {
        fputs("BROKEN", out);
        return;
    }
    if (!x->is_judged || isnan(x->ratio.median)) {
        fputs("no verdict, for want of runs to compare", out);
        return;
    }
    fputs(stats_verdict_words[x->verdict], out);
    if (x->verdict == FASTER || x->verdict == SLOWER)
        fprintf(out, " than %s", cell_baseline(cell)->peer);
    fprintf(out, " (%s)", figure_interval(x->ratio).text);
    if (x->verdict == TOO_FEW)
        return;
    write_rank(s, cell, i, out);
    write_prices(s, cell, i, out);
}

/* One paragraph for each number of threads.  */
static void print_subject(const struct survey *s, unsigned first, unsigned end,
                          const char *name, FILE *out)
{
    const char *label = "verdict";

    for (unsigned i = first; i < end; i++) {
        const struct cell *cell = s->cells[i];
        unsigned who = survey_find(cell, name);
        struct paragraph p;
        if (who == cell->count)
            continue;
        paragraph_begin(&p);
        fprintf(p.file, "%s, ", name);
        write_verdict(s, cell, who, p.file);
        paragraph_end(&p, out, label, VERDICT_INDENT);
        label = "";
    }
}

void verdicts_print_group(const struct survey *s, unsigned first, unsigned end,
                          FILE *out)
{
    struct subjects who = find_subjects(s->r);

    for (unsigned i = 0; i < who.n; i++)
        print_subject(s, first, end, who.names[i], out);
    free(who.names);
}

static void print_score(const struct survey *s, const char *name, FILE *out)
{
    struct score x = score_of(s, name);

    fprintf(out, "  %-14.14s %7u %7u %14u %8u %7u %10s\n", name,
            x.counts[FASTER], x.counts[SLOWER], x.counts[NO_DIFFERENCE],
            x.counts[TOO_FEW], x.broken, figure_count(x.mean).text);
}

/* Returns what has to be said after the baseline's name, of all cells.  */
static const char *or_instead(const struct results *r)
{
    for (unsigned i = 0; i < r->n_cells; i++) {
        if (strcmp(cell_baseline(&r->cells[i])->peer, r->against) != 0)
            return " (or the baseline in its place)";
    }
    return "";
}

void verdicts_write_sum(const struct survey *s, const char *name, FILE *out)
{
    struct score x = score_of(s, name);

    if (x.n == 0)
        return;
    fprintf(out,
            "%s against %s%s: faster in %u of %u cells, slower in %u, no "
            "difference shown in %u; geometric mean of the ratios %s, median "
            "%s, each cell counted once.",
            name, s->r->against, or_instead(s->r), x.counts[FASTER], x.n,
            x.counts[SLOWER], x.counts[NO_DIFFERENCE],
            figure_count(x.mean).text, figure_count(x.median).text);
}

static void print_sum(const struct survey *s, const char *name, FILE *out)
{
    struct paragraph p;

    if (score_of(s, name).n == 0)
        return;
    paragraph_begin(&p);
    verdicts_write_sum(s, name, p.file);
    paragraph_end(&p, out, "verdict", VERDICT_INDENT);
}

static void print_slower(const struct survey *s, const char *name, FILE *out)
{
    for (unsigned i = 0; i < s->r->n_cells; i++) {
        const struct cell *cell = s->cells[i];
        unsigned who = survey_find(cell, name);
        struct paragraph p;
        if (who == cell->count || !survey_has_verdict(s, cell, who)
            || survey_of(s, cell, who)->verdict != SLOWER)
            continue;
        paragraph_begin(&p);
        fprintf(p.file, "%s: ", name);
        verdicts_name(cell, p.file);
        fprintf(p.file, ": %s",
                figure_interval(survey_of(s, cell, who)->ratio).text);
        paragraph_end(&p, out, "slower", VERDICT_INDENT);
    }
}

bool verdicts_are_there(const struct survey *s)
{
    for (unsigned i = 0; i < s->r->n_cells; i++) {
        const struct cell *cell = &s->r->cells[i];
        for (unsigned j = 0; survey_is_rival(cell, j); j++) {
            if (survey_has_verdict(s, cell, j))
                return true;
        }
    }
    return false;
}

void verdicts_write_none(const struct results *r, FILE *out)
{
    if (r->blocks < STATS_MIN_BLOCKS)
        fprintf(out,
                "no cell has a verdict: that takes %d blocks, and %u %s "
                "finished.",
                STATS_MIN_BLOCKS, r->blocks, r->blocks == 1 ? "is" : "are");
    else
        fprintf(out,
                "no cell has a verdict: in none did both %s and somebody else "
                "do what they are for in %d blocks.",
                r->against, STATS_MIN_BLOCKS);
}

static void print_none(const struct results *r, FILE *out)
{
    struct paragraph p;

    paragraph_begin(&p);
    verdicts_write_none(r, p.file);
    paragraph_end(&p, out, "verdict", VERDICT_INDENT);
}

void verdicts_print_all(const struct survey *s, FILE *out)
{
    struct subjects peers = find_peers(s->r), who = find_subjects(s->r);

    putc('\n', out);
    paragraph_print(
        out, "", 0,
        "In how many cells each peer was faster or slower than %s%s."
        "  Each mean is over the peer's own cells: those of "
        "different peers do not compare.",
        s->r->against, or_instead(s->r));
    fprintf(out, "  %-14s %7s %7s %14s %8s %7s %10s\n", "peer", "faster",
            "slower", "no difference", "too few", "BROKEN", "mean ratio");
    for (unsigned i = 0; i < peers.n; i++)
        print_score(s, peers.names[i], out);
    putc('\n', out);
    for (unsigned i = 0; i < who.n; i++) {
        print_sum(s, who.names[i], out);
        print_slower(s, who.names[i], out);
    }
    if (!verdicts_are_there(s))
        print_none(s->r, out);
    free(peers.names);
    free(who.names);
}

void verdicts_print_absences(const struct results *r, FILE *out)
{
    struct paragraph p;

    if (r->n_absences == 0)
        return;
    paragraph_begin(&p);
    for (unsigned i = 0; i < r->n_absences; i++)
        fprintf(p.file, "%s%s: %s", i ? "; " : "", r->absences[i].peer,
                r->absences[i].reason);
    paragraph_end(&p, out, "absent", VERDICT_INDENT);
}
