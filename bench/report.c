/* report.c -- see report.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "report.h"

#include <stdio.h>

#include "stats.h"

/* What the blocks of one contestant come to: medians.  */
struct summary {
    double rate;
    double fairness;
    double cpu;
    bool is_judged;        /* the baseline's self-check held, and its own */
    struct interval ratio; /* to the baseline; of the baseline, to itself */
    enum verdict verdict;
};

static struct summary summaries[MAX_CELLS][MAX_CONTESTANTS];

static const char *const verdicts[] = {
    [FASTER] = "faster",
    [SLOWER] = "slower",
    [NO_DIFFERENCE] = "no difference shown",
    [TOO_FEW] = "too few blocks",
};

static const struct contestant *baseline(const struct cell *cell)
{
    return &cell->contestants[cell->count - BASELINES];
}

/* How much faster c was than the baseline, in one block.  */
static double block_ratio(const struct cell *cell, const struct contestant *c,
                          unsigned block)
{
    const struct contestant *base = baseline(cell);
    double first = base[0].samples[block].rate;
    double second = base[1].samples[block].rate;
    if (c == base)
        return first / second;
    return c->samples[block].rate / ((first + second) / 2);
}

static struct summary summarize(const struct contestant *c, unsigned blocks)
{
    double rate[STATS_MAX], fairness[STATS_MAX], cpu[STATS_MAX];

    for (unsigned i = 0; i < blocks; i++) {
        rate[i] = c->samples[i].rate;
        fairness[i] = c->samples[i].fairness;
        cpu[i] = c->samples[i].cpu;
    }
    return (struct summary){
        .rate = stats_median(rate, blocks),
        .fairness = stats_median(fairness, blocks),
        .cpu = stats_median(cpu, blocks),
    };
}

static struct interval ratio_of(const struct cell *cell,
                                const struct contestant *c, unsigned blocks)
{
    double ratio[STATS_MAX];
    for (unsigned i = 0; i < blocks; i++)
        ratio[i] = block_ratio(cell, c, i);
    return stats_interval(ratio, blocks);
}

static bool baseline_is_broken(const struct cell *cell)
{
    return baseline(cell)[0].fault[0] || baseline(cell)[1].fault[0];
}

static void summarize_cell(const struct cell *cell, struct summary *s,
                           unsigned blocks)
{
    double noise = 1;

    if (!baseline_is_broken(cell))
        noise = stats_noise(ratio_of(cell, baseline(cell), blocks));
    for (unsigned i = 0; i < cell->count; i++) {
        const struct contestant *c = &cell->contestants[i];
        if (c->fault[0])
            continue;
        s[i] = summarize(c, blocks);
        s[i].is_judged = !baseline_is_broken(cell);
        if (!s[i].is_judged)
            continue;
        s[i].ratio = ratio_of(cell, c, blocks);
        s[i].verdict = stats_verdict(s[i].ratio, noise, blocks);
    }
}

static void print_rate(double rate)
{
    if (rate >= 1e6)
        printf(" %7.2fM", rate / 1e6);
    else if (rate >= 1e3)
        printf(" %7.2fk", rate / 1e3);
    else
        printf(" %7.1f ", rate);
}

/* A ratio in three digits, or as many as it has before the point.  */
static void format_ratio(char *text, size_t size, double ratio)
{
    snprintf(text, size, "%.*f",
             ratio < 9.995   ? 2
             : ratio < 99.95 ? 1
                             : 0,
             ratio);
}

static void print_interval(struct interval x)
{
    char median[16], low[16], high[16], both[40];

    format_ratio(median, sizeof median, x.median);
    format_ratio(low, sizeof low, x.low);
    format_ratio(high, sizeof high, x.high);
    snprintf(both, sizeof both, "%s..%s", low, high);
    printf(" %6s  %-12s", median, both);
}

/* Prints a contestant's row.  */
static void print_row(const struct cell *cell, const struct contestant *c,
                      const struct summary *s)
{
    printf("%3u  %-10s", cell->load.threads, c->peer->name);
    if (c->fault[0]) {
        printf(" BROKEN: %s\n", c->fault);
        return;
    }
    print_rate(s->rate);
    printf(" %5.2f %7.*f", s->fairness, s->cpu < 999.95, s->cpu);
    if (s->is_judged) {
        print_interval(s->ratio);
        printf("  %s", c == baseline(cell) ? "(noise)" : verdicts[s->verdict]);
    }
    putchar('\n');
}

