/* markdown_tables.c -- a part of markdown_parts.h: the tables about all cells.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "text/figure.h"
#include "text/markdown_parts.h"
#include "text/paragraph.h"
#include "text/scores.h"
#include "text/verdicts.h"

static void write_score(const struct page *p, const char *peer)
{
    struct score x = score_of(p->survey, peer);
    struct common both = score_common(p->survey, peer, p->subject);
    const char *bold = strcmp(peer, p->subject) == 0 ? "**" : "";

    fprintf(p->out, "| %s", bold);
    markdown_text(p->out, peer);
    fprintf(p->out, "%s | %u | %u | %u | %u | %u | %u | %s | %s |\n", bold,
            x.counts[FASTER], x.counts[SLOWER], x.counts[NO_DIFFERENCE],
            x.counts[TOO_FEW], x.broken, both.n, figure_count(both.mean).text,
            figure_count(both.other).text);
}

static void write_scores(const struct page *p)
{
    unsigned n;
    const char **peers = score_peers(p->r, &n);

    fputs("\nIn how many cells each was faster or slower than ", p->out);
    markdown_text(p->out, p->r->against);
    fputs(".  Its mean is the geometric one of its ratios over the cells that "
          "it shares with ",
          p->out);
    markdown_text(p->out, p->subject);
    fputs(", whose own over the same cells stands next to it: these two "
          "compare, means of different rows don't.  All cells weigh the same, "
          "and a mean has no interval: it decides nothing.\n\n"
          "| peer | faster | slower | no difference shown | too few blocks | "
          "BROKEN | shared cells | its mean | ",
          p->out);
    markdown_text(p->out, p->subject);
    fputs(" there |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n", p->out);
    for (unsigned i = 0; i < n; i++)
        write_score(p, peers[i]);
    free(peers);
}

static void write_fault(const struct page *p, const struct cell *cell,
                        const struct contestant *c)
{
    struct paragraph text;

    paragraph_begin(&text);
    verdicts_name(cell, text.file);
    fflush(text.file);
    fputs("* **BROKEN** ", p->out);
    markdown_text(p->out, c->peer);
    fputs(", ", p->out);
    markdown_text(p->out, text.text);
    fputs(": ", p->out);
    markdown_text(p->out, c->fault);
    putc('\n', p->out);
    paragraph_drop(&text);
}

static void write_faults(const struct page *p)
{
    const char *before = "\nThese failed the check of what they are for; what "
                         "they measured is worth nothing.\n\n";

    for (unsigned i = 0; i < p->r->n_cells; i++) {
        const struct cell *cell = p->survey->cells[i];
        for (unsigned j = 0; j < cell->count; j++) {
            if (!cell->contestants[j].fault)
                continue;
            fputs(before, p->out);
            before = "";
            write_fault(p, cell, &cell->contestants[j]);
        }
    }
}

static void write_sum(const struct page *p)
{
    struct paragraph text;

    paragraph_begin(&text);
    verdicts_write_sum(p->survey, p->subject, text.file);
    if (!verdicts_are_there(p->survey))
        verdicts_write_none(p->r, text.file);
    fflush(text.file);
    markdown_text(p->out, text.text);
    putc('\n', p->out);
    paragraph_drop(&text);
}

void markdown_write_verdict(const struct page *p)
{
    fputs("\n## <a id=\"verdict\"></a>Verdict\n\n", p->out);
    write_sum(p);
    fputs("\nOf 20 intervals about one misses by chance what it should cover; "
          "the noise floor is what such a one has to exceed.  Trust what "
          "several cells show rather than a single one.\n\n"
          "To pick a lock, find in the overview the workload that is most "
          "like yours, and in its figures the peers that are fast with your "
          "number of threads.  Then see what their speed costs: waits that "
          "are long (p99, max), one thread that gets it all (handover, Jain, "
          "J10), processor time that others could use (CPU, beside).\n",
          p->out);
    write_faults(p);
    write_scores(p);
}

/* Writes the place among all, as far as it is shown.  Of two, the verdict has
   said it.  */
static void write_rank(const struct page *p, const struct cell *cell,
                       unsigned i)
{
    struct rank rank = score_rank(p->survey, cell, i);

    if (rank.of <= 2)
        return;
    fprintf(p->out, "\u00a0%u", rank.first);
    if (rank.last > rank.first)
        fprintf(p->out, "\u2011%u", rank.last);
    fprintf(p->out, "/%u", rank.of);
}

/* Writes what the entry came to in that cell of its group, in one piece.  */
static void write_standing(const struct page *p, const struct group *g,
                           const struct entry *e, unsigned cell)
{
    const struct contestant *c = entry_in(g, e, cell);
    const struct summary *s = entry_judged(g, e, cell);

    if (!c) {
        fputs("\u2013", p->out);
    } else if (c->fault) {
        fputs("BROKEN", p->out);
    } else if (!s) {
        fputs("n/a", p->out);
    } else {
        fprintf(p->out, "%s\u00a0%s", figure_count(s->ratio.median).text,
                verdict_signs[s->verdict]);
        if (survey_has_verdict(p->survey, g->cells[cell], e->indices[cell]))
            write_rank(p, g->cells[cell], e->indices[cell]);
    }
}

