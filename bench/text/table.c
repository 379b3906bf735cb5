/* table.c -- see table.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "text/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "results/survey.h"
#include "text/figure.h"
#include "text/paragraph.h"
#include "text/preface.h"
#include "text/sparkline.h"
#include "text/verdicts.h"

enum {
    NAME_WIDTH = 20
}; /* of the threads and the peer, and the blank behind */

/* A column of one metric.  */
struct column {
    enum metric metric;
    int width;
    const char *above; /* the first line of its title */
    const char *title;
};

/* In the first table, where waits are known.  */
static const struct column wait_columns[] = {
    {WAIT_P50, 6, "", "p50"},
    {WAIT_P99, 6, "", "p99"},
    {WAIT_MAX, 6, "", "max"},
    {METRICS, 0, NULL, NULL},
};

/* Where one call wakes n threads: until that one runs.  */
static const struct column wake_columns[] = {
    {WAKE_FIRST, 6, "", "first"},
    {WAKE_MEDIAN, 6, "", "median"},
    {WAKE_LAST, 6, "", "last"},
    {METRICS, 0, NULL, NULL},
};

static const struct column more_columns[] = {
    {WAKE_FIRST, 6, "woken", "first"}, {WAKE_MEDIAN, 6, "woken", "median"},
    {WAKE_LAST, 6, "woken", "last"},   {WAKES, 5, "", "wakes"},
    {WAIT_P999, 6, "wait", "p99.9"},   {IDLE, 4, "idle", "time"},
    {IDLE_MAX, 6, "idle", "max"},      {JAIN, 4, "", "Jain"},
    {JAIN_SHORT, 4, "", "J10"},        {BYPASS, 6, "", "bypass"},
    {CPU, 5, "CPU", "s/Mop"},          {KERNEL, 6, "kernel", "s/Mop"},
    {SWITCHES, 5, "ctx", "/kop"},      {FUTEXES, 5, "futex", "/kop"},
    {BESIDE, 6, "", "beside"},
};

enum { MORE = sizeof more_columns / sizeof *more_columns };

/* A group of cells that differ in their threads alone, and where to print
   it.  */
struct group {
    const struct survey *s;
    unsigned first;
    unsigned end;
    const struct column *waits; /* in the first table */
    bool has_colour;
    FILE *out;
};

static bool is_known(const struct group *g, enum metric m)
{
    for (unsigned i = g->first; i < g->end; i++) {
        const struct cell *cell = g->s->cells[i];
        for (unsigned j = 0; j + 1 < cell->count; j++) {
            if (!cell->contestants[j].fault
                && !isnan(survey_of(g->s, cell, j)->values[m].median))
                return true;
        }
    }
    return false;
}

static const struct column *choose_waits(const struct group *g)
{
    return is_known(g, WAKE_LAST) && !is_known(g, WAIT_P50) ? wake_columns
                                                            : wait_columns;
}

/* The second run of the baseline has no row unless it is broken.  */
static bool has_row(const struct cell *cell, unsigned i)
{
    return cell->contestants[i].fault || i + 1 < cell->count;
}

static void print_name(const struct group *g, const struct cell *cell,
                       unsigned i)
{
    fprintf(g->out, "%4u %-14.14s", cell->shape.threads,
            cell->contestants[i].peer);
}

static void print_value(const struct group *g, const struct column *c,
                        const struct summary *x)
{
    fprintf(g->out, " %*s", c->width,
            figure_of(c->metric, x->values[c->metric].median).text);
}

static const char *short_verdict(const struct cell *cell, unsigned i,
                                 const struct summary *x)
{
    static const char *const words[] = {
        [FASTER] = "faster",
        [SLOWER] = "slower",
        [NO_DIFFERENCE] = "no diff",
        [TOO_FEW] = "too few",
    };

    if (!x->is_judged || isnan(x->ratio.median))
        return "n/a";
    return survey_is_rival(cell, i) ? words[x->verdict] : "(noise)";
}

static void print_verdict(const struct group *g, const char *word)
{
    static const char green[] = "\033[32m", red[] = "\033[31m",
                      dim[] = "\033[2m";
    const char *colour = strcmp(word, "faster") == 0   ? green
                         : strcmp(word, "slower") == 0 ? red
                                                       : dim;

    if (g->has_colour)
        fprintf(g->out, " %s%s\033[0m\n", colour, word);
    else
        fprintf(g->out, " %s\n", word);
}

static void print_broken(const struct group *g, const struct cell *cell,
                         unsigned i)
{
    char label[NAME_WIDTH + 1];

    snprintf(label, sizeof label, "%4u %-14.14s", cell->shape.threads,
             cell->contestants[i].peer);
    paragraph_print(g->out, label, NAME_WIDTH, "BROKEN: %s",
                    cell->contestants[i].fault);
}

static void print_row(const struct group *g, const struct cell *cell,
                      unsigned i)
{
    const struct summary *x = survey_of(g->s, cell, i);
    struct interval ratio = x->ratio;

    if (cell->contestants[i].fault) {
        print_broken(g, cell, i);
        return;
    }
    if (!x->is_judged)
        ratio = (struct interval){NAN, NAN, NAN};
    print_name(g, cell, i);
    fprintf(g->out, " %5s%c %5s %-13s %4s",
            figure_count(x->values[RATE].median).text, x->outliers ? '*' : ' ',
            figure_count(ratio.median).text, figure_ends(ratio).text,
            figure_share(x->values[HANDOVER].median).text);
    for (const struct column *c = g->waits; c->title; c++)
        print_value(g, c, x);
    print_verdict(g, short_verdict(cell, i, x));
}

