/* markdown_groups.c -- a part of markdown_parts.h: all figures of all groups.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "html/charts.h"
#include "html/units.h"
#include "text/figure.h"
#include "text/markdown_parts.h"
#include "text/scores.h"

/* The workloads of the default table.  With the pictures of all there would be
   hundreds.  */
static const struct {
    const char *primitive;
    const char *workload;
} pictured[] = {
    {"lock", "mutexbench-moderate"},
    {"rlock", "contended"},
    {"semaphore", "contended"},
    {"semaphore", "ping-pong"},
    {"bounded_semaphore", "contended"},
    {"event", "ping-pong"},
    {"event", "wake-all"},
    {"condition", "ping-pong"},
    {"condition", "buffer"},
    {"condition", "herd"},
    {"barrier", "rounds"},
    {"barrier", "abort"},
};

static const char *const pictures[] = {"throughput", "waits", "holders"};

/* The columns besides that of each number of threads.  */
static const enum metric columns[] = {
    WAIT_P50, WAIT_P99,   WAIT_P999,   WAIT_MAX,  HANDOVER, IDLE,     IDLE_MAX,
    JAIN,     JAIN_SHORT, BYPASS,      CPU,       KERNEL,   SWITCHES, FUTEXES,
    BESIDE,   WAKE_FIRST, WAKE_MEDIAN, WAKE_LAST, WAKES,
};

enum { COLUMNS = sizeof columns / sizeof *columns };

bool markdown_has_column(enum metric m)
{
    for (unsigned i = 0; i < COLUMNS; i++) {
        if (columns[i] == m)
            return true;
    }
    return m == RATE;
}

static bool is_pictured(const struct cell *cell)
{
    for (size_t i = 0; i < sizeof pictured / sizeof *pictured; i++) {
        if (strcmp(cell->primitive, pictured[i].primitive) == 0
            && strcmp(cell->workload, pictured[i].workload) == 0)
            return true;
    }
    return false;
}

static bool is_picture(const struct chart *c)
{
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        if (strcmp(c->name, pictures[i]) == 0)
            return true;
    }
    return false;
}

/* How to read them.  */
static void write_captions(const struct page *p)
{
    fputs("\nSome have pictures:\n\n", p->out);
    for (unsigned i = 0; i < CHARTS; i++) {
        if (is_picture(&charts[i]))
            fprintf(p->out, "* **%s**: %s\n", charts[i].name, charts[i].how);
    }
    fputs("\nPointing at a part of a picture names it where the file is opened "
          "by itself.\n",
          p->out);
}

static bool has_pictures(const struct page *p)
{
    for (unsigned i = 0; i < p->n_groups; i++) {
        if (is_pictured(p->groups[i].cells[0]))
            return true;
    }
    return false;
}

static void write_pictures(const struct page *p, const struct group *g)
{
    for (unsigned i = 0; i < CHARTS; i++) {
        char *file;
        if (!is_picture(&charts[i]) || !charts[i].applies(g))
            continue;
        file = group_picture_name(g, charts[i].name);
        fprintf(p->out, "![%s of ", charts[i].name);
        markdown_text(p->out, g->name);
        fprintf(p->out, "](pictures/%s)\n\n", file);
        free(file);
    }
}

/* Writes a sentence each on what is counted, what waits are, and by how much
   the baseline differed from itself.  */
static void write_about(const struct page *p, const struct group *g)
{
    const struct cell *c = g->cells[0];

    fputs("Counted: ", p->out);
    markdown_text(p->out, c->operation ? c->operation : "operations");
    if (c->waiting) {
        fputs(".  Waits: ", p->out);
        markdown_text(p->out, c->waiting);
    }
    fputs(".  Baseline: ", p->out);
    markdown_text(p->out, group_baseline(g));
    fputs("; it differed from itself by ", p->out);
    for (unsigned i = 0; i < g->n_cells; i++) {
        double noise = survey_noise(p->survey, g->cells[i]);
        fprintf(p->out, "%s%s (", i > 0 ? ", " : "",
                figure_share(noise - 1).text);
        markdown_threads(p->out, g->cells[i]->shape.threads);
        putc(')', p->out);
    }
    fputs(".\n\n", p->out);
}

static void write_heading(const struct page *p, const struct group *g)
{
    unsigned last = g->n_cells - 1;

    fputs("| peer", p->out);
    for (unsigned i = 0; i < g->n_cells; i++) {
        fputs(" | ", p->out);
        markdown_threads(p->out, g->cells[i]->shape.threads);
    }
    fputs(" | 95 %", p->out);
    for (unsigned i = 0; i < COLUMNS; i++) {
        const struct metric_info *info = &metric_infos[columns[i]];
        if (!group_knows_in(g, last, columns[i]))
            continue;
        fprintf(p->out, " | %s", info->title);
        if (metric_quantities[columns[i]] == COUNT)
            fprintf(p->out, " %s", info->unit);
    }
    fputs(" |\n|---|", p->out);
    for (unsigned i = 0; i < g->n_cells; i++)
        fputs("--:|", p->out);
    fputs("--:|", p->out);
    for (unsigned i = 0; i < COLUMNS; i++) {
        if (group_knows_in(g, last, columns[i]))
            fputs("--:|", p->out);
    }
    putc('\n', p->out);
}

