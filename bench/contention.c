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

#include "goals/judge.h"
#include "html/html.h"
#include "launch.h"
#include "listing.h"
#include "machine/machine.h"
#include "memory.h"
#include "options.h"
#include "plan.h"
#include "plan_goals.h"
#include "programs.h"
#include "progress.h"
#include "random.h"
#include "results/analysis.h"
#include "results/compare.h"
#include "results/csv.h"
#include "results/json.h"
#include "sample.h"
#include "sim/sim.h"
#include "text/goals.h"
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

/* What is reported.  */
struct findings {
    const struct options *options;
    const struct results *r;
    const struct results *goals; /* for the page; or NULL */
    struct court *court;         /* if goals are to be judged */
};

typedef int writer(const struct findings *x, FILE *out);

static int write_csv(const struct findings *x, FILE *out)
{
    return csv_write(x->r, out);
}

static int write_html(const struct findings *x, FILE *out)
{
    return html_write(x->r, out);
}

static int write_markdown(const struct findings *x, FILE *out)
{
    if (!x->court)
        return markdown_write(x->r, x->goals, out);
    fputs("# Goals\n\n", out);
    goals_write_markdown(x->court, out);
    return fflush(out) != 0 || ferror(out) ? -1 : 0;
}

static bool write_with(const char *path, const struct findings *x,
                       writer *write)
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
    ok = write(x, f) == 0;
    ok = fclose(f) == 0 && ok;
    if (!ok)
        complain("cannot be written", path);
    return ok;
}

static bool write_files(const struct findings *x)
{
    const struct options *o = x->options;
    bool ok = save_json(o, x->r);

    ok &= write_with(o->csv, x, write_csv);
    ok &= write_with(o->html, x, write_html);
    ok &= write_with(o->markdown, x, write_markdown);
    if (o->svg && html_write_plots(x->r, o->svg) != 0) {
        complain("cannot be written", o->svg);
        ok = false;
    }
    return ok;
}

/* Judges the goals, and writes all about them.  Returns what to exit with.  */
static int report_goals(struct findings *x)
{
    const struct options *o = x->options;
    struct court court;
    int status;

    court_begin(&court, x->r, o->primitives.items, o->primitives.n);
    x->court = &court;
    status =
        write_files(x) && court.held == court.n ? EXIT_SUCCESS : EXIT_FAILURE;
    goals_print(&court, o->shows_cells, stdout);
    court_end(&court);
    return status;
}

/* Writes all that is asked for; the table last, since who reads it may leave
   early.  Returns what to exit with.  */
static int report_all(struct findings *x)
{
    bool ok;

    if (x->options->command == GOALS)
        return report_goals(x);
    ok = write_files(x);
    table_print(x->r, stdout);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
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

static void check_outputs(const struct options *o)
{
    check_writable(o->json);
    check_writable(o->csv);
    check_writable(o->html);
    check_writable(o->markdown);
    if (o->svg && mkdir(o->svg, 0777) != 0 && errno != EEXIST)
        refuse("the folder %s cannot be made: %s", o->svg, strerror(errno));
}

static void note_pinning(struct results *r, const struct options *o)
{
    static const char *const words[] = {"not bound to CPUs",
                                        "each bound to the next CPU",
                                        "all bound to one CPU"};
    results_note(r, "threads",
                 o->command == GOALS ? "bound to CPUs where the cell says so"
                                     : words[o->pin]);
}

/* A peer that is broken is not fast; but whether interlock meets its goals is
   said by those alone.  */
static int finish_contest(struct findings *x)
{
    const struct results *r = x->r;
    int status = report_all(x);

    if (r->is_cut && (status == EXIT_SUCCESS || x->options->command == GOALS))
        return EXIT_INTERRUPTED;
    if (x->options->command == MEASURE && results_has_fault(r))
        return EXIT_FAILURE;
    return status;
}

static int run_contest(const struct options *o, struct results *r,
                       const struct results *goals)
{
    struct plan_of_work plan = {NULL, 0, 0};
    struct contest all = {.options = o, .results = r, .plan = &plan, .seed = 1};
    struct findings findings = {.options = o, .r = r, .goals = goals};
    bool ok;
    int status;

    note_begin(r, o);
    programs_find("peers");
    (o->command == GOALS ? plan_make_goals : plan_make)(o, r, &plan);
    check_outputs(o);
    listing_note_absences(r, o);
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
    status = finish_contest(&findings);
    return ok || status ? status : EXIT_FAILURE;
}

static void load(struct results *r, const char *path)
{
    char why[WHY_SIZE];
    if (json_load(r, path, why, sizeof why) != 0) {
        fprintf(stderr, "contention: %s\n", why);
        exit(EXIT_USAGE);
    }
}

static int run_report(const struct options *o, struct results *r,
                      const struct results *goals)
{
    struct findings findings = {.options = o, .r = r, .goals = goals};

    check_outputs(o);
    load(r, o->files[0]);
    analyze_outliers(r);
    return report_all(&findings);
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

/* Does what takes results: those of a file, or new ones.  */
static int run_results(const struct options *o, struct results *r)
{
    struct results goals = {0};
    int status;

    if (o->goals)
        load(&goals, o->goals);
    status = o->n_files > 0 ? run_report(o, r, o->goals ? &goals : NULL)
                            : run_contest(o, r, o->goals ? &goals : NULL);
    results_free(&goals);
    return status;
}

int main(int argc, char **argv)
{
    char *command = join_arguments(argc, argv);
    struct options o;
    struct results r = {0};
    int status = EXIT_SUCCESS;

    setlocale(LC_CTYPE, "");
    if (argc > 1 && strcmp(argv[1], "sim") == 0) {
        free(command);
        return sim_run(argc - 1, argv + 1);
    }
    options_read(&o, argc, argv);
    r.command = o.n_files == 0 ? memory_copy(command) : NULL;
    if (o.command == LIST) {
        programs_find("peers");
        listing_print(stdout);
    } else if (o.command == DOCTOR) {
        machine_doctor(stdout);
    } else if (o.command == COMPARE) {
        status = run_compare(&o);
    } else {
        status = run_results(&o, &r);
    }
    free(command);
    results_free(&r);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        complain("cannot be written", "what is printed");
        return status ? status : EXIT_FAILURE;
    }
    return status;
}
