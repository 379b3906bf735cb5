/* json_load.c -- see json.h.  A file may hold anything: nothing in it is
   believed before it is looked at.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "results/json.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "results/stats.h"

/* Where it is in the file, and what was wrong first.  */
struct reader {
    const char *path;
    char *why;
    size_t size;
    bool is_bad;
    size_t cell; /* from 1; 0 is outside */
};

static void refuse(struct reader *in, const char *key)
{
    char where[40] = "";

    if (in->is_bad)
        return;
    in->is_bad = true;
    if (in->cell > 0)
        snprintf(where, sizeof where, " of cell %zu", in->cell);
    snprintf(in->why, in->size,
             "%s: \"%s\"%s is missing or not what it has to be.", in->path, key,
             where);
}

static const json_t *get(struct reader *in, const json_t *from, const char *key)
{
    const json_t *value = json_object_get(from, key);
    if (!value)
        refuse(in, key);
    return value;
}

static const json_t *get_list(struct reader *in, const json_t *from,
                              const char *key)
{
    const json_t *list = get(in, from, key);
    if (!json_is_array(list))
        refuse(in, key);
    return list;
}

/* Returns a list with `n` entries.  */
static const json_t *get_row(struct reader *in, const json_t *from,
                             const char *key, size_t n)
{
    const json_t *list = get_list(in, from, key);
    if (json_array_size(list) != n)
        refuse(in, key);
    return list;
}

/* Returns a copy.  */
static char *to_text(struct reader *in, const json_t *value, const char *key)
{
    if (!json_is_string(value))
        refuse(in, key);
    return memory_copy(json_string_value(value));
}

static char *get_text(struct reader *in, const json_t *from, const char *key)
{
    return to_text(in, get(in, from, key), key);
}

static char *get_text_or_null(struct reader *in, const json_t *from,
                              const char *key)
{
    const json_t *value = get(in, from, key);
    return json_is_null(value) ? NULL : to_text(in, value, key);
}

static double to_number(struct reader *in, const json_t *value, const char *key)
{
    if (json_is_null(value))
        return (double)NAN;
    if (!json_is_number(value))
        refuse(in, key);
    return json_number_value(value);
}

static double get_number(struct reader *in, const json_t *from, const char *key)
{
    return to_number(in, get(in, from, key), key);
}

/* Returns a whole number from 0 to `most`; 0 if it is none.  */
static json_int_t to_count(struct reader *in, const json_t *value,
                           json_int_t most, const char *key)
{
    json_int_t n = json_integer_value(value);

    if (!json_is_integer(value) || n < 0 || n > most) {
        refuse(in, key);
        return 0;
    }
    return n;
}

static unsigned get_count(struct reader *in, const json_t *from,
                          const char *key)
{
    return (unsigned)to_count(in, get(in, from, key), UINT_MAX, key);
}

static bool to_bool(struct reader *in, const json_t *value, const char *key)
{
    if (!json_is_boolean(value))
        refuse(in, key);
    return json_is_true(value);
}

/* Reads a fact or an absence.  */
static void read_note(struct reader *in, struct results *r, const json_t *pair,
                      const char *key,
                      void (*note)(struct results *, const char *,
                                   const char *))
{
    const char *first = json_string_value(json_array_get(pair, 0));
    const char *second = json_string_value(json_array_get(pair, 1));

    if (first && second)
        note(r, first, second);
    else
        refuse(in, key);
}

static void read_notes(struct reader *in, struct results *r, const json_t *all)
{
    const json_t *facts = get_list(in, all, "facts");
    const json_t *absences = get_list(in, all, "absences");

    for (size_t i = 0; i < json_array_size(facts); i++)
        read_note(in, r, json_array_get(facts, i), "facts", results_note);
    for (size_t i = 0; i < json_array_size(absences); i++)
        read_note(in, r, json_array_get(absences, i), "absences", results_miss);
}

static void read_column(struct reader *in, const json_t *values, unsigned m,
                        struct sample *samples, unsigned blocks)
{
    const char *key = metric_infos[m].key;
    const json_t *list = json_object_get(values, key);

