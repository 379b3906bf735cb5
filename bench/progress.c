/* progress.c -- see progress.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "now.h"

enum { MINUTE = 60, WIDTH = 79 };

static const double often = 0.2; /* seconds between two lines */

static void format_time(char *text, size_t size, double seconds)
{
    unsigned s = seconds > 0 ? (unsigned)(seconds + 0.5) : 0;

    if (s < 2 * MINUTE)
        snprintf(text, size, "%u s", s);
    else
        snprintf(text, size, "%u min %u s", s / MINUTE, s % MINUTE);
}

static void print_line(const char *line)
{
    fprintf(stderr, "\r%-*.*s", WIDTH, WIDTH, line);
}

void progress_begin(struct progress *p, unsigned blocks,
                    const struct plan_of_work *plan)
{
    *p = (struct progress){
        .is_shown = isatty(STDERR_FILENO),
        .blocks = blocks,
        .runs = blocks * plan->runs,
        .began = now(),
        .expected = blocks * plan->total,
    };
}

/* After a tenth of the runs, their time tells more than the plan.  */
static double time_left(const struct progress *p)
{
    double spent = now() - p->began;
    double share = (double)p->done / p->runs;
    double all = share > 0.1 ? spent / share : p->expected;

    return all - spent;
}

void progress_show(struct progress *p, unsigned block, const struct cell *cell,
                   const char *peer)
{
    char left[32], line[200];
    double t = now();

    p->done++;
    if (!p->is_shown || t - p->shown < often)
        return;
    p->shown = t;
    format_time(left, sizeof left, time_left(p));
    snprintf(line, sizeof line,
             "block %u of %u, %s left: %s %s, %u thread%s: %s", block + 1,
             p->blocks, left, cell->primitive, cell->workload,
             cell->shape.threads, cell->shape.threads == 1 ? "" : "s", peer);
    print_line(line);
}

void progress_end(struct progress *p)
{
    if (!p->is_shown)
        return;
    print_line("");
    fputc('\r', stderr);
}
