/* bulk.c -- memcpy and its kin, where the program itself calls them.

   Compilers make calls of them of assignments, and the sanitizer of some
   compilers its own.  What is read is kept aside: between the read and the
   write others may come.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "isolate.h"
#include "need.h"
#include "plain.h"
#include "program.h"

#include <stdlib.h>
#include <string.h>

static struct {
    void *bytes;
    size_t size;
} aside[THREADS_MOST];

static void *set_aside(const void *from, size_t n)
{
    int me = engine_self();
    if (aside[me].size < n) {
        aside[me].bytes = need(realloc(aside[me].bytes, n));
        aside[me].size = n;
    }
    return PROGRAM_REAL(memcpy)(aside[me].bytes, from, n);
}

static void *copy(void *to, const void *from, size_t n, uintptr_t pc)
{
    const void *bytes;

    plain_access(from, n, false, pc);
    bytes = set_aside(from, n);
    plain_access(to, n, true, pc);
    return PROGRAM_REAL(memcpy)(to, bytes, n);
}

static void *fill(void *to, int byte, size_t n, uintptr_t pc)
{
    plain_access(to, n, true, pc);
    return PROGRAM_REAL(memset)(to, byte, n);
}

static bool is_from_program(uintptr_t pc, size_t n)
{
    return n > 0 && engine_is_on() && isolate_is_code(pc);
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