static void print_heading(enum primitive p)
{
    printf("\n%s: %s\n", primitive_names[p], primitive_workload(p)->operation);
    printf("thr  %-10s %8s %5s %7s %6s  %-12s  %s\n", "peer", "ops/s", "fair",
           "cpu ns", "ratio", "95%", "verdict");
}

/* The second baseline has no row unless it is broken.  */
static void print_cell(const struct cell *cell, const struct summary *s)
{
    for (unsigned i = 0; i < cell->count; i++) {
        const struct contestant *c = &cell->contestants[i];
        if (c->fault[0] || i < cell->count - 1)
            print_row(cell, c, &s[i]);
    }
}

static bool is_first_of_primitive(const struct cell *cells, unsigned i)
{
    return i == 0 || cells[i].primitive != cells[i - 1].primitive;
}

static void print_noise(const struct contest *all)
{
    double noise[MAX_CELLS], worst = 0;
    const struct cell *where = NULL;
    unsigned count = 0;

    for (unsigned i = 0; i < all->n; i++) {
        const struct cell *cell = &all->cells[i];
        const struct summary *s = &summaries[i][cell->count - BASELINES];
        double percent = (stats_noise(s->ratio) - 1) * 100;
        if (!s->is_judged)
            continue;
        noise[count++] = percent;
        if (!where || percent > worst) {
            worst = percent;
            where = cell;
        }
    }
    if (where)
        printf("noise    %s against itself: %.1f%% in the median cell,\n"
               "         %.1f%% in the worst (%s, threads %u)\n",
               all->against->name, stats_median(noise, count), worst,
               primitive_names[where->primitive], where->load.threads);
}

/* Notes in is[i] whether `peer` got that verdict in the i-th cell.  Returns in
   how many it did.  */
static unsigned tally(const struct contest *all, const struct peer *peer,
                      enum verdict verdict, bool *is)
{
    unsigned count = 0;

    for (unsigned i = 0; i < all->n; i++) {
        const struct cell *cell = &all->cells[i];
        is[i] = false;
        for (unsigned j = 0; j < cell->count - BASELINES; j++) {
            const struct summary *s = &summaries[i][j];
            if (cell->contestants[j].peer == peer)
                is[i] = s->is_judged && s->verdict == verdict;
        }
        count += is[i];
    }
    return count;
}

/* Where it is slower is said in full.  */
static void print_verdict(const struct contest *all, const struct peer *peer)
{
    bool is[MAX_CELLS];

    printf("\nverdict  %s against %s, in cells:\n", peer->name,
           all->against->name);
    for (unsigned v = FASTER; v <= TOO_FEW; v++) {
        unsigned count = tally(all, peer, (enum verdict)v, is);
        if (count == 0)
            continue;
        printf("%8u %s\n", count, verdicts[v]);
        for (unsigned i = 0; v == SLOWER && i < all->n; i++) {
            if (is[i])
                printf("           %s, threads %u\n",
                       primitive_names[all->cells[i].primitive],
                       all->cells[i].load.threads);
        }
    }
}

void report(const struct contest *all)
{
    for (unsigned i = 0; i < all->n; i++)
        summarize_cell(&all->cells[i], summaries[i], all->blocks);
    print_noise(all);
    for (unsigned i = 0; i < all->n; i++) {
        if (is_first_of_primitive(all->cells, i))
            print_heading(all->cells[i].primitive);
        print_cell(&all->cells[i], summaries[i]);
    }
    for (unsigned i = 0; i < all->n_peers; i++)
        print_verdict(all, all->peers[i]);
}

bool report_broken(const struct contest *all)
{
    bool any = false;

    for (unsigned i = 0; i < all->n; i++) {
        const struct cell *cell = &all->cells[i];
        for (unsigned j = 0; j < cell->count; j++) {
            const struct contestant *c = &cell->contestants[j];
            if (!c->fault[0])
                continue;
            printf("\nBROKEN   %s of %s, threads %u:\n         %s\n",
                   primitive_names[cell->primitive], c->peer->name,
                   cell->load.threads, c->fault);
            any = true;
        }
    }
    return any;
}
