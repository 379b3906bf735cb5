/* takeover.c -- the program's main is not called once, but by the explorer.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "driver.h"
#include "execution.h"
#include "interpose.h"
#include "output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the explored program's exit status says.  */
enum { NOTHING_FOUND, FAILURE_FOUND, NOT_UNDERSTOOD, NOT_PROVEN };

static int (*program_main)(int argc, char **argv, char **envp);

static int complain(char *sentence)
{
    fprintf(output_real_errors(), "interlock-explore: %s\n", sentence);
    free(sentence);
    return NOT_UNDERSTOOD;
}

static void write_report(FILE *out, const struct options *o,
                         const struct result *r)
{
    (void)o;
    for (int i = 0; i < r->n_levels; i++) {
        const struct level *l = &r->levels[i];
        if (l->bound == BOUND_NONE)
            fputs("all", out);
        else
            fprintf(out, "preemptions<=%d", l->bound);
        fprintf(out, ": %ju schedules, %ju fail%s\n", (uintmax_t)l->schedules,
                (uintmax_t)l->failures, l->complete ? "" : " (stopped)");
    }
    for (int i = 0; i < r->n_outcomes; i++)
        fprintf(out, "  %ju  %s\n", (uintmax_t)r->outcomes[i].schedules,
                r->outcomes[i].text);
    if (r->failure)
        fprintf(out, "%s: %d preemptions\n",
                r->failure->sentence ? r->failure->sentence : "wrong",
                r->failure->cost.preemptions);
}

/* Writes it where it was asked for.  Returns whether it is there.  */
static bool report(const struct options *o, const struct result *r)
{
    FILE *out = o->out ? fopen(o->out, "w") : output_real();
    bool done;

    if (out && !o->quiet)
        write_report(out, o, r);
    done = out && !fflush(out) && !ferror(out);
    if (!done)
        fprintf(output_real_errors(), "interlock-explore: %s: %s\n",
                o->out ? o->out : "the report", strerror(errno));
    if (out && o->out)
        fclose(out);
    return done;
}

static int answer(const struct tally *t)
{
    if (t->result.failure)
        return FAILURE_FOUND;
    if (t->options->mode == MODE_REPLAY || explore_is_proof(t))
        return NOTHING_FOUND;
    return NOT_PROVEN;
}

static int run_mode(struct tally *t)
{
    explore(t);
    return report(t->options, &t->result) ? answer(t) : NOT_UNDERSTOOD;
}

static int explore_main(int argc, char **argv, char **envp)
{
    struct options o;
    char *sentence = options_parse(getenv("IL_EXPLORE"), &o);
    struct execution_settings settings = {.main = program_main,
                                          .argc = argc,
                                          .argv = argv,
                                          .envp = envp,
                                          .most_steps = o.steps,
                                          .spurious = o.spurious};
    struct tally t = {.options = &o, .result = {.program = argv[0]}};
    int status;

    if (sentence)
        return complain(sentence);
    if (o.mode == MODE_OFF)
        return program_main(argc, argv, envp);
    output_set_up();
    execution_set_up(&settings);
    status = run_mode(&t);
    fflush(output_real());
    return status;
}

EXPLORE_INTERPOSED int __libc_start_main(int (*main)(int, char **, char **),
                                         int argc, char **argv,
                                         void (*init)(void), void (*fini)(void),
                                         void (*rtld_fini)(void),
                                         void *stack_end);

EXPLORE_INTERPOSED int __libc_start_main(int (*main)(int, char **, char **),
                                         int argc, char **argv,
                                         void (*init)(void), void (*fini)(void),
                                         void (*rtld_fini)(void),
                                         void *stack_end)
{
    static int (*real)(int (*)(int, char **, char **), int, char **,
                       void (*)(void), void (*)(void), void (*)(void), void *);

    program_main = main;
    INTERPOSED_FIND(real, "__libc_start_main");
    return real(explore_main, argc, argv, init, fini, rtld_fini, stack_end);
}
