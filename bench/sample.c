/* sample.c -- see sample.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "sample.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command_line.h"
#include "launch.h"
#include "memory.h"
#include "results/stats.h"

enum {
    GRACE_S = 40, /* more than a program needs to find that it hangs */
    WHY_SIZE = 120,
};

/* To let the kernel count futex calls takes 50 ms: not for a shorter run.  */
static const double watch_seconds = 0.02;

/* Work of so many ns, in steps.  */
static double to_steps(double ns, double step)
{
    return isnan(ns) ? 0 : round(ns / step);
}

/* A twister's are not of a length that could be asked for.  */
static void add_work(struct command_line *c, const struct work_order *order,
                     const struct shape *s, double step)
{
    if (order->workload->extra && strstr(order->workload->extra, "twister")) {
        command_add_number(c, "cs", 1);
        if (strcmp(order->workload->name, "mutexbench-moderate") == 0)
            command_add_number(c, "ncs", 250);
        return;
    }
    command_add_number(c, "cs", to_steps(s->cs, step));
    command_add_number(c, "ncs",
                       to_steps(order->workload->ncs_by_thread
                                    ? order->workload->grid[0].ncs * s->threads
                                    : s->ncs,
                                step));
}

static void make_command(struct command_line *c, const struct cell *cell,
                         const struct work_order *order, unsigned i,
                         unsigned block, double step)
{
    const struct offer *offer = order->offers[i];
    const struct shape *s = &cell->shape;

    command_begin(c, offer->program);
    command_add(c, "run");
    command_add(c, offer->peer);
    command_add(c, offer->primitive);
    command_add(c, offer->loop);
    command_add_number(c, "threads", s->threads);
    add_work(c, order, s, step);
    command_add_number(c, "locks", s->locks);
    command_add_number(c, "permits", s->permits ? s->permits : 1);
    command_add_number(c, "beside", s->beside);
    command_add_number(c, "pin", s->pin);
    command_add_number(c, "shake", s->shake);
    command_add_number(c, "seconds", order->seconds);
    command_add_number(c, "seed", (block + 1) * 1000003.0);
    command_add_number(c, "holders", block == 0);
    command_add_number(c, "watch",
                       block == 0 && order->seconds >= watch_seconds);
    if (order->workload->extra)
        command_add(c, order->workload->extra);
}

/* A number of the object, or NaN.  */
static double number(const json_t *object, const char *key)
{
    const json_t *x = json_object_get(object, key);
    return json_is_number(x) ? json_number_value(x) : (double)NAN;
}

static double item(const json_t *array, size_t i)
{
    const json_t *x = json_array_get(array, i);
    return json_is_number(x) ? json_number_value(x) : (double)NAN;
}

/* Counts the waits of the run to the contestant's, and notes how they are
   distributed.  */
static void read_waits(const json_t *run, struct contestant *c,
                       struct sample *s)
{
    const json_t *waits = json_object_get(run, "waits"), *bucket;
    struct histogram h = {{0}};
    size_t i;

    json_array_foreach(waits, i, bucket)
    {
        double floor = item(bucket, 0), count = item(bucket, 1);
        if (floor >= 0 && count > 0)
            h.counts[histogram_bucket((uint64_t)floor)] += (uint64_t)count;
    }
    histogram_merge(&c->waits, &h);
    s->values[WAIT_MEAN] = histogram_mean(&h);
    s->values[WAIT_P50] = histogram_quantile(&h, 0.5);
    s->values[WAIT_P99] = histogram_quantile(&h, 0.99);
    s->values[WAIT_P999] = histogram_quantile(&h, 0.999);
    s->values[WAIT_MAX] = number(run, "wait_max");
}

static void read_shares(const json_t *run, unsigned threads, struct sample *s)
{
    const json_t *shares = json_object_get(run, "shares");

    if (json_array_size(shares) != threads)
        return;
    s->shares = memory_new(threads, sizeof *s->shares);
    for (unsigned i = 0; i < threads; i++)
        s->shares[i] = item(shares, i);
    if (threads > 1)
        s->values[JAIN] = stats_jain(s->shares, threads);
}

static void read_holders(const json_t *run, struct contestant *c)
{
    const json_t *holders = json_object_get(run, "holders");
    size_t n = json_array_size(holders);

    if (n == 0 || c->holders)
        return;
    c->holders = memory_new(n, sizeof *c->holders);
    c->n_holders = (unsigned)n;
    for (size_t i = 0; i < n; i++)
        c->holders[i] = (unsigned short)item(holders, i);
}

/* No operation at all counts as one, so that there is a ratio.  */
static void read_counts(const json_t *run, struct sample *s)
{
    static const struct {
        enum metric metric;
        const char *key;
        double factor; /* of what is for an operation; 0: of itself */
    } all[] = {
        {HANDOVER, "handovers", 1}, {CPU, "cpu", 1e6},
        {KERNEL, "kernel", 1e6},    {SWITCHES, "switches", 1e3},
        {FUTEXES, "futexes", 0},    {IDLE, "idle", 0},
        {IDLE_MAX, "idle_max", 0},  {BYPASS, "bypass", 0},
        {BESIDE, "beside", 0},      {JAIN_SHORT, "jain_short", 0},
        {WAKES, "wakes", 0},
    };
    double ops = number(run, "ops");

    if (ops < 1)
        ops = 1;
    s->values[RATE] = ops / number(run, "time");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        double x = number(run, all[i].key);
        s->values[all[i].metric] =
            all[i].factor > 0 ? x * all[i].factor / ops : x;
    }
    s->values[FUTEXES] *= 1e3; /* It is of one operation.  */
}

static void read_run(const json_t *run, struct cell *cell, unsigned i,
                     unsigned block)
{
    struct contestant *c = &cell->contestants[i];
    struct sample *s = &c->samples[block];
    const json_t *wake = json_object_get(run, "wake");
    const char *fault = json_string_value(json_object_get(run, "fault"));

    for (unsigned m = 0; m < METRICS; m++)
        s->values[m] = (double)NAN;
    read_counts(run, s);
    read_waits(run, c, s);
    read_shares(run, cell->shape.threads, s);
    read_holders(run, c);
    for (unsigned m = 0; m < 3; m++)
        s->values[WAKE_FIRST + m] = item(wake, m);
    s->is_there = s->values[RATE] > 0;
    if (fault)
        c->fault = memory_copy(fault);
}

bool sample_take(struct cell *cell, const struct work_order *order, unsigned i,
                 unsigned block, double step)
{
    char why[WHY_SIZE];
    struct command_line command;
    json_t *run = NULL;
    char *text;

    make_command(&command, cell, order, i, block, step);
    text = launch(command.argv, order->seconds + GRACE_S, why, sizeof why);
    if (text) {
        run = json_loads(text, 0, NULL);
        snprintf(why, sizeof why, "what it prints is no JSON");
        free(text);
    }
    if (!run) {
        cell->contestants[i].fault = memory_copy(why);
        return false;
    }
    read_run(run, cell, i, block);
    json_decref(run);
    return true;
}
