/* page_table.c -- the second part of page.h: the tables of groups.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "html/page.h"
#include "html/svg.h"
#include "html/units.h"
#include "memory.h"
#include "text/figure.h"

/* Writes a figure above its interval.  */
static void write_figure(FILE *out, struct interval x, enum quantity q)
{
    char text[UNITS_SIZE], ends[UNITS_SIZE];

    units_write(text, x.median, q);
    units_write_ends(ends, x, q);
    fprintf(out, "<td>%s", text);
    if (ends[0])
        fprintf(out, "<i>%s</i>", ends);
}

static void write_peer(const struct page *p, const struct entry *e,
                       const struct summary *s)
{
    fprintf(p->out, "<tr%s><th>",
            strcmp(e->peer, p->subject) == 0 ? " class=\"own\"" : "");
    svg_escape(p->out, e->peer);
    if (s && s->outliers > 0)
        fprintf(p->out, " <span title=\"outliers, kept\">\u2020%u</span>",
                s->outliers);
}

static void write_verdict(const struct page *p, const struct group *g,
                          const struct entry *e, unsigned cell)
{
    const struct summary *s = entry_summary(g, e, cell);
    double noise = survey_noise(p->survey, g->cells[cell]);

    write_figure(p->out, entry_ratio(g, e, cell), FACTOR);
    if (e->look == BASE)
        fprintf(p->out, "<td class=\"s\">baseline<i>noise %s</i>",
                figure_share(noise - 1).text);
    else if (isnan(entry_ratio(g, e, cell).median))
        fputs("<td class=\"s\">no verdict", p->out);
    else
        fprintf(p->out, "<td class=\"s %s\">%s",
                s->verdict == FASTER   ? "fast"
                : s->verdict == SLOWER ? "slow"
                                       : "none",
                stats_verdict_words[s->verdict]);
}

static int count_columns(const struct group *g)
{
    int n = 3; /* the peer, its ratio, the verdict */
    for (unsigned m = 0; m < METRICS; m++)
        n += group_knows(g, (enum metric)m);
    return n;
}

/* Closing tags are left out where HTML allows it: there are very many.  */
static void write_row(const struct page *p, const struct group *g,
                      const struct entry *e, unsigned cell)
{
    const struct contestant *c = entry_in(g, e, cell);

    write_peer(p, e, entry_summary(g, e, cell));
    if (c->fault) {
        fprintf(p->out, "<td class=\"broken\" colspan=\"%d\">BROKEN: ",
                count_columns(g) - 1);
        svg_escape(p->out, c->fault);
        putc('\n', p->out);
        return;
    }
    write_verdict(p, g, e, cell);
    for (unsigned m = 0; m < METRICS; m++) {
        if (group_knows(g, (enum metric)m))
            write_figure(p->out, entry_value(g, e, cell, (enum metric)m),
                         metric_quantities[m]);
    }
    putc('\n', p->out);
}

/* Whether a comes before b: the faster, and what is broken last.  */
static bool is_before(const struct group *g, unsigned cell,
                      const struct entry *a, const struct entry *b)
{
    double x = entry_value(g, a, cell, RATE).median;
    double y = entry_value(g, b, cell, RATE).median;
    return isnan(y) ? !isnan(x) : x > y;
}

static void write_cell(const struct page *p, const struct group *g,
                       unsigned cell)
{
    const struct entry **rows = memory_new(g->n_entries, sizeof *rows);
    unsigned threads = g->cells[cell]->shape.threads, n = 0;

    for (unsigned i = 0; i < g->n_entries; i++) {
        const struct entry *e = &g->entries[i];
        unsigned j = n;
        if (!entry_in(g, e, cell))
            continue;
        for (; j > 0 && is_before(g, cell, e, rows[j - 1]); j--)
            rows[j] = rows[j - 1];
        rows[j] = e;
        n++;
    }
    fprintf(p->out,
            "<tbody><tr class=\"span\"><th colspan=\"%d\">%u thread%s\n",
            count_columns(g), threads, threads == 1 ? "" : "s");
    for (unsigned i = 0; i < n; i++)
        write_row(p, g, rows[i], cell);
    free(rows);
}

static void write_heading(const struct page *p, const struct group *g)
{
    fputs("<thead><tr><th>peer<th>ratio<th class=\"s\">verdict", p->out);
    for (unsigned m = 0; m < METRICS; m++) {
        const struct metric_info *info = &metric_infos[m];
        if (!group_knows(g, (enum metric)m))
            continue;
        fprintf(p->out, "<th title=\"%s\">%s", info->meaning, info->title);
        if (metric_quantities[m] == COUNT && info->unit[0])
            fprintf(p->out, "<br>%s", info->unit);
    }
    putc('\n', p->out);
}

void page_write_table(const struct page *p, const struct group *g)
{
    fputs("<details><summary>Table of all figures</summary>"
          "<div class=\"scroll\"><table>",
          p->out);
    write_heading(p, g);
    for (unsigned i = 0; i < g->n_cells; i++)
        write_cell(p, g, i);
    fputs("</table></div><p class=\"soft\">Medians of the blocks; below them "
          "the 95 % interval, where it is wider than the last digit.  "
          "Ratios are of speed to the baseline\u2019s in the same block.  "
          "\u2020: so many blocks are outliers, marked and kept.</p>"
          "</details>\n",
          p->out);
}
