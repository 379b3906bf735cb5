/* check.c -- see check.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "sim/check.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "launch.h"
#include "machine/machine.h"
#include "memory.h"
#include "results/stats.h"
#include "sim/laws.h"
#include "sim/transfer.h"
#include "text/figure.h"
#include "text/paragraph.h"

enum { RUNS = 7, WORDS = 12, WORD_SIZE = 40, INDENT = 14, LOCKS_MOST = 32 };

static const double run_s = 0.05, grace_s = 40;

/* A lock with so many threads, as it was measured.  */
struct measured {
    double ns, futexes, handovers; /* of an acquisition; NaN: not known */
};

static void take_transfer(struct sim_cost *cost)
{
    double ns = cost->is_given ? (double)NAN : sim_transfer_ns();

    if (isnan(ns))
        return;
    cost->ns = (unsigned)(ns + 0.5);
    cost->is_given = true;
}

void sim_check_machine(struct sim_order *o)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    take_transfer(&o->costs[SIM_TRANSFER]);
    o->n_cores = 0;
    for (unsigned cores = 2; cores < SIM_CORES_MOST && cores < n; cores *= 2)
        o->cores[o->n_cores++] = cores;
    o->cores[o->n_cores++] = n > SIM_CORES_MOST ? SIM_CORES_MOST
                             : n > 2            ? (unsigned)n
                                                : 2;
}

static double number(const json_t *run, const char *key)
{
    const json_t *x = json_object_get(run, key);
    return json_is_number(x) ? json_number_value(x) : (double)NAN;
}

/* Returns a run, or NULL.  */
static json_t *run_once(const struct offer *offer, const struct sim_cell *c,
                        const struct sim_order *o, double step)
{
    char words[WORDS][WORD_SIZE], why[WORD_SIZE], *text;
    char *argv[WORDS + 1] = {offer->program};
    json_t *run = NULL;
    int n = 0;

    snprintf(words[n++], WORD_SIZE, "run");
    snprintf(words[n++], WORD_SIZE, "%s", offer->peer);
    snprintf(words[n++], WORD_SIZE, "lock");
    snprintf(words[n++], WORD_SIZE, "section");
    snprintf(words[n++], WORD_SIZE, "threads=%u", c->cores);
    snprintf(words[n++], WORD_SIZE, "cs=%.0f", o->cs / step);
    snprintf(words[n++], WORD_SIZE, "ncs=%.0f", o->ncs / step);
    snprintf(words[n++], WORD_SIZE, "pin=1");
    snprintf(words[n++], WORD_SIZE, "seconds=%g", run_s);
    for (int i = 0; i < n; i++)
        argv[i + 1] = words[i];
    argv[n + 1] = NULL;
    text = launch(argv, run_s + grace_s, why, sizeof why);
    if (text)
        run = json_loads(text, 0, NULL);
    free(text);
    return run;
}

/* The median of RUNS runs.  */
static struct measured measure(const struct sim_cell *c,
                               const struct sim_order *o)
{
    const struct offer *offer = programs_get(c->lock, "lock", "section");
    struct measured m = {(double)NAN, (double)NAN, (double)NAN};
    double step = o->cs + o->ncs > 0 ? machine_step_ns() : 1;
    double ns[RUNS], futexes[RUNS], handovers[RUNS];
    size_t n = 0;

    for (int i = 0; offer && i < RUNS; i++) {
        json_t *run = run_once(offer, c, o, step);
        double ops = number(run, "ops");
        if (ops > 0) {
            ns[n] = number(run, "time") * 1e9 / ops;
            futexes[n] = number(run, "futexes");
            handovers[n++] = number(run, "handovers") / ops;
        }
        json_decref(run);
    }
    if (n > 0)
        m = (struct measured){stats_median(ns, n), stats_median(futexes, n),
                              stats_median(handovers, n)};
    return m;
}

/* "+12%", "-3%": of 1.12 and 0.97.  */
static struct figure error_figure(double ratio)
{
    struct figure f = {"n/a"};

    if (!isnan(ratio))
        snprintf(f.text, sizeof f.text, "%+.0f%%", (ratio - 1) * 100);
    return f;
}

static void print_row(const struct sim_cells *cells, const struct sim_cell *c,
                      const struct measured *m, FILE *out)
{
    double ns = sim_figure(cells, c, SIM_NS).mean;

    fprintf(out, "%-10s%4u%10s%10s%9s", c->lock, c->cores, figure_time(ns).text,
            figure_time(m->ns).text, error_figure(ns / m->ns).text);
    fprintf(out, "%11s%9s",
            figure_share(sim_figure(cells, c, SIM_HANDOVERS).mean).text,
            figure_share(m->handovers).text);
    fprintf(out, "%10s%7s\n",
            figure_count(sim_figure(cells, c, SIM_FUTEXES).mean).text,
            figure_count(m->futexes).text);
}

/* All locks with one number of cores.  Returns how many could be compared.  */
static size_t print_size(const struct sim_cells *cells, unsigned size,
                         FILE *out)
{
    double modelled[LOCKS_MOST], found[LOCKS_MOST];
    size_t n = 0;

    for (const struct sim_cell *first = cells->items;
         first < cells->items + cells->n;
         first = sim_cells_next(cells, first)) {
        const struct sim_cell *c = &first[size];
        struct measured m = measure(c, cells->order);
        if (c->fault)
            continue;
        print_row(cells, c, &m, out);
        if (isnan(m.ns) || n == LOCKS_MOST)
            continue;
        modelled[n] = sim_figure(cells, c, SIM_NS).mean;
        found[n++] = m.ns;
    }
    paragraph_print(out, "", INDENT,
                    "the order of the %zu locks by time, modelled and "
                    "measured, agrees by %.2f (Kendall's tau: 1 wholly, 0 not "
                    "at all, -1 it is the other way round).",
                    n, law_kendall(modelled, found, n));
    return n;
}

/* Virtual machines move, and then the one that was measured is not the one that
   was simulated.  */
static void print_transfer(FILE *out)
{
    double ns = sim_transfer_ns();

    if (!isnan(ns))
        paragraph_print(out, "", INDENT,
                        "After all that a transfer takes %.0f ns here: if that "
                        "is not what it was, the machine has changed "
                        "meanwhile, and the comparison is worth little.",
                        ns);
}

bool sim_check_print(const struct sim_cells *cells, FILE *out)
{
    size_t compared = 0;

    programs_find("peers");
    fprintf(out,
            "MODELLED, with transfers of %u ns, beside MEASURED here, threads "
            "bound to CPUs\n",
            cells->order->costs[SIM_TRANSFER].ns);
    fputs("                   time                         handovers"
          "        futex calls\n"
          "lock         N  modelled  measured    error   modelled measured"
          "  modelled  meas.\n",
          out);
    for (unsigned i = 0; i < cells->order->n_cores; i++)
        compared += print_size(cells, i, out);
    print_transfer(out);
    paragraph_print(out, "", INDENT,
                    "The counts of the table above can't be measured here; a "
                    "machine with more CPUs can show the model wrong. If you "
                    "have one, please send what this prints.");
    fputc('\n', out);
    return compared > 0;
}
