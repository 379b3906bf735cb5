/* results.c -- see results.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "results/results.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

/* The keys say the units, so that a file can be read without this table.  */
const struct metric_info metric_infos[METRICS] = {
    [RATE] = {"ops_per_s", "ops/s", "1/s",
              "operations a second, all threads together", 1},
    [HANDOVER] = {"handover", "handover", "",
                  "share of the acquisitions by another thread than the last",
                  0},
    [WAIT_MEAN] = {"wait_mean_ns", "mean", "ns", "mean wait", -1},
    [WAIT_P50] = {"wait_p50_ns", "p50", "ns",
                  "half of the waits are not longer", -1},
    [WAIT_P99] = {"wait_p99_ns", "p99", "ns", "99 of 100 waits are not longer",
                  -1},
    [WAIT_P999] = {"wait_p999_ns", "p99.9", "ns",
                   "999 of 1000 waits are not longer", -1},
    [WAIT_MAX] = {"wait_max_ns", "max", "ns", "the longest wait", -1},
    [IDLE] = {"idle", "idle", "",
              "share of the time that it was free although wanted", -1},
    [IDLE_MAX] = {"idle_max_ns", "idle max", "ns",
                  "the longest time that it was free although wanted", -1},
    [JAIN] = {"jain", "Jain", "",
              "Jain's index of fairness over the run: 1 if all threads got "
              "the same, 1/n if one of n got it all",
              1},
    [JAIN_SHORT] = {"jain_short", "J10", "",
                    "Jain's index of fairness over 10 acquisitions a thread, "
                    "on average",
                    1},
    [BYPASS] = {"bypass", "bypass", "acquisitions",
                "most acquisitions by others during one wait", -1},
    [CPU] = {"cpu_s_per_mop", "CPU", "s/Mop",
             "processor seconds of a million operations", -1},
    [KERNEL] = {"kernel_s_per_mop", "kernel", "s/Mop",
                "those processor seconds of a million operations that the "
                "kernel used",
                -1},
    [SWITCHES] = {"switches_per_kop", "ctx", "1/kop",
                  "context switches of a thousand operations", -1},
    [FUTEXES] = {"futexes_per_kop", "futex", "1/kop",
                 "futex calls of a thousand operations", -1},
    [BESIDE] = {"beside_kept", "beside", "",
                "share of its speed alone that a compute thread beside kept",
                1},
    [WAKE_FIRST] = {"wake_first_ns", "first", "ns",
                    "from the call that wakes all until the first has run", -1},
    [WAKE_MEDIAN] = {"wake_median_ns", "median", "ns",
                     "from the call that wakes all until half have run", -1},
    [WAKE_LAST] = {"wake_last_ns", "last", "ns",
                   "from the call that wakes all until the last has run", -1},
    [WAKES] = {"wakes_per_useful", "wakes", "",
               "how often a waiter was woken until it could go on", -1},
};

void results_note(struct results *r, const char *key, const char *value)
{
    r->facts = memory_grow(r->facts, r->n_facts + 1, sizeof *r->facts);
    r->facts[r->n_facts++] =
        (struct fact){.key = memory_copy(key), .value = memory_copy(value)};
}

void results_miss(struct results *r, const char *peer, const char *reason)
{
    r->absences =
        memory_grow(r->absences, r->n_absences + 1, sizeof *r->absences);
    r->absences[r->n_absences++] = (struct absence){
        .peer = memory_copy(peer), .reason = memory_copy(reason)};
}

const struct contestant *cell_baseline(const struct cell *cell)
{
    return &cell->contestants[cell->count - BASELINES];
}

bool results_has_fault(const struct results *r)
{
    for (unsigned i = 0; i < r->n_cells; i++) {
        for (unsigned j = 0; j < r->cells[i].count; j++) {
            if (r->cells[i].contestants[j].fault)
                return true;
        }
    }
    return false;
}

/* Two times that were not asked for are the same.  */
static bool is_same_time(double a, double b)
{
    return isnan(a) ? isnan(b) : fabs(a - b) <= 1e-6 * fabs(a);
}

