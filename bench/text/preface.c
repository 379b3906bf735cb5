/* preface.c -- see preface.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "text/preface.h"

#include <math.h>
#include <string.h>

#include "text/figure.h"
#include "text/paragraph.h"
#include "text/verdicts.h"

enum { INDENT = 14 };

static void print_facts(const struct results *r, FILE *out)
{
    for (unsigned i = 0; i < r->n_facts; i++)
        paragraph_print(out, r->facts[i].key, INDENT, "%s", r->facts[i].value);
}

static unsigned count_runs(const struct results *r)
{
    unsigned n = 0;
    for (unsigned i = 0; i < r->n_cells; i++)
        n += r->cells[i].count;
    return n;
}

static void print_plan(const struct results *r, FILE *out)
{
    paragraph_print(out, "work", INDENT, "a step of it takes %s",
                    figure_spaced_time(r->step).text);
    paragraph_print(out, "plan", INDENT, "%u blocks of %u runs of %s",
                    r->planned, count_runs(r),
                    figure_spaced_time(r->seconds * 1e9).text);
    if (r->blocks < r->planned)
        paragraph_print(out, r->is_cut ? "interrupted" : "stopped", INDENT,
                        "after %u of %u blocks: all below is from %s.",
                        r->blocks, r->planned,
                        r->blocks == 0   ? "none"
                        : r->blocks == 1 ? "that one"
                                         : "those");
}

/* In percent.  */
static double difference(double factor)
{
    return (factor - 1) * 100;
}

void preface_write_noise(const struct results *r, FILE *out)
{
    struct noise noise = analyze_all_noise(r);

    if (!noise.where || isnan(noise.median)) {
        fprintf(out, "unknown: there are no runs of %s to compare.",
                r->against);
        return;
    }
    fprintf(out,
            "%s against itself: %.1f %% in the median cell, %.1f %% in the "
            "worst (",
            r->against, difference(noise.median), difference(noise.worst));
    verdicts_name(noise.where, out);
    fprintf(out,
            ").  This machine, today, cannot see differences under %.1f %%; "
            "each cell is judged by its own noise.",
            difference(noise.median));
}

static void print_noise(const struct results *r, FILE *out)
{
    struct paragraph p;

    paragraph_begin(&p);
    preface_write_noise(r, p.file);
    paragraph_end(&p, out, "noise floor", INDENT);
}

/* Whether contestant i should be as fast as the baseline: a thin wrapper of the
   C library's mutexes.  Their other primitives do work of their own; and where
   nobody waits one more call has its price.  */
static bool is_control(const struct cell *cell, unsigned i)
{
    const char *peer = cell->contestants[i].peer;
    return cell->waiting && cell->shape.threads > 1
           && strcmp(cell_baseline(cell)->peer, "pthread") == 0
           && (strcmp(peer, "uv") == 0 || strcmp(peer, "boost") == 0)
           && (strcmp(cell->primitive, "lock") == 0
               || strcmp(cell->primitive, "rlock") == 0);
}

/* Writes where controls differ from the baseline.  Returns how many are judged,
   and in *off how many differ.  */
static unsigned write_deviations(const struct survey *s, unsigned *off,
                                 FILE *out)
{
    unsigned n = 0;

    *off = 0;
    for (unsigned i = 0; i < s->r->n_cells; i++) {
        const struct cell *cell = s->cells[i];
        for (unsigned j = 0; survey_is_rival(cell, j); j++) {
            const struct summary *x = survey_of(s, cell, j);
            if (!is_control(cell, j) || !survey_has_verdict(s, cell, j))
                continue;
            n++;
            if (x->verdict == NO_DIFFERENCE)
                continue;
            fprintf(out, "%s %s, ", (*off)++ ? ";" : "",
                    cell->contestants[j].peer);
            verdicts_name(cell, out);
            fprintf(out, ": %s", figure_interval(x->ratio).text);
        }
    }
    return n;
}

bool preface_write_controls(const struct survey *s, FILE *out)
{
    struct paragraph where;
    unsigned n, off;

    paragraph_begin(&where);
    n = write_deviations(s, &off, where.file);
    fflush(where.file);
    if (n > 0)
        fputs("uv's and boost's mutexes wrap pthread's; under contention a "
              "ratio beyond the noise is a reason to doubt the harness.  ",
              out);
    if (n > 0 && off == 0)
        fprintf(out, "None of %u differs beyond the noise.", n);
    else if (n > 0)
        fprintf(out, "%u of %u %s beyond the noise:%s.", off, n,
                off == 1 ? "differs" : "differ", where.text);
    paragraph_drop(&where);
    return n > 0;
}

static void print_controls(const struct survey *s, FILE *out)
{
    struct paragraph p;

    paragraph_begin(&p);
    if (preface_write_controls(s, p.file))
        paragraph_end(&p, out, "controls", INDENT);
    else
        paragraph_drop(&p);
}

static void print_legend(const struct results *r, FILE *out)
{
    paragraph_print(
        out, "columns", INDENT,
        "ratio: to %s in the same block [95 %% interval]; (noise): %s to "
        "itself; hand: handovers to another thread; p50 p99 max: waits; *: "
        "outliers, kept; idle: free yet wanted; Jain: 1 is fair; J10: over 10 "
        "turns a thread; bypass: overtaken in one wait; /Mop, /kop: for a "
        "million, a thousand operations; beside: speed that a bystander kept; "
        "n/a: not known.  More is in bench/README.",
        r->against, r->against);
}

void preface_print_machine(const struct results *r, FILE *out)
{
    print_facts(r, out);
    print_plan(r, out);
}

void preface_print(const struct survey *s, FILE *out)
{
    preface_print_machine(s->r, out);
    print_noise(s->r, out);
    print_controls(s, out);
    print_legend(s->r, out);
}