/* Writes "14.1M (1.18^)" in one piece, or why there is no such thing.  */
static void write_speed(const struct page *p, const struct group *g,
                        const struct entry *e, unsigned cell)
{
    const struct contestant *c = entry_in(g, e, cell);
    const struct summary *s = entry_judged(g, e, cell);

    fputs(" | ", p->out);
    if (!c) {
        fputs("\u2013", p->out);
        return;
    }
    if (c->fault) {
        fputs("**BROKEN**: ", p->out);
        markdown_text(p->out, c->fault);
        return;
    }
    fprintf(p->out, "%s%s",
            figure_of(RATE, entry_value(g, e, cell, RATE).median).text,
            entry_summary(g, e, cell)->outliers > 0 ? "\u2020" : "");
    if (s)
        fprintf(p->out, "\u00a0(%s%s)", figure_count(s->ratio.median).text,
                verdict_signs[s->verdict]);
    else if (e->look != BASE)
        fputs("\u00a0(n/a)", p->out);
}

static void write_name(const struct page *p, const struct entry *e)
{
    const char *bold =
        e->look == BASE || strcmp(e->peer, p->subject) == 0 ? "**" : "";

    fprintf(p->out, "| %s", bold);
    markdown_text(p->out, e->peer);
    fprintf(p->out, "%s%s", bold, e->look == BASE ? " (baseline)" : "");
}

/* What is broken with the most threads, or takes no part, has no more
   columns.  */
static void write_row(const struct page *p, const struct group *g,
                      const struct entry *e)
{
    unsigned last = g->n_cells - 1;

    write_name(p, e);
    for (unsigned i = 0; i < g->n_cells; i++)
        write_speed(p, g, e, i);
    if (entry_summary(g, e, last)) {
        fprintf(p->out, " | %s",
                entry_judged(g, e, last)
                    ? figure_ends(entry_ratio(g, e, last)).text
                    : "");
        for (unsigned i = 0; i < COLUMNS; i++) {
            if (group_knows_in(g, last, columns[i]))
                fprintf(p->out, " | %s",
                        figure_of(columns[i],
                                  entry_value(g, e, last, columns[i]).median)
                            .text);
        }
    }
    fputs(" |\n", p->out);
}

/* The entry that is contestant i with the most threads; NULL if that is none,
   as of the baseline's second run.  */
static const struct entry *find_entry(const struct group *g, unsigned i)
{
    for (unsigned k = 0; k < g->n_entries; k++) {
        if (g->entries[k].indices[g->n_cells - 1] == i)
            return &g->entries[k];
    }
    return NULL;
}

/* The fastest first, with the most threads; who takes no part there, last.  */
static void write_rows(const struct page *p, const struct group *g)
{
    const struct cell *cell = g->cells[g->n_cells - 1];
    unsigned *order = survey_sort(p->survey, cell);

    for (unsigned k = 0; k < cell->count; k++) {
        const struct entry *e = find_entry(g, order[k]);
        if (e)
            write_row(p, g, e);
    }
    for (unsigned k = 0; k < g->n_entries; k++) {
        if (!entry_in(g, &g->entries[k], g->n_cells - 1))
            write_row(p, g, &g->entries[k]);
    }
    free(order);
}

static void write_group(const struct page *p, const struct group *g)
{
    char *slug = group_slug(g);

    fprintf(p->out, "\n### <a id=\"%s\"></a>", slug);
    markdown_text(p->out, g->name);
    fputs("\n\n", p->out);
    write_about(p, g);
    if (is_pictured(g->cells[0]))
        write_pictures(p, g);
    fprintf(p->out, "<details><summary>%u peers</summary>\n\n", g->n_entries);
    write_heading(p, g);
    write_rows(p, g);
    fputs("\n</details>\n", p->out);
    free(slug);
}

void markdown_write_groups(const struct page *p)
{
    fputs("\n## <a id=\"figures\"></a>All figures\n\n"
          "Operations a second and (their ratio to the baseline) by number of "
          "threads; all else is with the most threads.  The fastest there is "
          "first.  What [the columns](#columns) mean is at the end.\n",
          p->out);
    if (has_pictures(p))
        write_captions(p);
    for (unsigned i = 0; i < p->n_groups; i++)
        write_group(p, &p->groups[i]);
}
