/* emit.c -- see emit.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "run/emit.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { HOLDERS_SHOWN = 2000 };

static void print_number(const char *key, double value)
{
    if (!isfinite(value))
        printf(",\"%s\":null", key);
    else
        printf(",\"%s\":%.9g", key, value);
}

/* Number, or null if it was not measured.  */
static double if_known(bool is_known, double value)
{
    return is_known ? value : (double)NAN;
}

static void print_shares(const struct run *run, const struct readings *x)
{
    fputs(",\"shares\":[", stdout);
    for (unsigned i = 0; i < run->load.threads; i++)
        printf("%s%" PRIu64, i ? "," : "", x->end.ops[i] - x->begin.ops[i]);
    putchar(']');
}

static void print_waits(const struct histogram *h)
{
    bool any = false;

    fputs(",\"waits\":[", stdout);
    for (unsigned i = 0; i < HISTOGRAM_BUCKETS; i++) {
        if (h->counts[i] == 0)
            continue;
        printf("%s[%" PRIu64 ",%" PRIu64 "]", any ? "," : "",
               histogram_floor(i), h->counts[i]);
        any = true;
    }
    putchar(']');
}

static void print_all_waits(struct run *run)
{
    struct histogram *sum = &run->workers[0].waits;
    int64_t longest = -1;
    uint64_t bypass = 0;

    for (unsigned i = 0; i < run->crew; i++) {
        const struct worker *w = &run->workers[i];
        if (i > 0)
            histogram_merge(sum, &w->waits);
        longest = w->wait_max > longest ? w->wait_max : longest;
        bypass = w->bypass > bypass ? w->bypass : bypass;
    }
    print_waits(sum);
    print_number("wait_max",
                 if_known(histogram_total(sum) > 0, (double)longest));
    print_number("bypass", if_known(run->trace.holds, (double)bypass));
}

static void print_trace(const struct run *run)
{
    const struct trace *t = &run->trace;
    struct trace_facts facts = trace_tell(t->holds, t->holds ? t->n : 0,
                                          run->load.threads, run->clock);

    print_number("idle", facts.idle);
    print_number("idle_max", facts.idle_max);
    print_number("jain_short", facts.jain_short);
    if (!run->load.holders)
        return;
    fputs(",\"holders\":[", stdout);
    for (unsigned i = 0; i < t->n && i < HOLDERS_SHOWN; i++)
        printf("%s%u", i ? "," : "", t->holds[i].holder);
    putchar(']');
}

/* Of each waiter a round one is of use.  */
static void print_wakes(const struct run *run)
{
    uint64_t wakes = 0, of_use = 0;

    for (unsigned i = 0; i < run->load.threads; i++) {
        wakes += run->workers[i].wakes;
        of_use += run->workers[i].wake_rounds;
    }
    print_number("wakes", if_known(of_use > 0, (double)wakes / (double)of_use));
}

static void print_wake(const struct run *run)
{
    if (!run->has_wake)
        return;
    printf(",\"wake\":[%.9g,%.9g,%.9g]", run->wake[0], run->wake[1],
           run->wake[2]);
    print_wakes(run);
}

/* Operations between two readings.  */
static double ops_between(const struct run *run, const struct reading *a,
                          const struct reading *b)
{
    double ops = 0;

    for (unsigned i = 0; i < run->crew; i++)
        ops += (double)(b->ops[i] - a->ops[i]);
    return run->shape->is_joint ? ops / run->load.threads : ops;
}

/* As the kernel counts; else as the program counts itself, if all calls come
   by; else nobody knows.  */
static double futexes_of_operation(const struct run *run,
                                   const struct readings *x)
{
    double timed = ops_between(run, &x->timed_begin, &x->timed_end);
    double counted = ops_between(run, &x->begin, &x->end);

    if (!isnan(x->traced_futexes) && timed > 0)
        return x->traced_futexes / timed;
    return if_known(run->entrant->counts_futexes && counted > 0,
                    (double)(x->end.futexes - x->begin.futexes) / counted);
}

/* Those who run beside are switched too, and nobody can tell whose it was; so
   are the threads that meet between two wakes, whose time is not theirs.  */
static void print_counts(const struct run *run, const struct readings *x)
{
    const struct reading *a = &x->begin, *b = &x->end;
    bool hands_over = run->sections && run->load.locks == 1 && !run->is_shared;
    double time = (double)(b->time - a->time);

    print_number("cpu",
                 if_known(!run->has_wake, (double)(b->cpu - a->cpu) / 1e9));
    print_number("kernel", if_known(run->load.beside == 0 && !run->has_wake,
                                    (double)(b->kernel - a->kernel) / 1e9));
    print_number("switches", if_known(run->load.beside == 0 && !run->has_wake,
                                      (double)(b->switches - a->switches)));
    print_number("futexes", futexes_of_operation(run, x));
    print_number("handovers",
                 if_known(hands_over, (double)(b->handovers - a->handovers)));
    print_number("beside", if_known(run->load.beside > 0,
                                    (double)(b->beside - a->beside) * 1e9 / time
                                        / x->beside_alone));
}

/* Where an operation is as long as what is timed of it, none is none.  */
static double count_ops(const struct run *run, const struct readings *x)
{
    bool is_partial = run->has_wake || strcmp(run->shape->name, "timeout") == 0;

    return if_known(!is_partial || run->busy > 0,
                    ops_between(run, &x->begin, &x->end));
}

void emit(struct run *run, const struct readings *x)
{
    double time = (double)(run->busy ? run->busy : x->end.time - x->begin.time);

    printf("{\"fault\":");
    printf(run->fault[0] ? "\"%s\"" : "null", run->fault);
    print_number("ops", count_ops(run, x));
    print_number("time", time / 1e9);
    print_counts(run, x);
    if (!run->shape->has_leader)
        print_shares(run, x);
    print_all_waits(run);
    print_trace(run);
    print_wake(run);
    puts("}");
}
