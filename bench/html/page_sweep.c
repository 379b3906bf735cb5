/* page_sweep.c -- the third part of page.h: maps of a sweep.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "html/page.h"
#include "html/svg.h"
#include "html/units.h"
#include "memory.h"

/* The values of one parameter, in ascending order.  */
struct values {
    double *x;
    unsigned n;
};

static void add_value(struct values *v, double x)
{
    unsigned j = v->n;

    while (j > 0 && v->x[j - 1] > x)
        j--;
    if (isnan(x) || (j > 0 && v->x[j - 1] >= x))
        return;
    memmove(v->x + j + 1, v->x + j, (v->n - j) * sizeof *v->x);
    v->x[j] = x;
    v->n++;
}

/* The cells of groups [first, end), or those of them with so many threads.  */
struct sweep {
    const struct page *page;
    unsigned first, end;
    struct values cs, ncs, threads;
};

static bool is_equal(double a, double b)
{
    return !(a < b) && !(a > b);
}

/* Writes the cell of the table for that point of the sweep.  */
static void write_point(const struct sweep *s, double cs, double ncs,
                        double threads)
{
    const struct page *p = s->page;

    for (unsigned i = s->first; i < s->end; i++) {
        const struct group *g = &p->groups[i];
        const struct entry *e = page_subject_of(p, g);
        for (unsigned k = 0; e && k < g->n_cells; k++) {
            const struct shape *shape = &g->cells[k]->shape;
            if (is_equal(shape->cs, cs) && is_equal(shape->ncs, ncs)
                && is_equal(shape->threads, threads)) {
                page_write_ratio(p, g, e, k);
                return;
            }
        }
    }
    fputs("<td></td>", p->out);
}

static void write_map(const struct sweep *s, double threads)
{
    FILE *out = s->page->out;
    char text[UNITS_SIZE];

    fprintf(out, "<div class=\"scroll\"><table><thead><tr><th>%g thread%s</th>",
            threads, threads > 1 ? "s" : "");
    for (unsigned i = 0; i < s->ncs.n; i++) {
        units_write_round(text, s->ncs.x[i], NANOSECONDS);
        fprintf(out, "<th>%s</th>", text);
    }
    fputs("</tr></thead><tbody>\n", out);
    for (unsigned i = 0; i < s->cs.n; i++) {
        units_write_round(text, s->cs.x[i], NANOSECONDS);
        fprintf(out, "<tr><th>%s</th>", text);
        for (unsigned j = 0; j < s->ncs.n; j++)
            write_point(s, s->cs.x[i], s->ncs.x[j], threads);
        fputs("</tr>\n", out);
    }
    fputs("</tbody></table></div>\n", out);
}

/* Collects the values of the cells with that number of threads; 0: of all.  */
static void collect(struct sweep *s, double threads)
{
    size_t most = s->page->r->n_cells;

    s->cs = (struct values){memory_new(most, sizeof *s->cs.x), 0};
    s->ncs = (struct values){memory_new(most, sizeof *s->ncs.x), 0};
    s->threads = (struct values){memory_new(most, sizeof *s->threads.x), 0};
    for (unsigned i = s->first; i < s->end; i++) {
        const struct group *g = &s->page->groups[i];
        for (unsigned k = 0; k < g->n_cells; k++) {
            const struct shape *shape = &g->cells[k]->shape;
            if (threads > 0 && !is_equal(shape->threads, threads))
                continue;
            add_value(&s->cs, shape->cs);
            add_value(&s->ncs, shape->ncs);
            add_value(&s->threads, shape->threads);
        }
    }
}

static void drop(struct sweep *s)
{
    free(s->cs.x);
    free(s->ncs.x);
    free(s->threads.x);
}

void page_write_sweep(const struct page *p, unsigned first, unsigned end)
{
    struct sweep s = {.page = p, .first = first, .end = end};

    collect(&s, 0);
    if (s.cs.n > 1 && s.ncs.n > 1) {
        fputs("<p><b>", p->out);
        svg_escape(p->out, p->groups[first].cells[0]->workload);
        fputs(":</b> speed of ", p->out);
        svg_escape(p->out, p->subject);
        fputs(" over that of ", p->out);
        svg_escape(p->out, group_baseline(&p->groups[first]));
        fputs(", by the time inside (down) and outside (across) of the "
              "critical section.</p>\n<div class=\"maps\">",
              p->out);
        for (unsigned i = 0; i < s.threads.n; i++) {
            struct sweep part = {.page = p, .first = first, .end = end};
            collect(&part, s.threads.x[i]);
            write_map(&part, s.threads.x[i]);
            drop(&part);
        }
        fputs("</div>\n", p->out);
    }
    drop(&s);
}
