/* page_summary.c -- the first part of page.h: what is to be known before the
   figures, the verdict, the contents.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "html/page.h"
#include "html/svg.h"
#include "memory.h"
#include "text/figure.h"
#include "text/paragraph.h"
#include "text/preface.h"
#include "text/scores.h"

static void write_name(FILE *out, const struct cell *cell)
{
    char text[160];

    cell_describe(cell, text, sizeof text);
    svg_escape(out, cell->primitive);
    fputs(" / ", out);
    svg_escape(out, cell->workload);
    if (text[0])
        fputs(", ", out);
    svg_escape(out, text);
    fprintf(out, ", %u thread%s", cell->shape.threads,
            cell->shape.threads == 1 ? "" : "s");
}

static void write_faults(const struct page *p)
{
    fputs("<div class=\"alert\"><p><b>BROKEN:</b> these failed the check of "
          "what they are for.  What they measured is worth nothing.</p><ul>",
          p->out);
    for (unsigned i = 0; i < p->r->n_cells; i++) {
        const struct cell *cell = p->survey->cells[i];
        for (unsigned j = 0; j < cell->count; j++) {
            if (!cell->contestants[j].fault)
                continue;
            fputs("<li><b>", p->out);
            svg_escape(p->out, cell->contestants[j].peer);
            fputs("</b> in ", p->out);
            write_name(p->out, cell);
            fputs(": ", p->out);
            svg_escape(p->out, cell->contestants[j].fault);
            fputs("</li>", p->out);
        }
    }
    fputs("</ul></div>\n", p->out);
}

static void write_alerts(const struct page *p)
{
    const struct results *r = p->r;

    if (r->blocks < r->planned)
        fprintf(p->out,
                "<div class=\"alert\"><p><b>%s</b> after %u of %u blocks: what "
                "follows is of the finished ones.</p></div>\n",
                r->is_cut ? "Interrupted" : "Stopped", r->blocks, r->planned);
    if (r->blocks < STATS_MIN_BLOCKS)
        fprintf(p->out,
                "<div class=\"alert\"><p><b>No verdicts:</b> they take %d "
                "blocks, and %u finished.</p></div>\n",
                STATS_MIN_BLOCKS, r->blocks);
    if (results_has_fault(r))
        write_faults(p);
}

static void write_noise(const struct page *p)
{
    struct noise noise = analyze_all_noise(p->r);

    fputs("<p><b>Noise floor:</b> ", p->out);
    if (!noise.where) {
        fputs("unknown, since the baseline gave nothing to compare.</p>\n",
              p->out);
        return;
    }
    fputs("in each block ", p->out);
    svg_escape(p->out, p->r->against);
    fprintf(p->out,
            " ran twice, under two names.  It differed from itself by %s in "
            "the median cell, and by %s in the worst (",
            figure_share(noise.median - 1).text,
            figure_share(noise.worst - 1).text);
    write_name(p->out, noise.where);
    fputs(").  A difference smaller than that of its cell can't be seen on "
          "this machine today, and is called \u201cno difference "
          "shown\u201d.</p>\n",
          p->out);
}

static void write_controls(const struct page *p)
{
    struct paragraph text;

    paragraph_begin(&text);
    if (preface_write_controls(p->survey, text.file)) {
        fflush(text.file);
        fputs("<p><b>Controls:</b> ", p->out);
        svg_escape(p->out, text.text);
        fputs("</p>\n", p->out);
    }
    paragraph_drop(&text);
}

static void write_sentence(const struct page *p, const struct score *t)
{
    FILE *out = p->out;

    fputs("<p><b>", out);
    svg_escape(out, p->subject);
    fputs("</b> against ", out);
    svg_escape(out, p->r->against);
    if (t->n == 0) {
        fputs(": no cell has a verdict", out);
    } else {
        fprintf(out,
                ": faster in %u of %u cells, slower in %u, no difference "
                "shown in %u; the geometric mean of the ratios of speed is "
                "%s, their median %s",
                t->counts[FASTER], t->n, t->counts[SLOWER],
                t->counts[NO_DIFFERENCE], figure_count(t->mean).text,
                figure_count(t->median).text);
    }
    if (t->counts[TOO_FEW])
        fprintf(out, "; too few blocks in %u", t->counts[TOO_FEW]);
    if (t->broken)
        fprintf(out, "; BROKEN in %u", t->broken);
    fputs(".  A cell is one workload with one number of threads.</p>\n", out);
}

/* Writes in which cells of the group the subject got that verdict.  */
static void write_where_in(const struct page *p, const struct group *g,
                           enum verdict verdict, bool *is_any)
{
    const struct entry *e = page_subject_of(p, g);
    unsigned n = 0;

    for (unsigned i = 0; e && i < g->n_cells; i++) {
        const struct summary *s = entry_judged(g, e, i);
        if (!s || s->verdict != verdict)
            continue;
        if (n++ == 0) {
            fprintf(p->out, "%s<a href=\"#g%u\">", *is_any ? "; " : "",
                    (unsigned)(g - p->groups));
            svg_escape(p->out, g->name);
            fputs("</a> (", p->out);
        }
        fprintf(p->out, "%s%u", n > 1 ? ", " : "", g->cells[i]->shape.threads);
    }
    if (n > 0)
        fputs(")", p->out);
    *is_any = *is_any || n > 0;
}

static void write_where(const struct page *p, const struct score *t,
                        enum verdict verdict)
{
    bool is_any = false;

