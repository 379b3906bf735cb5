/* explore.c -- takes over main, and repeats it.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "execution.h"
#include "interpose.h"
#include "output.h"
#include "share.h"

#include <stdio.h>
#include <string.h>

static int (*program_main)(int argc, char **argv, char **envp);

static int choose(void *self, const struct state *state,
                  const struct step *const *next)
{
    (void)next;
    return search_choose(self, state);
}

static int explore(int argc, char **argv, char **envp)
{
    struct execution_settings settings = {.main = program_main,
                                          .argc = argc,
                                          .argv = argv,
                                          .envp = envp,
                                          .most_steps = 10000};
    struct search_settings plan = {.strategy = STRATEGY_FULL,
                                   .bound = BOUND_NONE};
    uint64_t failures = 0;
    bool failed = false;
    struct search *s;

    output_set_up();
    execution_set_up(&settings);
    for (;;) {
        s = search_new(&plan);
        failures = 0;
        while (search_next(s)) {
            struct chooser chooser = {choose, s};
            struct execution e;
            if (!execution_run(&chooser, &e))
                continue;
            search_end(s, execution_left());
            if (share_grew())
                goto again;
            if (e.verdict)
                failures++;
            if (e.verdict && !failed) {
                failed = true;
                fprintf(output_real(), "%s: %s\n", e.output, e.sentence);
            }
        }
        break;
    again:
        search_free(s);
    }
    fprintf(output_real(), "all: %ju schedules, %ju fail\n",
            (uintmax_t)search_report(s).executions, (uintmax_t)failures);
    search_free(s);
    fflush(output_real());
    return failures > 0;
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
    return real(explore, argc, argv, init, fini, rtld_fini, stack_end);
}
