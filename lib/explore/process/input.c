/* input.c -- the program's standard input, the same in each execution.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "input.h"

#include <fcntl.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <unistd.h>

static FILE *real;
static off_t begin;

static _Noreturn void fail(void)
{
    perror("interlock-explore: standard input");
    exit(2);
}

static void be_empty(void)
{
    int copy = dup(STDIN_FILENO), file = open("/dev/null", O_RDONLY);

    real = copy < 0 ? NULL : fdopen(copy, "r");
    if (file < 0 || (file != STDIN_FILENO && dup2(file, STDIN_FILENO) < 0))
        fail();
    if (file != STDIN_FILENO)
        close(file);
}

void input_set_up(bool is_taken)
{
    begin = lseek(STDIN_FILENO, 0, SEEK_CUR);
    if (is_taken || begin < 0) {
        be_empty();
        begin = 0;
    }
}

void input_rewind(void)
{
    __fpurge(stdin);
    clearerr(stdin);
    lseek(STDIN_FILENO, begin, SEEK_SET);
}

FILE *input_real(void)
{
    return real ? real : stdin;
}