    if (t->counts[verdict] == 0)
        return;
    fprintf(p->out, "<details%s><summary>%s in %u cells</summary><p>",
            verdict == SLOWER ? " open" : "", stats_verdict_words[verdict],
            t->counts[verdict]);
    for (unsigned i = 0; i < p->n_groups; i++)
        write_where_in(p, &p->groups[i], verdict, &is_any);
    fputs(" threads.</p></details>\n", p->out);
}

/* Fills `threads` with the numbers of threads of groups [first, end), in
   ascending order.  Returns how many.  */
static unsigned collect_threads(const struct page *p, unsigned first,
                                unsigned end, unsigned *threads)
{
    unsigned n = 0;

    for (unsigned i = first; i < end; i++) {
        for (unsigned k = 0; k < p->groups[i].n_cells; k++) {
            unsigned new = p->groups[i].cells[k]->shape.threads, j = n;
            while (j > 0 && threads[j - 1] > new)
                j--;
            if (j > 0 && threads[j - 1] == new)
                continue;
            memmove(threads + j + 1, threads + j, (n - j) * sizeof *threads);
            threads[j] = new;
            n++;
        }
    }
    return n;
}

/* The cells of a row are at the columns of their threads.  */
static void write_contents_row(const struct page *p, const struct group *g,
                               const unsigned *threads, unsigned n)
{
    const struct entry *e = page_subject_of(p, g);
    const char *name = strstr(g->name, " / ");

    fprintf(p->out, "<tr><th><a href=\"#g%u\">", (unsigned)(g - p->groups));
    svg_escape(p->out, name ? name + 3 : g->name);
    fputs("</a>", p->out);
    if (strcmp(group_baseline(g), p->r->against) != 0) {
        fputs(" <span class=\"soft\">against ", p->out);
        svg_escape(p->out, group_baseline(g));
        fputs("</span>", p->out);
    }
    fputs("</th>", p->out);
    for (unsigned i = 0; i < n; i++) {
        unsigned k = 0;
        while (k < g->n_cells && g->cells[k]->shape.threads != threads[i])
            k++;
        if (k < g->n_cells && e)
            page_write_ratio(p, g, e, k);
        else
            fputs("<td></td>", p->out);
    }
    fputs("</tr>\n", p->out);
}

static void write_contents_of(const struct page *p, unsigned first,
                              unsigned end)
{
    unsigned *threads = memory_new(p->r->n_cells, sizeof *threads);
    unsigned n = collect_threads(p, first, end, threads);

    fputs("<div class=\"scroll\"><table><thead><tr><th>", p->out);
    svg_escape(p->out, p->groups[first].cells[0]->primitive);
    fputs("</th>", p->out);
    for (unsigned i = 0; i < n; i++)
        fprintf(p->out, "<th>%u thread%s</th>", threads[i],
                threads[i] == 1 ? "" : "s");
    fputs("</tr></thead><tbody>\n", p->out);
    for (unsigned i = first; i < end; i++)
        write_contents_row(p, &p->groups[i], threads, n);
    fputs("</tbody></table></div>\n", p->out);
    free(threads);
}

static void write_contents(const struct page *p)
{
    fputs("<h2 id=\"contents\">Contents</h2><p>How fast ", p->out);
    svg_escape(p->out, p->subject);
    fputs(" was: its speed over that of ", p->out);
    svg_escape(p->out, p->r->against);
    fputs(", by workload and number of threads.  <span class=\"key fast\">"
          "\u25b2 faster</span> <span class=\"key slow\">\u25bc slower</span> "
          "<span class=\"key\">= no difference shown</span> "
          "<span class=\"key\">? too few blocks</span></p>\n",
          p->out);
    for (unsigned i = 0, end; i < p->n_groups; i = end) {
        end = page_primitive_end(p, i);
        write_contents_of(p, i, end);
    }
}

static void write_peer(const struct page *p, const char *peer)
{
    struct score t = score_of(p->survey, peer);
    bool is_own = strcmp(peer, p->subject) == 0;

    fprintf(p->out, "<tr%s><th>", is_own ? " class=\"own\"" : "");
    svg_escape(p->out, peer);
    fprintf(p->out,
            "</th><td>%u</td><td>%u</td><td>%u</td><td>%u</td><td>%u</td>"
            "<td>%s</td></tr>\n",
            t.counts[FASTER], t.counts[SLOWER], t.counts[NO_DIFFERENCE],
            t.counts[TOO_FEW], t.broken, figure_count(t.mean).text);
}

static void write_peers(const struct page *p)
{
    unsigned n;
    const char **peers = score_peers(p->r, &n);

    fputs("<h2 id=\"peers\">All peers</h2><p>In how many cells each was faster "
          "or slower than ",
          p->out);
    svg_escape(p->out, p->r->against);
    fputs(", and the geometric mean of its ratios.  Means of peers that take "
          "part in different cells don't compare.</p>\n"
          "<div class=\"scroll\"><table><thead><tr><th>peer</th>"
          "<th>faster</th><th>slower</th><th>no difference shown</th>"
          "<th>too few blocks</th><th>BROKEN</th><th>mean ratio</th></tr>"
          "</thead><tbody>\n",
          p->out);
    for (unsigned i = 0; i < n; i++)
        write_peer(p, peers[i]);
    fputs("</tbody></table></div>\n", p->out);
    free(peers);
}

void page_write_summary(const struct page *p)
{
    struct score t = score_of(p->survey, p->subject);

    write_alerts(p);
    fputs("<h2 id=\"verdict\">Verdict</h2>\n", p->out);
    write_sentence(p, &t);
    write_noise(p);
    write_controls(p);
    write_where(p, &t, SLOWER);
    write_where(p, &t, FASTER);
    write_where(p, &t, NO_DIFFERENCE);
    write_contents(p);
    write_peers(p);
}
