/* runtime.c -- how a program ends, and what it may tell the explorer.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <interlock/base.h>

#include "engine.h"
#include "interpose.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* With IL_EXPLORE these would be declared as the program sees them; their
   definitions are the same in all programs.  */
#define IL_EXPLORE 1
#include <interlock/explore.h>

#define CALLER ((uintptr_t)__builtin_return_address(0))

EXPLORE_INTERPOSED _Noreturn void exit(int status)
{
    static void (*real)(int);

    if (engine_is_on())
        engine_end(status);
    INTERPOSED_FIND(real, "exit");
    real(status);
    __builtin_unreachable();
}

EXPLORE_INTERPOSED _Noreturn void _exit(int status)
{
    static void (*real)(int);

    if (engine_is_on())
        engine_end(status);
    INTERPOSED_FIND(real, "_exit");
    real(status);
    __builtin_unreachable();
}

EXPLORE_INTERPOSED _Noreturn void _Exit(int status)
{
    _exit(status);
}

EXPLORE_INTERPOSED _Noreturn void quick_exit(int status)
{
    static void (*real)(int);

    if (engine_is_on())
        engine_end(status);
    INTERPOSED_FIND(real, "quick_exit");
    real(status);
    __builtin_unreachable();
}

EXPLORE_INTERPOSED _Noreturn void abort(void)
{
    static void (*real)(void);

    if (engine_is_on())
        engine_fail(VERDICT_ASSERT, "aborted");
    INTERPOSED_FIND(real, "abort");
    real();
    __builtin_unreachable();
}

static const char *base_name(const char *file)
{
    const char *slash = strrchr(file, '/');

    return slash ? slash + 1 : file;
}

EXPLORE_INTERPOSED _Noreturn void __assert_fail(const char *condition,
                                                const char *file, unsigned line,
                                                const char *function)
{
    static void (*real)(const char *, const char *, unsigned, const char *);

    if (engine_is_on())
        engine_fail(VERDICT_ASSERT, "%s:%u: assertion `%s' failed",
                    base_name(file), line, condition);
    INTERPOSED_FIND(real, "__assert_fail");
    real(condition, file, line, function);
    __builtin_unreachable();
}

_Noreturn void il__explore_failed(const char *condition, const char *file,
                                  int line)
{
    __assert_fail(condition, file, (unsigned)line, "");
}

void il_explore_oracle(bool (*right)(void *), void *arg)
{
    if (engine_is_on())
        engine_at_end(right, arg);
}

unsigned il_explore_choose(unsigned n)
{
    struct intent i = {.step = {.op = OP_CHOOSE,
                                .count = n,
                                .other = -1,
                                .has_value = true,
                                .pc = CALLER}};
    unsigned chance;

    if (!engine_is_on() || n < 2)
        return 0;
    if (n > UINT8_MAX - CHANCE_VALUE)
        engine_fail(VERDICT_WRONG, "il_explore_choose of %u values: at most %d",
                    n, UINT8_MAX - CHANCE_VALUE);
    chance = engine_point(&i);
    engine_step()->value = chance == CHANCE_GO ? 0 : chance - CHANCE_VALUE;
    return (unsigned)engine_step()->value;
}
