/* report.c -- see report.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "sim/report.h"

#include <math.h>
#include <string.h>

#include "sim/laws.h"
#include "text/figure.h"
#include "text/paragraph.h"

enum { INDENT = 14, LAW_SIZE = 80 };

static const char not_modelled[] =
    "store buffers and weak memory order, prefetching, full caches and their "
    "levels, MOESI and MESIF, hyperthreads, clock rates, the kernel's own "
    "locks, and that a thread loses its core: no holder is preempted.";

static const char *const rules[] = {
    "A line is in one place at a time, and who misses waits behind those that "
    "asked before. A core keeps a line, and may use it, until it gets to who "
    "asked next: where \"hand\" is low, one core retakes the lock from its own "
    "cache, which costs little and is unfair.",
    "A line is in one place at a time, and who misses waits behind those that "
    "asked before. A core makes one access, and passes the line on at once if "
    "another has asked meanwhile: who has released a lock is behind the "
    "others, "
    "which for most locks is the worst case.",
};

static const char caution[] =
    "time and hand follow from the costs above, which are round numbers and no "
    "machine's, and from a jitter of an eighth by the seed. Believe them less "
    "than the counts, and from one seed not at all.";

static const char *const published[] = {
    "J. Mellor-Crummey and M. Scott, \"Algorithms for scalable synchronization "
    "on shared-memory multiprocessors\" (ACM TOCS 9:1, 1991): queue locks make "
    "O(1) remote references an acquisition; tas, ttas and ticket as many as "
    "there are waiters, where caches are coherent.",
    "S. Boyd-Wickizer, F. Kaashoek, R. Morris and N. Zeldovich, \"Non-scalable "
    "locks are dangerous\" (OLS 2012): a Markov model of the ticket lock, "
    "checked on a machine of 48 cores; it predicted a collapse that is more "
    "gradual than the one that was measured.",
    "V. Aksenov, D. Alistarh and P. Kuznetsov, \"Performance prediction for "
    "coarse-grained locking\" (arXiv 1904.11323): the throughput of a program "
    "with one CLH lock, from a model of MESI.",
};

/* Whether a metric may be told: what follows from the order of events, and not
   from what the lock does, by chance may be anything, with one seed.  */
static bool is_told(const struct sim_cells *cells, enum sim_metric m)
{
    return cells->order->seeds > 1 || (m != SIM_NS && m != SIM_HANDOVERS);
}

/* "131 (1%)": the mean, and by how much of it the seeds differ.  */
static struct figure spread_figure(const struct sim_cells *cells,
                                   const struct sim_cell *c, enum sim_metric m,
                                   struct figure (*of)(double))
{
    struct sim_figure x = sim_figure(cells, c, m);
    struct figure f = {"n/a"};
    double part = x.mean > 0 ? x.spread / x.mean : 0;

    if (!is_told(cells, m))
        return f;
    if (x.mean <= 0)
        snprintf(f.text, sizeof f.text, "0");
    else if (part < 0.995)
        snprintf(f.text, sizeof f.text, "%.7s (%.0f%%)", of(x.mean).text,
                 part * 100);
    else
        snprintf(f.text, sizeof f.text, "%.7s (%.0fx)", of(x.mean).text, part);
    return f;
}

static void print_row(const struct sim_cells *cells, const struct sim_cell *c,
                      FILE *out)
{
    static const struct {
        enum sim_metric metric;
        int width;
        struct figure (*format)(double);
    } columns[] = {
        {SIM_REFERENCES, 12, figure_count},
        {SIM_INVALIDATIONS, 12, figure_count},
        {SIM_FUTEXES, 12, figure_count},
        {SIM_SWITCHES, 12, figure_count},
        {SIM_NS, 13, figure_time},
    };

    fprintf(out, "%-9.9s%4u", c->lock, c->cores);
    if (c->fault) {
        fprintf(out, "  BROKEN: %s\n", c->fault);
        return;
    }
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        fprintf(
            out, "%*s", columns[i].width,
            spread_figure(cells, c, columns[i].metric, columns[i].format).text);
    fprintf(out, "%6s\n",
            is_told(cells, SIM_HANDOVERS)
                ? figure_share(sim_figure(cells, c, SIM_HANDOVERS).mean).text
                : "n/a");
}

