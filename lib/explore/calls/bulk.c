/* bulk.c -- memcpy and its kin, where the program itself calls them.

   Compilers make calls of them of assignments, and the sanitizer of some
   compilers its own.  What is read is kept aside: between the read and the
   write others may come.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "explore/need.h"
#include "explore/process/isolate.h"
#include "plain.h"
#include "program.h"

#include <stdlib.h>
#include <string.h>

static struct {
    void *bytes;
    size_t size;
} aside[THREADS_MOST];

/* Keeps n bytes, with room for another one.  */
static void *set_aside(const void *from, size_t n)
{
    int me = engine_self();
    if (aside[me].size <= n) {
        aside[me].bytes = need(realloc(aside[me].bytes, n + 1));
        aside[me].size = n + 1;
    }
    return PROGRAM_REAL(memcpy)(aside[me].bytes, from, n);
}

const void *bulk_read(const void *from, size_t n, uintptr_t pc)
{
    plain_access(from, n, false, pc);
    return set_aside(from, n);
}

const char *bulk_string(const char *s, size_t most, uintptr_t pc)
{
    size_t n;
    char *copy;

    plain_drain(pc);
    n = strnlen(s, most);
    plain_access(s, n < most ? n + 1 : n, false, pc);
    /* Somebody may have changed it before its turn came.  */
    n = strnlen(s, most);
    copy = set_aside(s, n);
    copy[n] = '\0';
    return copy;
}

static void *copy(void *to, const void *from, size_t n, uintptr_t pc)
{
    const void *bytes = bulk_read(from, n, pc);

    plain_access(to, n, true, pc);
    return PROGRAM_REAL(memcpy)(to, bytes, n);
}

static void *fill(void *to, int byte, size_t n, uintptr_t pc)
{
    plain_access(to, n, true, pc);
    return PROGRAM_REAL(memset)(to, byte, n);
}

bool bulk_is_explored(uintptr_t pc)
{
    return engine_is_on() && isolate_is_code(pc);
}

static bool is_from_program(uintptr_t pc, size_t n)
{
    return n > 0 && bulk_is_explored(pc);
}

IL__API void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
    return is_from_program(PROGRAM_PC, n) ? copy(to, from, n, PROGRAM_PC)
                                          : PROGRAM_REAL(memcpy)(to, from, n);
}

IL__API void *memmove(void *to, const void *from, size_t n)
{
    return is_from_program(PROGRAM_PC, n) ? copy(to, from, n, PROGRAM_PC)
                                          : PROGRAM_REAL(memmove)(to, from, n);
}

IL__API void *memset(void *to, int byte, size_t n)
{
    return is_from_program(PROGRAM_PC, n) ? fill(to, byte, n, PROGRAM_PC)
                                          : PROGRAM_REAL(memset)(to, byte, n);
}

#define EXPORTED(name, args) \
    IL__API void *name args; \
    void *name args

EXPORTED(__tsan_memcpy, (void *to, const void *from, size_t n))
{
    return is_from_program(PROGRAM_PC, n) ? copy(to, from, n, PROGRAM_PC)
                                          : PROGRAM_REAL(memcpy)(to, from, n);
}

EXPORTED(__tsan_memmove, (void *to, const void *from, size_t n))
{
    return is_from_program(PROGRAM_PC, n) ? copy(to, from, n, PROGRAM_PC)
                                          : PROGRAM_REAL(memmove)(to, from, n);
}

EXPORTED(__tsan_memset, (void *to, int byte, size_t n))
{
    return is_from_program(PROGRAM_PC, n) ? fill(to, byte, n, PROGRAM_PC)
                                          : PROGRAM_REAL(memset)(to, byte, n);
}
