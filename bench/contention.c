/* contention.c -- how fast interlock is with threads in each other's way, next
   to other libraries: the order of work.

   A block has each contestant of each cell once: the contestants of a cell one
   directly after the other, in a random order, and the cells in a random order,
   each run in a fresh process.  What a noisy machine does to one contestant it
   does, over the blocks, to all, and the ratio of two is taken within a block.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "html/html.h"
#include "launch.h"
#include "listing.h"
#include "machine/machine.h"
#include "memory.h"
#include "options.h"
#include "plan.h"
#include "programs.h"
#include "progress.h"
#include "random.h"
#include "results/analysis.h"
#include "results/compare.h"
#include "results/csv.h"
#include "results/json.h"
#include "sample.h"
#include "text/markdown.h"
#include "text/table.h"

enum { EXIT_INTERRUPTED = 130, WHY_SIZE = 200 };

static volatile sig_atomic_t interrupted;

static void interrupt(int signal)
{
    (void)signal;
    interrupted = 1;
    launch_interrupted = 1;
}

/* A second signal ends the program at once.  */
static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = interrupt,
                               .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

/* Makes order[0 .. n - 1] a random order of 0 .. n - 1.  */
static void shuffle(unsigned *order, unsigned n, uint64_t *seed)
{
    for (unsigned i = 0; i < n; i++) {
        unsigned j = random_below(seed, i + 1);
        order[i] = order[j];
        order[j] = i;
    }
}

/* What is needed to make the runs.  */
struct contest {
    const struct options *options;
    struct results *results;
    struct plan_of_work *plan;
    struct progress progress;
    uint64_t seed;
};

/* A run that is cut short is no fault of the contestant.  */
static void run_one(struct contest *all, unsigned cell, unsigned i,
                    unsigned block)
{
    struct results *r = all->results;
    struct contestant *c = &r->cells[cell].contestants[i];

    unsigned blocks = all->plan->orders[cell].blocks;

    if (c->fault || interrupted || (blocks > 0 && block >= blocks))
        return;
    progress_show(&all->progress, block, &r->cells[cell], c->peer);
    if (!sample_take(&r->cells[cell], &all->plan->orders[cell], i, block,
                     r->step)
        && interrupted) {
        free(c->fault);
        c->fault = NULL;
    }
}

static void run_cell(struct contest *all, unsigned cell, unsigned block)
{
    unsigned n = all->results->cells[cell].count;
    unsigned *order = memory_new(n, sizeof *order);

    shuffle(order, n, &all->seed);
    for (unsigned i = 0; i < n; i++)
        run_one(all, cell, order[i], block);
    free(order);
}

static void run_block(struct contest *all, unsigned block)
{
    unsigned n = all->results->n_cells;
    unsigned *order = memory_new(n, sizeof *order);

    shuffle(order, n, &all->seed);
    for (unsigned i = 0; i < n; i++)
        run_cell(all, order[i], block);
    free(order);
}

static void complain(const char *what, const char *path)
{
    fprintf(stderr, "contention: %s %s: %s.\n", path, what, strerror(errno));
}

static bool save_json(const struct options *o, const struct results *r)
{
    if (!o->json || json_save(r, o->json) == 0)
        return true;
    complain("cannot be written", o->json);
    return false;
}

/* The blocks that are finished are in the file whatever comes.  */
static bool measure(struct contest *all)
{
    struct results *r = all->results;
    bool ok = true;

    progress_begin(&all->progress, r->planned, all->plan);
    for (unsigned i = 0; ok && i < r->planned && !interrupted; i++) {
        run_block(all, i);
        if (interrupted)
            break;
        r->blocks = i + 1;
        ok = save_json(all->options, r);
    }
    r->is_cut = interrupted && r->blocks < r->planned;
    progress_end(&all->progress);
    return ok;
}

static bool write_with(const char *path, const struct results *r,
                       int (*write)(const struct results *, FILE *))
{
    FILE *f;
    bool ok;

    if (!path)
        return true;
    f = fopen(path, "w");
    if (!f) {
        complain("cannot be opened", path);
        return false;
    }
    ok = write(r, f) == 0;
    ok = fclose(f) == 0 && ok;
    if (!ok)
        complain("cannot be written", path);
    return ok;
}

/* Writes all that is asked for; the table last, since who reads it may leave
   early.  */