/* The law of a metric of that lock, in words.  */
static void write_law(const struct sim_cells *cells,
                      const struct sim_cell *first, enum sim_metric m,
                      FILE *out)
{
    double x[LAW_MOST], y[LAW_MOST];
    struct law law;
    size_t n = 0;

    for (const struct sim_cell *c = first; c < sim_cells_next(cells, first);
         c++) {
        if (c->cores < 2 || c->fault)
            continue;
        x[n] = c->cores;
        y[n++] = sim_figure(cells, c, m).mean;
    }
    law = law_find(x, y, n);
    if (law.kind == LAW_NONE)
        fputs(n < LAW_POINTS ? "too few numbers of cores for a law"
                             : "no constant and no line",
              out);
    else if (law.kind == LAW_CONSTANT)
        fprintf(out, "constant, %s", figure_count(law.offset).text);
    else
        fprintf(out, "%.2f N %c %.1f", law.slope, law.offset < 0 ? '-' : '+',
                fabs(law.offset));
    if (law.kind != LAW_NONE && law.from > x[0])
        fprintf(out, " from %.0f cores on", law.from);
}

static void print_law(const struct sim_cells *cells,
                      const struct sim_cell *first, FILE *out)
{
    struct paragraph p;

    paragraph_begin(&p);
    fputs("references: ", p.file);
    write_law(cells, first, SIM_REFERENCES, p.file);
    fputs("; invalidations: ", p.file);
    write_law(cells, first, SIM_INVALIDATIONS, p.file);
    fputc('.', p.file);
    paragraph_end(&p, out, "", INDENT);
}

static void print_rows(const struct sim_cells *cells, FILE *out)
{
    const struct sim_cell *end = cells->items + cells->n;

    fputs("lock       N  references invalidated     futexes    switches"
          "         time  hand\n",
          out);
    for (const struct sim_cell *c = cells->items; c < end;
         c = sim_cells_next(cells, c)) {
        for (const struct sim_cell *i = c; i < sim_cells_next(cells, c); i++)
            print_row(cells, i, out);
        if (!c->fault)
            print_law(cells, c, out);
    }
}

static void print_costs(const struct sim_order *o, FILE *out)
{
    struct paragraph p;

    paragraph_begin(&p);
    for (unsigned i = 0; i < SIM_COSTS; i++)
        fprintf(p.file, "%s%s %u", i ? ", " : "", o->costs[i].key,
                o->costs[i].ns);
    paragraph_end(&p, out, "costs in ns", INDENT);
}

static void print_head(const struct sim_order *o, FILE *out)
{
    paragraph_print(out, "MODELLED", INDENT,
                    "not measured: each lock's own code on simulated cores, "
                    "a thread on each");
    paragraph_print(out, "machine", INDENT,
                    "N cores in %u socket%s; MESI, lines of 64 bytes",
                    o->sockets, o->sockets > 1 ? "s" : "");
    paragraph_print(out, "load", INDENT,
                    "a section writes %u line%s and takes %u ns more; outside "
                    "%u ns, on average",
                    o->lines, o->lines == 1 ? "" : "s", o->cs, o->ncs);
    print_costs(o, out);
    paragraph_print(out, "of", INDENT,
                    "an acquisition: the mean of %u seeds, and in brackets by "
                    "how much of it the seeds differ. references: accesses "
                    "that the core's cache could not answer, to read or to "
                    "write; hand: acquisitions by another core than the last",
                    o->seeds);
}

static void print_notes(const struct sim_order *o, FILE *out)
{
    paragraph_print(out, "not modelled", INDENT, "%s", not_modelled);
    paragraph_print(out, "rule", INDENT, "%s", rules[o->passed]);
    paragraph_print(out, "caution", INDENT, "%s", caution);
}

void sim_report_published(FILE *out)
{
    fputs("PUBLISHED, by others, of their machines\n", out);
    for (size_t i = 0; i < sizeof published / sizeof *published; i++)
        paragraph_print(out, "", 2, "%s", published[i]);
}

void sim_report_print(const struct sim_cells *cells, FILE *out)
{
    print_head(cells->order, out);
    fputc('\n', out);
    print_rows(cells, out);
    fputc('\n', out);
    print_notes(cells->order, out);
}
