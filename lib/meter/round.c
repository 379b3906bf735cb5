/* round.c -- one call of the program's main: its variables as at the start,
   what it prints caught, and its input from the start.

   SPDX-License-Identifier: MIT */

#include "meter.h"

#include <interlock/base.h>

#include <setjmp.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <unistd.h>

static char *printed;
static size_t length;
static jmp_buf left;
static _Thread_local bool may_leave; /* the thread that runs main */
static int status;
static off_t input; /* where it begins */

void round_prepare(void)
{
    stdout = open_memstream(&printed, &length);
    if (stdout == NULL)
        abort();
    input = lseek(STDIN_FILENO, 0, SEEK_CUR);
    if (input < 0 && freopen("/dev/null", "r", stdin) == NULL)
        abort();
    if (freopen("/dev/null", "w", stderr) == NULL)
        abort(); /* a million rounds would say the same */
    globals_save();
}

static void rewind_input(void)
{
    __fpurge(stdin);
    clearerr(stdin);
    if (input >= 0)
        lseek(STDIN_FILENO, input, SEEK_SET);
}

/* The last line that is not empty, without the spaces around it.  */
static const char *last_line(void)
{
    char *end, *line;

    fflush(stdout);
    for (end = printed + length; end > printed && end[-1] <= ' '; end--)
        continue;
    *end = '\0';
    for (line = end; line > printed && line[-1] != '\n'; line--)
        continue;
    return line;
}

int round_run(const struct program *p, const char **text)
{
    rewind(stdout);
    rewind_input();
    globals_restore();
    may_leave = true;
    if (setjmp(left) == 0)
        status = p->main(p->argc, p->argv, p->envp);
    may_leave = false;
    *text = last_line();
    return status;
}

/* exit() in main ends the round, not the process.  */
IL__API _Noreturn void exit(int s)
{
    REAL(exit);

    if (may_leave) {
        status = s;
        longjmp(left, 1);
    }
    real.call(s);
    abort();
}
