/* files.c -- see files.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "sim/files.h"

#include <jansson.h>

enum { SCHEMA = 1 };

static void put(json_t *to, const char *key, json_t *value)
{
    json_object_set_new(to, key, value);
}

static const char *rule_of(const struct sim_order *o)
{
    return o->passed ? "passed" : "kept";
}

static json_t *costs_of(const struct sim_order *o)
{
    json_t *all = json_object();

    for (unsigned i = 0; i < SIM_COSTS; i++)
        put(all, o->costs[i].key, json_integer(o->costs[i].ns));
    return all;
}

static json_t *run_of(const struct sim_cell *c, unsigned seed)
{
    json_t *run = json_object();

    put(run, "seed", json_integer(seed + 1));
    for (int m = 0; m < SIM_METRICS; m++)
        put(run, sim_keys[m], json_real(c->values[seed][m]));
    return run;
}

static json_t *cell_of(const struct sim_cell *c, unsigned seeds)
{
    json_t *cell = json_object(), *runs = json_array();

    for (unsigned i = 0; i < seeds && !c->fault; i++)
        json_array_append_new(runs, run_of(c, i));
    put(cell, "peer", json_string(c->lock));
    put(cell, "cores", json_integer(c->cores));
    put(cell, "fault", c->fault ? json_string(c->fault) : json_null());
    put(cell, "runs", runs);
    return cell;
}

int sim_write_json(const struct sim_cells *cells, FILE *out)
{
    const struct sim_order *o = cells->order;
    json_t *all = json_object(), *items = json_array();
    int r;

    put(all, "schema", json_integer(SCHEMA));
    put(all, "kind", json_string("modelled"));
    put(all, "primitive", json_string("lock"));
    put(all, "sockets", json_integer(o->sockets));
    put(all, "rule", json_string(rule_of(o)));
    put(all, "lines", json_integer(o->lines));
    put(all, "cs_ns", json_integer(o->cs));
    put(all, "ncs_ns", json_integer(o->ncs));
    put(all, "costs_ns", costs_of(o));
    for (unsigned i = 0; i < cells->n; i++)
        json_array_append_new(items, cell_of(&cells->items[i], o->seeds));
    put(all, "cells", items);
    r = json_dumpf(all, out, JSON_COMPACT | JSON_REAL_PRECISION(6));
    json_decref(all);
    fputc('\n', out);
    return r;
}

int sim_write_csv(const struct sim_cells *cells, FILE *out)
{
    const struct sim_order *o = cells->order;

    fputs("kind,primitive,peer,cores,sockets,rule,lines,cs_ns,ncs_ns,seed",
          out);
    for (int m = 0; m < SIM_METRICS; m++)
        fprintf(out, ",%s", sim_keys[m]);
    fputc('\n', out);
    for (unsigned i = 0; i < cells->n; i++)
        for (unsigned k = 0; k < o->seeds && !cells->items[i].fault; k++) {
            const struct sim_cell *c = &cells->items[i];
            fprintf(out, "modelled,lock,%s,%u,%u,%s,%u,%u,%u,%u", c->lock,
                    c->cores, o->sockets, rule_of(o), o->lines, o->cs, o->ncs,
                    k + 1);
            for (int m = 0; m < SIM_METRICS; m++)
                fprintf(out, ",%.6g", c->values[k][m]);
            fputc('\n', out);
        }
    return ferror(out) ? -1 : 0;
}
