/* takeover.c -- the program's main is not called once, but by the explorer.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "driver.h"
#include "explore/calls/interpose.h"
#include "explore/calls/print.h"
#include "explore/engine/buffer.h"
#include "explore/engine/execution.h"
#include "explore/process/input.h"
#include "explore/process/output.h"
#include "explore/report/lines.h"
#include "explore/report/report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <unistd.h>

/* What the explored program's exit status says.  */
enum { NOTHING_FOUND, FAILURE_FOUND, NOT_UNDERSTOOD, NOT_PROVEN };

static int (*program_main)(int argc, char **argv, char **envp);

static int complain(char *sentence)
{
    fprintf(output_real_errors(), "interlock-explore: %s\n", sentence);
    free(sentence);
    return NOT_UNDERSTOOD;
}

typedef void writer(FILE *out, const struct result *r);

/* Writes a report to a file, or to standard output if that is -.  Returns
   whether it is there.  */
static bool write_report(const char *file, writer *write,
                         const struct result *r)
{
    bool is_output = !strcmp(file, "-");
    FILE *out = is_output ? output_real() : fopen(file, "w");
    bool done;

    if (out)
        write(out, r);
    done = out && !fflush(out) && !ferror(out);
    if (!done)
        fprintf(output_real_errors(), "interlock-explore: %s: %s\n", file,
                strerror(errno));
    if (out && !is_output)
        fclose(out);
    return done;
}

static bool report(const struct options *o, const struct result *r)
{
    bool text = o->text && o->mode != MODE_PLAY;

    return (!text || write_report("-", report_text, r))
           && (!o->json || write_report(o->json, report_json, r))
           && (!o->html || write_report(o->html, report_page, r))
           && (!o->lines || write_report(o->lines, lines_print, r));
}

static int answer(const struct tally *t)
{
    if (t->diverged)
        fputs("interlock-explore: in the same schedule the program did not do "
              "the same again: nothing is proven\n",
              output_real_errors());
    if (t->result.failure)
        return FAILURE_FOUND;
    if (t->options->mode == MODE_REPLAY || explore_is_proof(t))
        return NOTHING_FOUND;
    return NOT_PROVEN;
}

static int run_mode(struct tally *t)
{
    bool failed = false;

    if (t->options->mode == MODE_REPLAY) {
        char *sentence = replay_text(t);
        if (sentence)
            return complain(sentence);
    } else {
        explore(t);
    }
    if (t->options->mode == MODE_PLAY)
        failed = play(t);
    if (!report(t->options, &t->result))
        return NOT_UNDERSTOOD;
    if (t->options->mode == MODE_PLAY)
        return failed ? FAILURE_FOUND : NOTHING_FOUND;
    return answer(t);
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
    buffer_use(o.tso);
    input_set_up(o.mode == MODE_PLAY);
    print_watch(o.expect);
    output_set_up();
    execution_set_up(&settings);
    status = run_mode(&t);
    input_rewind(); /* for who comes next */
    fflush(output_real());
    return status;
}

/* Addresses are the same in each process, if the system lets us: then so is a
   program that prints or sorts by them.  */
static void fix_addresses(char **argv)
{
    int now = personality(0xffffffff);

    if (now != -1 && !(now & ADDR_NO_RANDOMIZE)
        && personality((unsigned)now | ADDR_NO_RANDOMIZE) != -1
        && personality(0xffffffff) & ADDR_NO_RANDOMIZE)
        execv("/proc/self/exe", argv);
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
    fix_addresses(argv);
    INTERPOSED_FIND(real, "__libc_start_main");
    return real(explore_main, argc, argv, init, fini, rtld_fini, stack_end);
}