    if (list && json_array_size(list) != blocks)
        refuse(in, key);
    for (unsigned i = 0; i < blocks; i++)
        samples[i].values[m] =
            list ? to_number(in, json_array_get(list, i), key) : (double)NAN;
}

static void read_shares(struct reader *in, const json_t *list,
                        struct sample *sample, unsigned threads)
{
    if (json_is_null(list))
        return;
    if (!json_is_array(list) || json_array_size(list) != threads) {
        refuse(in, "shares");
        return;
    }
    sample->shares = memory_new(threads, sizeof *sample->shares);
    for (unsigned i = 0; i < threads; i++)
        sample->shares[i] = to_number(in, json_array_get(list, i), "shares");
}

/* Reads as many samples as there are blocks; room is for those planned.  */
static void read_samples(struct reader *in, const json_t *from,
                         struct sample *samples, unsigned blocks,
                         unsigned threads)
{
    const json_t *there = get_row(in, from, "there", blocks);
    const json_t *outlier = get_row(in, from, "outlier", blocks);
    const json_t *shares = get_row(in, from, "shares", blocks);
    const json_t *values = get(in, from, "values");

    if (!json_is_object(values))
        refuse(in, "values");
    for (unsigned i = 0; !in->is_bad && i < blocks; i++) {
        samples[i].is_there = to_bool(in, json_array_get(there, i), "there");
        samples[i].is_outlier =
            to_bool(in, json_array_get(outlier, i), "outlier");
        read_shares(in, json_array_get(shares, i), &samples[i], threads);
    }
    for (unsigned m = 0; !in->is_bad && m < METRICS; m++)
        read_column(in, values, m, samples, blocks);
}

static void read_waits(struct reader *in, const json_t *from,
                       struct histogram *h)
{
    const json_t *list = get_list(in, from, "waits");

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *pair = json_array_get(list, i);
        json_int_t ns =
            to_count(in, json_array_get(pair, 0), INT64_MAX, "waits");
        json_int_t n =
            to_count(in, json_array_get(pair, 1), INT64_MAX, "waits");
        h->counts[histogram_bucket((uint64_t)ns)] += (uint64_t)n;
    }
}

static void read_holders(struct reader *in, const json_t *from,
                         struct contestant *c)
{
    const json_t *list = get_list(in, from, "holders");
    size_t n = json_array_size(list);

    if (n == 0 || n > UINT_MAX)
        return;
    c->holders = memory_new(n, sizeof *c->holders);
    c->n_holders = (unsigned)n;
    for (size_t i = 0; i < n; i++)
        c->holders[i] = (unsigned short)to_count(in, json_array_get(list, i),
                                                 USHRT_MAX, "holders");
}

static void read_contestant(struct reader *in, const struct results *r,
                            const struct cell *cell, const json_t *from,
                            struct contestant *c)
{
    const json_t *there = get_list(in, from, "there");
    /* One that never ran has no samples at all.  */
    unsigned blocks = json_array_size(there) > 0 ? r->blocks : 0;

    c->peer = get_text(in, from, "peer");
    c->fault = get_text_or_null(in, from, "fault");
    c->samples = memory_new(r->planned, sizeof *c->samples);
    read_samples(in, from, c->samples, blocks, cell->shape.threads);
    read_waits(in, from, &c->waits);
    read_holders(in, from, c);
}

static void read_shape(struct reader *in, const json_t *from, struct shape *to)
{
    to->threads = get_count(in, from, "threads");
    to->cs = get_number(in, from, "cs_ns");
    to->ncs = get_number(in, from, "ncs_ns");
    to->locks = get_count(in, from, "locks");
    to->permits = get_count(in, from, "permits");
    to->beside = get_count(in, from, "beside");
    /* Older files lack these.  */
    if (json_object_get(from, "pin"))
        to->pin = (enum binding)to_count(in, get(in, from, "pin"), BINDINGS - 1,
                                         "pin");
    if (json_object_get(from, "shake"))
        to->shake = to_bool(in, get(in, from, "shake"), "shake");
}