/* Returns the fastest contestant with a verdict that is not contestant `own`;
   the cell's count if there is none.  */
static unsigned find_fastest(const struct survey *s, const struct cell *cell,
                             unsigned own)
{
    unsigned *order = survey_sort(s, cell);
    unsigned best = cell->count;

    for (unsigned k = 0; k < cell->count && best == cell->count; k++) {
        unsigned i = order[k];
        if (i != own && i + 1 < cell->count && survey_has_verdict(s, cell, i))
            best = i;
    }
    free(order);
    return best;
}

/* Writes whether contestant `best` is shown to be ahead of contestant `own`
   or behind.  */
static void write_order(const struct page *p, const struct cell *cell,
                        unsigned best, unsigned own)
{
    static const char *const words[] = {"behind", "order not shown", "ahead"};

    if (own < cell->count && survey_has_verdict(p->survey, cell, own))
        fprintf(p->out, ", %s",
                words[survey_order(p->survey, cell, best, own) + 1]);
}

static void write_fastest(const struct page *p, const struct group *g,
                          const struct entry *e)
{
    const struct cell *cell = g->cells[g->n_cells - 1];
    unsigned own = e ? e->indices[g->n_cells - 1] : cell->count;
    unsigned best = find_fastest(p->survey, cell, own);

    if (best == cell->count) {
        fputs("n/a", p->out);
        return;
    }
    markdown_text(p->out, cell->contestants[best].peer);
    if (survey_is_rival(cell, best))
        fprintf(
            p->out, " %s",
            figure_count(survey_of(p->survey, cell, best)->ratio.median).text);
    else
        fputs(" (baseline)", p->out);
    write_order(p, cell, best, own);
}

/* Returns the least number of threads above n in the groups [first, end); 0 if
   there is none.  */
static unsigned next_threads(const struct page *p, unsigned first, unsigned end,
                             unsigned n)
{
    unsigned next = 0;

    for (unsigned i = first; i < end; i++) {
        const struct group *g = &p->groups[i];
        for (unsigned k = 0; k < g->n_cells; k++) {
            unsigned threads = g->cells[k]->shape.threads;
            if (threads > n && (next == 0 || threads < next))
                next = threads;
        }
    }
    return next;
}

static void write_link(const struct page *p, const struct group *g)
{
    const char *name = strstr(g->name, " / ");
    char *slug = group_slug(g);

    fputs("| [", p->out);
    markdown_text(p->out, name ? name + 3 : g->name);
    fprintf(p->out, "](#%s)", slug);
    if (strcmp(group_baseline(g), p->r->against) != 0) {
        fputs(" (against ", p->out);
        markdown_text(p->out, group_baseline(g));
        putc(')', p->out);
    }
    free(slug);
}

/* Each cell of the group at the column of its threads.  */
static void write_overview_row(const struct page *p, unsigned first,
                               unsigned end, const struct group *g)
{
    const struct entry *e = page_subject_of(p, g);
    unsigned n = 0;

    write_link(p, g);
    while ((n = next_threads(p, first, end, n)) > 0) {
        unsigned i = 0;
        while (i < g->n_cells && g->cells[i]->shape.threads != n)
            i++;
        fputs(" | ", p->out);
        if (i < g->n_cells && e)
            write_standing(p, g, e, i);
    }
    fputs(" | ", p->out);
    write_fastest(p, g, e);
    fputs(" |\n", p->out);
}

static void write_overview_of(const struct page *p, unsigned first,
                              unsigned end)
{
    unsigned n = 0;

    fputs("\n### ", p->out);
    markdown_text(p->out, p->groups[first].cells[0]->primitive);
    fputs("\n\n| workload", p->out);
    while ((n = next_threads(p, first, end, n)) > 0) {
        fputs(" | ", p->out);
        markdown_threads(p->out, n);
    }
    fputs(" | fastest other, with most threads |\n|---", p->out);
    while ((n = next_threads(p, first, end, n)) > 0)
        fputs("|--:", p->out);
    fputs("|---|\n", p->out);
    for (unsigned i = first; i < end; i++)
        write_overview_row(p, first, end, &p->groups[i]);
}

void markdown_write_overview(const struct page *p)
{
    fputs("\n## <a id=\"overview\"></a>Overview\n\nThe ratio of ", p->out);
    markdown_text(p->out, p->subject);
    fputs(" to ", p->out);
    markdown_text(p->out, p->r->against);
    fprintf(p->out,
            ", the verdict (%s faster, %s slower, %s no difference shown), and "
            "its place among all with a verdict, ",
            verdict_signs[FASTER], verdict_signs[SLOWER],
            verdict_signs[NO_DIFFERENCE]);
    markdown_text(p->out, p->r->against);
    fputs(" included: 2\u20114/27 is behind one that is shown to be faster, "
          "and ahead of 23 that are shown to be slower; the order of the rest "
          "is not shown.  Last is the peer with the most operations a second "
          "at the row's largest number of threads, its ratio, and whether it "
          "is shown to be ahead of ",
          p->out);
    markdown_text(p->out, p->subject);
    fputs(" or behind.\n", p->out);
    for (unsigned i = 0, end; i < p->n_groups; i = end) {
        end = page_primitive_end(p, i);
        write_overview_of(p, i, end);
    }
}
