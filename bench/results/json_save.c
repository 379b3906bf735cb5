/* json_save.c -- see json.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "results/json.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory.h"

static const size_t flags =
    JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(6);

/* With it jansson's functions fail by their arguments only, which are ours:
   the errors that they return need no look.  */
static void *allocate(size_t size)
{
    return memory_new(size, 1);
}

static void put(json_t *to, const char *key, json_t *value)
{
    json_object_set_new(to, key, value);
}

static void push(json_t *to, json_t *value)
{
    json_array_append_new(to, value);
}

/* Text from outside, as the command line is, may be no UTF-8, which JSON has
   to be.  */
static json_t *text(const char *s)
{
    json_t *json = json_string(s ? s : "");
    char *ascii;

    if (json)
        return json;
    ascii = memory_copy(s);
    for (char *c = ascii; *c; c++) {
        if ((unsigned char)*c >= 0x80)
            *c = '?';
    }
    json = json_string(ascii);
    free(ascii);
    return json;
}

static json_t *text_or_null(const char *s)
{
    return s ? text(s) : json_null();
}

static json_t *number(double x)
{
    return isfinite(x) ? json_real(x) : json_null();
}

static json_t *pair_of_texts(const char *a, const char *b)
{
    json_t *pair = json_array();
    push(pair, text(a));
    push(pair, text(b));
    return pair;
}

static json_t *explain_metrics(void)
{
    json_t *all = json_object();

    for (unsigned m = 0; m < METRICS; m++) {
        const struct metric_info *info = &metric_infos[m];
        json_t *one = json_object();
        put(one, "title", text(info->title));
        put(one, "unit", text(info->unit));
        put(one, "meaning", text(info->meaning));
        put(one, "better", json_integer(info->better));
        put(all, info->key, one);
    }
    return all;
}

static json_t *facts(const struct results *r)
{
    json_t *list = json_array();
    for (unsigned i = 0; i < r->n_facts; i++)
        push(list, pair_of_texts(r->facts[i].key, r->facts[i].value));
    return list;
}

static json_t *absences(const struct results *r)
{
    json_t *list = json_array();
    for (unsigned i = 0; i < r->n_absences; i++)
        push(list, pair_of_texts(r->absences[i].peer, r->absences[i].reason));
    return list;
}

/* All but the cells.  */
static json_t *preface(const struct results *r)
{
    json_t *all = json_object();

    put(all, "program", text("interlock contention " PACKAGE_VERSION));
    put(all, "schema", json_integer(RESULTS_SCHEMA));
    put(all, "command", text(r->command));
    put(all, "date", text(r->date));
    put(all, "against", text(r->against));
    put(all, "interrupted", json_boolean(r->is_cut));
    put(all, "planned_blocks", json_integer(r->planned));
    put(all, "blocks", json_integer(r->blocks));
    put(all, "run_s", number(r->seconds));
    put(all, "step_ns", number(r->step));
    put(all, "facts", facts(r));
    put(all, "absences", absences(r));
    put(all, "metrics", explain_metrics());
    return all;
}

/* Returns a metric of all blocks, or NULL if none has it.  */
static json_t *column(const struct sample *samples, unsigned blocks, unsigned m)
{
    json_t *list = json_array();
    bool any = false;

    for (unsigned i = 0; i < blocks; i++) {
        double x = samples[i].is_there ? samples[i].values[m] : (double)NAN;
        any |= isfinite(x);
        push(list, number(x));
    }
    if (any)
        return list;
    json_decref(list);
    return NULL;
}

static json_t *values(const struct sample *samples, unsigned blocks)
{
    json_t *all = json_object();

    for (unsigned m = 0; m < METRICS; m++) {
        json_t *list = column(samples, blocks, m);
        if (list)
            put(all, metric_infos[m].key, list);
    }
    return all;
}

static json_t *numbers(const double *x, unsigned n)
{
    json_t *list;

    if (!x)
        return json_null();
    list = json_array();
    for (unsigned i = 0; i < n; i++)
        push(list, number(x[i]));
    return list;
}

static void put_samples(json_t *to, const struct sample *samples,
                        unsigned blocks, unsigned threads)
{
    json_t *there = json_array(), *outlier = json_array();
    json_t *shares = json_array();

    for (unsigned i = 0; i < blocks; i++) {
        const struct sample *s = &samples[i];
        push(there, json_boolean(s->is_there));
        push(outlier, json_boolean(s->is_outlier));
        push(shares, numbers(s->is_there ? s->shares : NULL, threads));
    }
    put(to, "there", there);
    put(to, "outlier", outlier);
    put(to, "values", values(samples, blocks));
    put(to, "shares", shares);
}