static bool write_reports(const struct options *o, const struct results *r)
{
    bool ok = save_json(o, r);

    ok &= write_with(o->csv, r, csv_write);
    ok &= write_with(o->html, r, html_write);
    ok &= write_with(o->markdown, r, markdown_write);
    if (o->svg && html_write_plots(r, o->svg) != 0) {
        complain("cannot be written", o->svg);
        ok = false;
    }
    table_print(r, stdout);
    return ok;
}

/* The arguments, for a shell.  */
static char *join_arguments(int argc, char **argv)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=,./:";
    char *text = memory_copy("bench/contention");

    for (int i = 1; i < argc; i++) {
        bool is_plain = argv[i][strspn(argv[i], plain)] == '\0';
        size_t used = strlen(text), more = strlen(argv[i]) + 4;
        text = memory_grow(text, used + more, 1);
        snprintf(text + used, more, is_plain ? " %s" : " '%s'", argv[i]);
    }
    return text;
}

static void note_begin(struct results *r, const struct options *o)
{
    char date[32];
    time_t now = time(NULL);
    struct tm utc;

    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    r->date = memory_copy(date);
    r->against = memory_copy(o->against);
    r->planned = o->blocks;
    r->step = machine_step_ns();
}

/* Finds out before measuring, and not after, what cannot be written.  */
static void check_file(const char *path)
{
    FILE *f;

    if (!path)
        return;
    f = fopen(path, "a");
    if (!f)
        refuse("%s cannot be written: %s", path, strerror(errno));
    fclose(f);
}

static void check_outputs(const struct options *o)
{
    check_file(o->json);
    check_file(o->csv);
    check_file(o->html);
    check_file(o->markdown);
    if (o->svg && mkdir(o->svg, 0777) != 0 && errno != EEXIST)
        refuse("the folder %s cannot be made: %s", o->svg, strerror(errno));
}

static void note_pinning(struct results *r, const struct options *o)
{
    static const char *const words[] = {"not bound to CPUs",
                                        "each bound to the next CPU",
                                        "all bound to one CPU"};
    results_note(r, "threads", words[o->pin]);
}

static int run_contest(const struct options *o, struct results *r)
{
    struct plan_of_work plan = {NULL, 0, 0};
    struct contest all = {.options = o, .results = r, .plan = &plan, .seed = 1};
    bool ok;

    note_begin(r, o);
    programs_find();
    plan_make(o, r, &plan);
    check_outputs(o);
    listing_note_absences(r);
    machine_facts(r);
    note_pinning(r, o);
    machine_watch();
    catch_signals();
    ok = measure(&all);
    machine_note_others(r);
    plan_free(&plan, r);
    if (r->blocks == 0) {
        fputs("contention: interrupted before a block was finished.\n", stderr);
        return EXIT_INTERRUPTED;
    }
    analyze_outliers(r);
    ok &= write_reports(o, r);
    if (r->is_cut && ok)
        return EXIT_INTERRUPTED;
    return ok && !results_has_fault(r) ? EXIT_SUCCESS : EXIT_FAILURE;
}

static void load(struct results *r, const char *path)
{
    char why[WHY_SIZE];
    if (json_load(r, path, why, sizeof why) != 0) {
        fprintf(stderr, "contention: %s\n", why);
        exit(EXIT_USAGE);
    }
}

static int run_report(const struct options *o, struct results *r)
{
    check_outputs(o);
    load(r, o->files[0]);
    analyze_outliers(r);
    return write_reports(o, r) ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int run_compare(const struct options *o)
{
    struct results before = {0}, after = {0};
    int status;

    load(&before, o->files[0]);
    load(&after, o->files[1]);
    status = (int)compare_results(&before, &after, stdout);
    results_free(&before);
    results_free(&after);
    return status;
}

int main(int argc, char **argv)
{
    char *command = join_arguments(argc, argv);
    struct options o;
    struct results r = {0};
    int status = EXIT_SUCCESS;

    setlocale(LC_CTYPE, "");
    options_read(&o, argc, argv);
    r.command = o.command == MEASURE ? memory_copy(command) : NULL;
    if (o.command == LIST) {
        programs_find();
        listing_print(stdout);
    } else if (o.command == DOCTOR) {
        machine_doctor(stdout);
    } else if (o.command == COMPARE) {
        status = run_compare(&o);
    } else if (o.command == REPORT) {
        status = run_report(&o, &r);
    } else {
        status = run_contest(&o, &r);
    }
    free(command);
    results_free(&r);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        complain("cannot be written", "what is printed");
        return status ? status : EXIT_FAILURE;
    }
    return status;
}
