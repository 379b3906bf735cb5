/* cells.c -- see cells.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "sim/cells.h"

#include <jansson.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command_line.h"
#include "launch.h"
#include "memory.h"

enum {
    RUN_S = 300,
    HELPERS_MOST = 32,
    WHY_SIZE = 120,
    /* Turns for each core, and at least, that count; and before them.  */
    TURNS = 4,
    TURNS_LEAST = 500,
    WARM_UP = 2,
    WARM_UP_LEAST = 100,
};

const char *const sim_keys[SIM_METRICS] = {
    [SIM_REFERENCES] = "references",
    [SIM_INVALIDATIONS] = "invalidations",
    [SIM_FUTEXES] = "futexes",
    [SIM_SWITCHES] = "switches",
    [SIM_HANDOVERS] = "handovers",
    [SIM_NS] = "ns",
    [SIM_JAIN] = "jain",
    [SIM_MISSES] = "misses",
    [SIM_UPGRADES] = "upgrades",
    [SIM_YIELDS] = "yields",
    [SIM_MEMBARRIERS] = "membarriers",
};

static void make_command(struct command_line *c, const struct sim_order *o,
                         const struct sim_cell *cell, unsigned seed)
{
    command_begin(c, cell->program);
    command_add(c, "run");
    command_add(c, cell->lock);
    command_add_number(c, "cores", cell->cores);
    command_add_number(c, "sockets", o->sockets);
    command_add_number(c, "seed", seed);
    command_add_number(c, "passed", o->passed);
    command_add_number(c, "lines", o->lines);
    command_add_number(c, "cs", o->cs);
    command_add_number(c, "ncs", o->ncs);
    command_add_number(c, "turns", TURNS_LEAST + TURNS * cell->cores);
    command_add_number(c, "warm_up", WARM_UP_LEAST + WARM_UP * cell->cores);
    for (unsigned i = 0; i < SIM_COSTS; i++)
        command_add_number(c, o->costs[i].key, o->costs[i].ns);
}

/* Returns whether all was there; else why not.  */
static bool read_run(const char *text, double *values, char *why)
{
    json_t *run = json_loads(text, 0, NULL);
    const char *fault = json_string_value(json_object_get(run, "fault"));
    bool is_whole = run != NULL;

    snprintf(why, WHY_SIZE, "%s",
             fault ? fault : "what it prints is no whole run");
    for (int m = 0; m < SIM_METRICS && is_whole; m++) {
        const json_t *x = json_object_get(run, sim_keys[m]);
        values[m] = json_number_value(x);
        is_whole = json_is_number(x);
    }
    json_decref(run);
    return is_whole;
}

/* Runs that are to be done, by several threads of this program.  */
struct crowd {
    pthread_mutex_t lock;
    struct sim_cells *cells;
    unsigned next; /* a cell for each seed, one after the other */
    bool is_shown;
};

static void note_fault(struct crowd *all, struct sim_cell *cell,
                       const char *why)
{
    pthread_mutex_lock(&all->lock);
    if (!cell->fault)
        cell->fault = memory_copy(why);
    pthread_mutex_unlock(&all->lock);
}

static void run_one(struct crowd *all, struct sim_cell *cell, unsigned seed)
{
    char why[WHY_SIZE], *text;
    struct command_line c;

    make_command(&c, all->cells->order, cell, seed + 1);
    text = launch(c.argv, RUN_S, why, sizeof why);
    if (!text || !read_run(text, cell->values[seed], why))
        note_fault(all, cell, why);
    free(text);
}

/* Returns the number of a run, or of none behind the last.  */
static unsigned take(struct crowd *all, unsigned runs)
{
    unsigned i;

    pthread_mutex_lock(&all->lock);
    i = all->next;
    all->next += i < runs;
    if (all->is_shown)
        fprintf(stderr, "\r%u of %u runs ", i, runs);
    pthread_mutex_unlock(&all->lock);
    return i;
}

/* The largest come first, so that none is left alone at the end.  */
static void *help(void *crowd)
{
    struct crowd *all = crowd;
    unsigned seeds = all->cells->order->seeds;
    unsigned runs = all->cells->n * seeds, i;
    unsigned sizes = all->cells->order->n_cores;
    unsigned locks = all->cells->n / sizes;

    while ((i = take(all, runs)) < runs) {
        unsigned size = sizes - 1 - i / (seeds * locks);
        unsigned lock = i / seeds % locks;
        run_one(all, &all->cells->items[lock * sizes + size], i % seeds);
    }
    return NULL;
}

static void run_all(struct sim_cells *cells)
{
    struct crowd all = {.lock = PTHREAD_MUTEX_INITIALIZER,
                        .cells = cells,
                        .is_shown = isatty(STDERR_FILENO)};
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    pthread_t helpers[HELPERS_MOST];
    int made = 0;

    while (made < HELPERS_MOST && made + 1 < n
           && pthread_create(&helpers[made], NULL, help, &all) == 0)
        made++;
    help(&all);
    while (made > 0)
        pthread_join(helpers[--made], NULL);
    if (all.is_shown)
        fputs("\r\033[K", stderr);
}

/* A name that is no lock's.  */
static void check_locks(const struct sim_order *o)
{
    for (unsigned i = 0; i < o->locks.n; i++)
        if (!programs_get(o->locks.items[i], "lock", "section"))
            refuse("there is no simulated lock '%s'; see sim --help",
                   o->locks.items[i]);
}

static void add_cells(struct sim_cells *cells, const struct offer *offer)
{
    const struct sim_order *o = cells->order;

    cells->items =
        memory_grow(cells->items, cells->n + o->n_cores, sizeof *cells->items);
    for (unsigned i = 0; i < o->n_cores; i++) {
        struct sim_cell *c = &cells->items[cells->n++];
        memset(c, 0, sizeof *c);
        c->program = offer->program;
        c->lock = offer->peer;
        c->cores = o->cores[i];
    }
}

void sim_cells_run(struct sim_cells *cells, const struct sim_order *o)
{
    const struct offer *offer;

    *cells = (struct sim_cells){.order = o};
    check_locks(o);
    for (unsigned i = 0; i < o->locks.n; i++)
        add_cells(cells, programs_get(o->locks.items[i], "lock", "section"));
    for (size_t i = 0; o->locks.n == 0 && (offer = programs_offer(i)); i++) {
        if (!offer->is_planted)
            add_cells(cells, offer);
    }
    run_all(cells);
}

void sim_cells_free(struct sim_cells *cells)
{
    for (unsigned i = 0; i < cells->n; i++)
        free(cells->items[i].fault);
    free(cells->items);
}

struct sim_figure sim_figure(const struct sim_cells *cells,
                             const struct sim_cell *c, enum sim_metric m)
{
    unsigned seeds = cells->order->seeds;
    double least = INFINITY, most = -INFINITY, sum = 0;

    for (unsigned i = 0; i < seeds; i++) {
        least = fmin(least, c->values[i][m]);
        most = fmax(most, c->values[i][m]);
        sum += c->values[i][m];
    }
    return (struct sim_figure){sum / seeds, (most - least) / 2};
}

const struct sim_cell *sim_cells_next(const struct sim_cells *cells,
                                      const struct sim_cell *c)
{
    return c + cells->order->n_cores;
}