static json_t *buckets(const struct histogram *h)
{
    json_t *list = json_array();

    for (unsigned i = 0; i < HISTOGRAM_BUCKETS; i++) {
        json_t *pair;
        if (h->counts[i] == 0)
            continue;
        pair = json_array();
        push(pair, json_integer((json_int_t)histogram_floor(i)));
        push(pair, json_integer((json_int_t)h->counts[i]));
        push(list, pair);
    }
    return list;
}

static json_t *holders(const struct contestant *c)
{
    json_t *list = json_array();
    for (unsigned i = 0; i < c->n_holders; i++)
        push(list, json_integer(c->holders[i]));
    return list;
}

static json_t *contestant(const struct contestant *c, unsigned blocks,
                          unsigned threads)
{
    json_t *all = json_object();

    put(all, "peer", text(c->peer));
    put(all, "fault", text_or_null(c->fault));
    put_samples(all, c->samples, c->samples ? blocks : 0, threads);
    put(all, "waits", buckets(&c->waits));
    put(all, "holders", holders(c));
    return all;
}

static json_t *cell_of(const struct results *r, const struct cell *cell)
{
    const struct shape *shape = &cell->shape;
    json_t *all = json_object(), *list = json_array();

    put(all, "primitive", text(cell->primitive));
    put(all, "workload", text(cell->workload));
    put(all, "operation", text(cell->operation));
    put(all, "waiting", text_or_null(cell->waiting));
    put(all, "threads", json_integer(shape->threads));
    put(all, "cs_ns", number(shape->cs));
    put(all, "ncs_ns", number(shape->ncs));
    put(all, "locks", json_integer(shape->locks));
    put(all, "permits", json_integer(shape->permits));
    put(all, "beside", json_integer(shape->beside));
    put(all, "pin", json_integer(shape->pin));
    put(all, "shake", json_boolean(shape->shake));
    for (unsigned i = 0; i < cell->count; i++)
        push(list,
             contestant(&cell->contestants[i], r->blocks, shape->threads));
    put(all, "contestants", list);
    return all;
}

/* Writes the value after `before`, and frees it.  */
static bool dump(FILE *out, const char *before, json_t *value)
{
    bool is_written =
        fputs(before, out) >= 0 && json_dumpf(value, out, flags) == 0;
    json_decref(value);
    return is_written;
}

static bool dump_preface(FILE *out, const struct results *r)
{
    json_t *all = preface(r), *value;
    const char *key, *before = "{";
    bool is_written = true;

    json_object_foreach(all, key, value)
    {
        is_written = is_written && dump(out, before, text(key))
                     && dump(out, ":", json_incref(value));
        before = ",\n";
    }
    json_decref(all);
    return is_written;
}

static bool dump_all(FILE *out, const struct results *r)
{
    bool is_written = dump_preface(out, r) && fputs(",\n\"cells\":[", out) >= 0;

    for (unsigned i = 0; is_written && i < r->n_cells; i++)
        is_written = dump(out, i > 0 ? ",\n" : "\n", cell_of(r, &r->cells[i]));
    return is_written && fputs("\n]}\n", out) >= 0;
}

/* Closes the stream in any case.  */
static int write_and_close(FILE *out, const struct results *r)
{
    bool is_written = dump_all(out, r) && fflush(out) == 0;
    int error = errno;

    if (fclose(out) != 0 && is_written)
        return -1;
    errno = error;
    return is_written ? 0 : -1;
}

/* Opens a new file by the template `name`, which then is its name, with the
   rights that any new file has.  */
static FILE *open_new(char *name)
{
    int fd = mkstemp(name);
    mode_t mask = umask(0);

    umask(mask);
    if (fd < 0)
        return NULL;
    fchmod(fd, 0666 & ~mask);
    return fdopen(fd, "w");
}

static int replace(const struct results *r, const char *path)
{
    size_t size = strlen(path) + sizeof ".XXXXXX";
    char *name = memory_new(size, 1);
    FILE *out;
    int result = -1;

    snprintf(name, size, "%s.XXXXXX", path);
    out = open_new(name);
    if (out) {
        result = write_and_close(out, r);
        if (result == 0)
            result = rename(name, path);
        if (result != 0) {
            int error = errno;
            unlink(name);
            errno = error;
        }
    }
    free(name);
    return result;
}

/* A terminal or a pipe, as /dev/stdout may be, can't be replaced, and a link
   stays one: what it leads to is written.  */
int json_save(const struct results *r, const char *path)
{
    struct stat status;
    FILE *out;

    json_set_alloc_funcs(allocate, free);
    if (lstat(path, &status) != 0 || S_ISREG(status.st_mode))
        return replace(r, path);
    out = fopen(path, "w");
    return out ? write_and_close(out, r) : -1;
}
