/* print.c -- what the program prints on its standard output, if the last line
   of it makes the execution right or wrong: each call is a step then.

   Else it is none.  The order in which threads print, where nothing else orders
   them, would only multiply the schedules.

   SPDX-License-Identifier: MIT */

/* What is defined here must not be inlined by <stdio.h>.  */
#ifndef __NO_INLINE__
#define __NO_INLINE__ 1
#endif

#include <config.h>

#include "print.h"

#define IL_EXPLORE 1
#include <interlock/explore.h>

#include "explore/engine/share.h"
#include "plain.h"
#include "program.h"

#include <stdarg.h>
#include <stdio.h>

static bool is_watched;

void print_watch(bool on)
{
    is_watched = on;
}

/* The stream has a lock: two that print are no data race, but not in order
   either.  */
static void point(const FILE *stream, uintptr_t pc)
{
    struct intent i = {.step = {.op = OP_WRITE,
                                .kind = KIND_MEMORY,
                                .touches = 1,
                                .touch = {{.at = (uintptr_t)stdout,
                                           .size = 1,
                                           .writes = true,
                                           .atomic = true}},
                                .object = stdout,
                                .size = 1,
                                .other = -1,
                                .pc = pc},
                       .drains = true};

    if (!is_watched || stream != stdout || !bulk_is_explored(pc))
        return;
    il_explore_name(stdout, 1, "stdout");
    program_settle();
    if (share_access(engine_self(), stdout, 1, true))
        engine_point(&i);
}

IL__API int puts(const char *s)
{
    point(stdout, PROGRAM_PC);
    return PROGRAM_REAL(puts)(s);
}

IL__API int putchar(int c)
{
    point(stdout, PROGRAM_PC);
    return PROGRAM_REAL(putchar)(c);
}

IL__API int fputs(const char *restrict s, FILE *restrict stream)
{
    point(stream, PROGRAM_PC);
    return PROGRAM_REAL(fputs)(s, stream);
}

IL__API int fputc(int c, FILE *stream)
{
    point(stream, PROGRAM_PC);
    return PROGRAM_REAL(fputc)(c, stream);
}

IL__API size_t fwrite(const void *restrict from, size_t size, size_t n,
                      FILE *restrict stream)
{
    point(stream, PROGRAM_PC);
    return PROGRAM_REAL(fwrite)(from, size, n, stream);
}

IL__API int vprintf(const char *restrict how, va_list args)
{
    point(stdout, PROGRAM_PC);
    return PROGRAM_REAL(vprintf)(how, args);
}

IL__API int vfprintf(FILE *restrict stream, const char *restrict how,
                     va_list args)
{
    point(stream, PROGRAM_PC);
    return PROGRAM_REAL(vfprintf)(stream, how, args);
}

IL__API int printf(const char *restrict how, ...)
{
    va_list args;
    int length;

    point(stdout, PROGRAM_PC);
    va_start(args, how);
    length = PROGRAM_REAL(vprintf)(how, args);
    va_end(args);
    return length;
}

IL__API int fprintf(FILE *restrict stream, const char *restrict how, ...)
{
    va_list args;
    int length;

    point(stream, PROGRAM_PC);
    va_start(args, how);
    length = PROGRAM_REAL(vfprintf)(stream, how, args);
    va_end(args);
    return length;
}