static bool shape_is_same(const struct shape *a, const struct shape *b)
{
    return a->threads == b->threads && is_same_time(a->cs, b->cs)
           && is_same_time(a->ncs, b->ncs) && a->locks == b->locks
           && a->permits == b->permits && a->beside == b->beside
           && a->pin == b->pin && a->shake == b->shake;
}

bool cell_is_same(const struct cell *a, const struct cell *b)
{
    return strcmp(a->primitive, b->primitive) == 0
           && strcmp(a->workload, b->workload) == 0
           && shape_is_same(&a->shape, &b->shape);
}

/* A description as it grows.  */
struct line {
    char *text;
    size_t size;
    size_t length;
};

static void add(struct line *to, const char *part)
{
    int n = snprintf(to->text + to->length, to->size - to->length, "%s%s",
                     to->length > 0 ? ", " : "", part);
    to->length += (size_t)n;
    if (to->length >= to->size)
        to->length = to->size - 1;
}

static void add_time(struct line *to, const char *name, double ns)
{
    char part[64];

    if (isnan(ns))
        return;
    if (ns < 1e3)
        snprintf(part, sizeof part, "%s %.3g ns", name, ns);
    else if (ns < 1e6)
        snprintf(part, sizeof part, "%s %.4g us", name, ns / 1e3);
    else
        snprintf(part, sizeof part, "%s %.4g ms", name, ns / 1e6);
    add(to, part);
}

static void add_permits(struct line *to, const struct cell *cell)
{
    unsigned n = cell->shape.permits;
    char part[64];

    if (n == 0)
        return;
    if (strcmp(cell->primitive, "rlock") == 0)
        snprintf(part, sizeof part, "depth %u", n);
    else if (strcmp(cell->primitive, "condition") == 0)
        snprintf(part, sizeof part, n > 1 ? "%u slots" : "%u slot", n);
    else
        snprintf(part, sizeof part, n > 1 ? "%u permits" : "%u permit", n);
    add(to, part);
}

void cell_describe(const struct cell *cell, char *text, size_t size)
{
    struct line line = {.text = text, .size = size};
    const struct shape *shape = &cell->shape;
    char part[64];

    text[0] = '\0';
    add_time(&line, "cs", shape->cs);
    add_time(&line, "outside", shape->ncs);
    if (shape->locks > 1) {
        snprintf(part, sizeof part, "%u locks", shape->locks);
        add(&line, part);
    }
    add_permits(&line, cell);
    if (shape->beside > 0) {
        snprintf(part, sizeof part, "%u beside", shape->beside);
        add(&line, part);
    }
    if (shape->pin != UNBOUND)
        add(&line, shape->pin == BOUND_ONE ? "on one CPU" : "each on its CPU");
    if (shape->shake)
        add(&line, "shaken");
}

static void free_contestant(struct contestant *c, unsigned planned)
{
    for (unsigned i = 0; c->samples && i < planned; i++)
        free(c->samples[i].shares);
    free(c->samples);
    free(c->holders);
    free(c->peer);
    free(c->fault);
}

static void free_cell(struct cell *cell, unsigned planned)
{
    for (unsigned i = 0; cell->contestants && i < cell->count; i++)
        free_contestant(&cell->contestants[i], planned);
    free(cell->contestants);
    free(cell->primitive);
    free(cell->workload);
    free(cell->operation);
    free(cell->waiting);
}

static void free_notes(struct results *r)
{
    for (unsigned i = 0; i < r->n_facts; i++) {
        free(r->facts[i].key);
        free(r->facts[i].value);
    }
    for (unsigned i = 0; i < r->n_absences; i++) {
        free(r->absences[i].peer);
        free(r->absences[i].reason);
    }
    free(r->facts);
    free(r->absences);
}

void results_free(struct results *r)
{
    for (unsigned i = 0; r->cells && i < r->n_cells; i++)
        free_cell(&r->cells[i], r->planned);
    free(r->cells);
    free_notes(r);
    free(r->command);
    free(r->date);
    free(r->against);
    *r = (struct results){.cells = NULL};
}
