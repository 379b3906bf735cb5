/* runtime.c -- how a program ends, and what it may tell the explorer.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <interlock/base.h>

#include "explore/engine/engine.h"
#include "interpose.h"
#include "runtime.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* With IL_EXPLORE these would be declared as the program sees them; their
   definitions are the same in all programs.  */
#define IL_EXPLORE 1
#include <interlock/explore.h>

#define CALLER ((uintptr_t)__builtin_return_address(0))

/* What atexit was asked for in this execution; it is made of __cxa_atexit in
   each program.  */
enum { AT_EXIT_MOST = 64 };
static struct {
    void (*call)(void *);
    void *arg;
} at_exit[AT_EXIT_MOST];
static int n_at_exit;

static void forget(void)
{
    n_at_exit = 0;
}

__attribute__((constructor)) static void begin(void)
{
    engine_at_start(forget);
}

int __cxa_atexit(void (*call)(void *), void *arg, void *object);

EXPLORE_INTERPOSED int __cxa_atexit(void (*call)(void *), void *arg,
                                    void *object)
{
    static int (*real)(void (*)(void *), void *, void *);

    INTERPOSED_FIND(real, "__cxa_atexit");
    if (!engine_is_on())
        return real(call, arg, object);
    if (n_at_exit == AT_EXIT_MOST)
        return -1;
    at_exit[n_at_exit].call = call;
    at_exit[n_at_exit++].arg = arg;
    return 0;
}

void runtime_at_exit(void)
{
    while (n_at_exit > 0) {
        n_at_exit--;
        at_exit[n_at_exit].call(at_exit[n_at_exit].arg);
    }
}

EXPLORE_INTERPOSED _Noreturn void exit(int status)
{
    static void (*real)(int);

    if (engine_is_on()) {
        runtime_at_exit();
        engine_end(status);
    }
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
