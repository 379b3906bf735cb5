/* csv.c -- see csv.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "results/csv.h"

#include <math.h>
#include <string.h>

static void print_text(FILE *out, const char *s)
{
    if (!strpbrk(s, ",\"\r\n")) {
        fputs(s, out);
        return;
    }
    putc('"', out);
    for (; *s; s++) {
        if (*s == '"')
            putc('"', out);
        putc(*s, out);
    }
    putc('"', out);
}

static void print_number(FILE *out, double x)
{
    if (isfinite(x))
        fprintf(out, "%.6g", x);
}

static void print_titles(FILE *out)
{
    fputs("primitive,workload,threads,cs_ns,ncs_ns,locks,permits,beside,pin,"
          "shake,peer,baseline,fault,block,outlier",
          out);
    for (unsigned m = 0; m < METRICS; m++)
        fprintf(out, ",%s", metric_infos[m].key);
    putc('\n', out);
}

/* Prints what the lines of a contestant begin with.  */
static void print_contestant(FILE *out, const struct cell *cell, unsigned i)
{
    const struct contestant *c = &cell->contestants[i];
    const struct shape *shape = &cell->shape;

    print_text(out, cell->primitive);
    putc(',', out);
    print_text(out, cell->workload);
    fprintf(out, ",%u,", shape->threads);
    print_number(out, shape->cs);
    putc(',', out);
    print_number(out, shape->ncs);
    fprintf(out, ",%u,%u,%u,%u,%d,", shape->locks, shape->permits,
            shape->beside, (unsigned)shape->pin, shape->shake);
    print_text(out, c->peer);
    putc(',', out);
    if (i >= cell->count - BASELINES)
        fprintf(out, "%u", i - (cell->count - BASELINES) + 1);
    putc(',', out);
    print_text(out, c->fault ? c->fault : "");
}

static void print_sample(FILE *out, const struct sample *s, unsigned block)
{
    fprintf(out, ",%u,%d", block, s->is_outlier);
    for (unsigned m = 0; m < METRICS; m++) {
        putc(',', out);
        print_number(out, s->values[m]);
    }
    putc('\n', out);
}

static void print_nothing(FILE *out)
{
    putc(',', out); /* no block */
    putc(',', out);
    for (unsigned m = 0; m < METRICS; m++)
        putc(',', out);
    putc('\n', out);
}

static void print_samples(FILE *out, const struct results *r,
                          const struct cell *cell, unsigned i)
{
    const struct contestant *c = &cell->contestants[i];
    bool any = false;

    for (unsigned block = 0; c->samples && block < r->blocks; block++) {
        if (!c->samples[block].is_there)
            continue;
        print_contestant(out, cell, i);
        print_sample(out, &c->samples[block], block + 1);
        any = true;
    }
    if (any || !c->fault)
        return;
    print_contestant(out, cell, i);
    print_nothing(out);
}

int csv_write(const struct results *r, FILE *out)
{
    print_titles(out);
    for (unsigned i = 0; i < r->n_cells; i++) {
        for (unsigned j = 0; j < r->cells[i].count; j++)
            print_samples(out, r, &r->cells[i], j);
    }
    return fflush(out) == 0 && !ferror(out) ? 0 : -1;
}