/* Calls `print` for each row of the group, those of one cell the fastest
   first.  */
static void for_rows(const struct group *g,
                     void (*print)(const struct group *, const struct cell *,
                                   unsigned))
{
    for (unsigned i = g->first; i < g->end; i++) {
        const struct cell *cell = g->s->cells[i];
        unsigned *order = survey_sort(g->s, cell);
        for (unsigned j = 0; j < cell->count; j++) {
            if (has_row(cell, order[j]))
                print(g, cell, order[j]);
        }
        free(order);
    }
}

static void print_first_table(const struct group *g)
{
    fprintf(g->out, " thr %-14s %5s  %5s %-13s %4s", "peer", "ops/s", "ratio",
            "95 %", "hand");
    for (const struct column *c = g->waits; c->title; c++)
        fprintf(g->out, " %*s", c->width, c->title);
    fputs(" verdict\n", g->out);
    for_rows(g, print_row);
}

/* Some columns of more_columns, as many as fit.  */
static struct {
    const struct column *columns[MORE];
    unsigned n;
} part;

static bool is_in_first_table(const struct group *g, enum metric m)
{
    for (const struct column *c = g->waits; c->title; c++) {
        if (c->metric == m)
            return true;
    }
    return false;
}

/* Takes the next columns that somebody knows.  Returns the first that did not
   fit, or MORE.  */
static unsigned take_part(const struct group *g, unsigned from)
{
    int width = NAME_WIDTH - 1;

    part.n = 0;
    for (unsigned i = from; i < MORE; i++) {
        const struct column *c = &more_columns[i];
        if (!is_known(g, c->metric) || is_in_first_table(g, c->metric))
            continue;
        width += 1 + c->width;
        if (width > PAGE_WIDTH)
            return i;
        part.columns[part.n++] = c;
    }
    return MORE;
}

static void print_part_row(const struct group *g, const struct cell *cell,
                           unsigned i)
{
    if (cell->contestants[i].fault)
        return;
    print_name(g, cell, i);
    for (unsigned k = 0; k < part.n; k++)
        print_value(g, part.columns[k], survey_of(g->s, cell, i));
    putc('\n', g->out);
}

static void print_part(const struct group *g)
{
    fprintf(g->out, "\n%*s", NAME_WIDTH - 1, "");
    for (unsigned k = 0; k < part.n; k++)
        fprintf(g->out, " %*s", part.columns[k]->width, part.columns[k]->above);
    fprintf(g->out, "\n thr %-14s", "peer");
    for (unsigned k = 0; k < part.n; k++)
        fprintf(g->out, " %*s", part.columns[k]->width, part.columns[k]->title);
    putc('\n', g->out);
    for_rows(g, print_part_row);
}

static void print_more_tables(const struct group *g)
{
    for (unsigned from = 0; from < MORE;) {
        from = take_part(g, from);
        if (part.n > 0)
            print_part(g);
    }
}

static void print_heading(const struct group *g)
{
    const struct cell *cell = g->s->cells[g->first];
    const char *baseline = cell_baseline(cell)->peer;
    bool is_usual;
    char text[160];

    cell_describe(cell, text, sizeof text);
    putc('\n', g->out);
    paragraph_print(g->out, "", 0, "%s / %s%s%s%s", cell->primitive,
                    cell->workload, text[0] ? " (" : "", text,
                    text[0] ? ")" : "");
    is_usual = strcmp(baseline, g->s->r->against) == 0;
    paragraph_print(g->out, "", 2, "operation: %s%s%s%s%s", cell->operation,
                    cell->waiting ? "; wait: " : "",
                    cell->waiting ? cell->waiting : "",
                    is_usual ? "" : "; baseline: ", is_usual ? "" : baseline);
}

static void print_group(struct group *g)
{
    g->waits = choose_waits(g);
    print_heading(g);
    print_first_table(g);
    print_more_tables(g);
    sparklines_print(g->s, g->first, g->end, g->out);
    putc('\n', g->out);
    verdicts_print_group(g->s, g->first, g->end, g->out);
}

static bool wants_colour(FILE *out)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(fileno(out)) && !(no && no[0])
           && !(term && strcmp(term, "dumb") == 0);
}

static void print_all_broken(const struct survey *s, FILE *out)
{
    for (unsigned i = 0; i < s->r->n_cells; i++) {
        const struct cell *cell = s->cells[i];
        for (unsigned j = 0; j < cell->count; j++) {
            struct paragraph p;
            if (!cell->contestants[j].fault)
                continue;
            paragraph_begin(&p);
            fprintf(p.file, "%s: ", cell->contestants[j].peer);
            verdicts_name(cell, p.file);
            fprintf(p.file, ": %s", cell->contestants[j].fault);
            paragraph_end(&p, out, "BROKEN", VERDICT_INDENT);
        }
    }
}

void table_print(const struct results *r, FILE *out)
{
    struct survey s;
    struct group g = {.s = &s, .out = out, .has_colour = wants_colour(out)};

    survey_begin(&s, r);
    preface_print(&s, out);
    for (g.first = 0; g.first < r->n_cells; g.first = g.end) {
        g.end = survey_group_end(&s, g.first);
        print_group(&g);
    }
    verdicts_print_all(&s, out);
    print_all_broken(&s, out);
    verdicts_print_absences(r, out);
    survey_end(&s);
}
