/* gnuplot.c -- see gnuplot.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "html/gnuplot.h"

#include <math.h>
#include <stdlib.h>

#include "html/rates.h"

/* In quotes that keep all but themselves.  */
static void write_text(FILE *out, const char *s)
{
    putc('\'', out);
    for (; *s; s++) {
        if (*s == '\'')
            putc('\'', out);
        putc(*s, out);
    }
    putc('\'', out);
}

static void write_head(const struct page *p)
{
    fputs("# gnuplot FILE: operations a second against threads, with 95 %\n"
          "# intervals.  Each picture is an SVG; another terminal may be set.\n"
          "set terminal svg size 900,600 noenhanced\n"
          "set logscale x 2\n"
          "set xlabel 'threads'\n"
          "set ylabel 'operations a second, all threads together'\n"
          "set format y '%.3s%c'\n"
          "set yrange [0:*]\n"
          "set key outside right\n",
          p->out);
}

/* Writes the peer's rows: threads, median, and the interval's ends.  Returns
   whether it has any.  */
static bool write_rows(const struct page *p, const struct group *g,
                       const struct entry *e)
{
    bool any = false;

    for (unsigned i = 0; i < g->n_cells; i++) {
        struct interval x = entry_value(g, e, i, RATE);
        if (isnan(x.median))
            continue;
        if (!any)
            fprintf(p->out, "\"%s\"\n", e->peer);
        fprintf(p->out, "%u %.6g %.6g %.6g\n", g->cells[i]->shape.threads,
                x.median, x.low, x.high);
        any = true;
    }
    if (any)
        fputs("\n\n", p->out);
    return any;
}

static void write_group(const struct page *p, const struct group *g)
{
    unsigned n = 0, number = (unsigned)(g - p->groups);
    char *slug = group_slug(g);

    fprintf(p->out, "\n$g%u << EOD\n", number);
    for (unsigned i = 0; i < g->n_entries; i++)
        n += write_rows(p, g, &g->entries[i]);
    fputs("EOD\nset title ", p->out);
    write_text(p->out, g->name);
    fprintf(p->out,
            "\nset output '%s-gnuplot.svg'\n"
            "plot for [i=0:%u] $g%u index i using 1:2:3:4 "
            "with yerrorlines title columnheader(1)\n",
            slug, n - 1, number);
    free(slug);
}

void gnuplot_write(const struct page *p, FILE *out)
{
    struct page to = *p;

    to.out = out;
    write_head(&to);
    for (unsigned i = 0; i < p->n_groups; i++) {
        if (rates_apply(&p->groups[i]))
            write_group(&to, &p->groups[i]);
    }
}
