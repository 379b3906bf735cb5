/* contention.c -- how fast interlock is with threads in each other's way, next
   to other libraries: the order of work.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "harness.h"
#include "machine.h"
#include "options.h"
#include "report.h"

static struct contest contest;

/* By default a lone thread makes no steps: it asks what a pair of calls costs
   that nobody else wants.  */
static struct load load_of(const struct options *o, unsigned threads)
{
    struct load load = {threads, threads == 1 ? 0 : 20, threads == 1 ? 0 : 100};
    if (o->cs >= 0)
        load.cs = (uint32_t)o->cs;
    if (o->ncs >= 0)
        load.ncs = (uint32_t)o->ncs;
    return load;
}

static void add_contestant(struct cell *cell, const struct peer *peer)
{
    struct contestant *c = &cell->contestants[cell->count];
    if (!peer->entrants[cell->primitive])
        return;
    cell->count++;
    c->peer = peer;
    c->samples = calloc(contest.blocks, sizeof *c->samples);
    if (!c->samples) {
        fputs("contention: there is no memory.\n", stderr);
        exit(EXIT_FAILURE);
    }
}

/* Adds the cell, if there is somebody to compare and to compare with.  */
static void add_cell(const struct options *o, enum primitive p,
                     unsigned threads)
{
    struct cell *cell = &contest.cells[contest.n];

    if (!primitive_workload(p)->fits(threads) || !o->against->entrants[p])
        return;
    *cell = (struct cell){.primitive = p, .load = load_of(o, threads)};
    for (unsigned i = 0; i < o->n_peers; i++)
        add_contestant(cell, o->peers[i]);
    if (cell->count == 0)
        return;
    for (int i = 0; i < BASELINES; i++)
        add_contestant(cell, o->against);
    contest.n++;
}

static void set_up(const struct options *o)
{
    contest.blocks = (unsigned)o->blocks;
    contest.seconds = o->seconds;
    contest.against = o->against;
    for (unsigned i = 0; i < o->n_peers; i++)
        contest.peers[contest.n_peers++] = o->peers[i];
    for (unsigned p = 0; p < PRIMITIVES; p++) {
        for (unsigned i = 0; o->primitive[p] && i < o->n_threads; i++)
            add_cell(o, (enum primitive)p, o->threads[i]);
    }
    if (contest.n == 0)
        refuse("none of these peers has these primitives with these threads");
}

static void print_plan(const struct options *o)
{
    struct load lone = load_of(o, 1), other = load_of(o, 2);
    unsigned runs = 0;

    for (unsigned i = 0; i < contest.n; i++)
        runs += contest.cells[i].count;
    printf("load     cs %u, ncs %u steps of %.2f ns; 1 thread: cs %u, ncs %u\n",
           other.cs, other.ncs, harness_step_ns(), lone.cs, lone.ncs);
    printf("plan     %u blocks of %u runs of %g s: about %.0f s\n",
           contest.blocks, runs, contest.seconds,
           contest.blocks * runs * contest.seconds);
    fflush(stdout);
}

/* Runs all blocks.  Returns false if threads hang.  */
static bool measure(void)
{
    bool shows = isatty(STDERR_FILENO), ok = true;

    for (unsigned i = 0; ok && i < contest.blocks; i++) {
        if (shows)
            fprintf(stderr, "\rblock %u of %u", i + 1, contest.blocks);
        ok = harness_block(&contest, i);
    }
    if (shows)
        fputs("\r                    \r", stderr);
    return ok;
}

int main(int argc, char **argv)
{
    struct options o;

    read_options(&o, argc, argv);
    set_up(&o);
    machine_print();
    print_plan(&o);
    machine_watch();
    if (measure()) {
        machine_print_others();
        report(&contest);
    }
    return report_broken(&contest) ? EXIT_FAILURE : EXIT_SUCCESS;
}