static void read_cell(struct reader *in, const struct results *r,
                      const json_t *from, struct cell *cell)
{
    const json_t *list = get_list(in, from, "contestants");
    size_t n = json_array_size(list);

    cell->primitive = get_text(in, from, "primitive");
    cell->workload = get_text(in, from, "workload");
    cell->operation = get_text(in, from, "operation");
    cell->waiting = get_text_or_null(in, from, "waiting");
    read_shape(in, from, &cell->shape);
    if (n < BASELINES || n > UINT_MAX)
        refuse(in, "contestants");
    if (in->is_bad)
        return;
    cell->contestants = memory_new(n, sizeof *cell->contestants);
    cell->count = (unsigned)n;
    for (unsigned i = 0; !in->is_bad && i < n; i++)
        read_contestant(in, r, cell, json_array_get(list, i),
                        &cell->contestants[i]);
}

static void read_cells(struct reader *in, struct results *r, const json_t *all)
{
    const json_t *list = get_list(in, all, "cells");
    size_t n = json_array_size(list);

    if (in->is_bad || n > UINT_MAX)
        return;
    r->cells = memory_new(n, sizeof *r->cells);
    r->n_cells = (unsigned)n;
    for (size_t i = 0; !in->is_bad && i < n; i++) {
        in->cell = i + 1;
        read_cell(in, r, json_array_get(list, i), &r->cells[i]);
    }
    in->cell = 0;
}

static void read_results(struct reader *in, struct results *r,
                         const json_t *all)
{
    r->command = get_text(in, all, "command");
    r->date = get_text(in, all, "date");
    r->against = get_text(in, all, "against");
    r->is_cut = to_bool(in, get(in, all, "interrupted"), "interrupted");
    r->planned = get_count(in, all, "planned_blocks");
    r->blocks = get_count(in, all, "blocks");
    r->seconds = get_number(in, all, "run_s");
    r->step = get_number(in, all, "step_ns");
    if (r->planned > STATS_MAX)
        refuse(in, "planned_blocks");
    if (r->blocks > r->planned)
        refuse(in, "blocks");
    read_notes(in, r, all);
    if (!in->is_bad)
        read_cells(in, r, all);
}

/* Reads the file, if it is JSON.  */
static json_t *parse(struct reader *in)
{
    FILE *file = fopen(in->path, "r");
    json_t *all = NULL;
    json_error_t error;

    in->is_bad = true;
    if (!file) {
        snprintf(in->why, in->size, "%s cannot be read: %s.", in->path,
                 strerror(errno));
        return NULL;
    }
    errno = 0;
    all = json_loadf(file, 0, &error);
    in->is_bad = !all;
    if (ferror(file))
        snprintf(in->why, in->size, "%s cannot be read: %s.", in->path,
                 strerror(errno));
    else if (!all)
        snprintf(in->why, in->size, "%s, line %d, is not JSON: %s.", in->path,
                 error.line, error.text);
    fclose(file);
    return all;
}

static void check_schema(struct reader *in, const json_t *all)
{
    const json_t *schema = json_object_get(all, "schema");
    json_int_t n = json_integer_value(schema);

    if (!json_is_integer(schema) || !json_object_get(all, "cells")) {
        snprintf(in->why, in->size,
                 "%s is JSON, but holds no results of contention.", in->path);
        in->is_bad = true;
    } else if (n != RESULTS_SCHEMA) {
        snprintf(in->why, in->size,
                 "%s has schema %" JSON_INTEGER_FORMAT
                 "; this contention reads schema %d only.",
                 in->path, n, RESULTS_SCHEMA);
        in->is_bad = true;
    }
}

int json_load(struct results *r, const char *path, char *why, size_t size)
{
    struct reader in = {.path = path, .why = why, .size = size};
    json_t *all = parse(&in);

    *r = (struct results){.cells = NULL};
    if (!in.is_bad)
        check_schema(&in, all);
    if (!in.is_bad)
        read_results(&in, r, all);
    json_decref(all);
    if (in.is_bad)
        results_free(r);
    return in.is_bad ? -1 : 0;
}
