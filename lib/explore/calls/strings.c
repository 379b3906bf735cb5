/* strings.c -- the C library's functions of strings, where the program itself
   calls them: what they read and write is memory of the program.

   Each is a read of its arguments, one after the other, and then a write.  What
   is formatted is not looked at, but where it goes is.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "plain.h"
#include "program.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define ALL ((size_t)-1)

static void look(const char *s, uintptr_t pc)
{
    plain_drain(pc);
    plain_access(s, PROGRAM_REAL(strlen)(s) + 1, false, pc);
}

static char *put(char *to, const char *bytes, size_t n, uintptr_t pc)
{
    plain_access(to, n, true, pc);
    PROGRAM_REAL(memcpy)(to, bytes, n);
    return to;
}

static char *append(char *to, const char *bytes, uintptr_t pc)
{
    look(to, pc);
    put(to + PROGRAM_REAL(strlen)(to), bytes, PROGRAM_REAL(strlen)(bytes) + 1,
        pc);
    return to;
}

IL__API size_t strlen(const char *s)
{
    if (bulk_is_explored(PROGRAM_PC))
        look(s, PROGRAM_PC);
    return PROGRAM_REAL(strlen)(s);
}

IL__API int strcmp(const char *a, const char *b)
{
    if (bulk_is_explored(PROGRAM_PC)) {
        a = bulk_string(a, ALL, PROGRAM_PC);
        look(b, PROGRAM_PC);
    }
    return PROGRAM_REAL(strcmp)(a, b);
}

IL__API int strncmp(const char *a, const char *b, size_t n)
{
    if (bulk_is_explored(PROGRAM_PC)) {
        a = bulk_string(a, n, PROGRAM_PC);
        plain_access(b, strnlen(b, n), false, PROGRAM_PC);
    }
    return PROGRAM_REAL(strncmp)(a, b, n);
}

IL__API int memcmp(const void *a, const void *b, size_t n)
{
    if (bulk_is_explored(PROGRAM_PC)) {
        plain_drain(PROGRAM_PC);
        a = bulk_read(a, n, PROGRAM_PC);
        plain_access(b, n, false, PROGRAM_PC);
    }
    return PROGRAM_REAL(memcmp)(a, b, n);
}

IL__API char *strcpy(char *restrict to, const char *restrict s)
{
    if (!bulk_is_explored(PROGRAM_PC))
        return PROGRAM_REAL(strcpy)(to, s);
    s = bulk_string(s, ALL, PROGRAM_PC);
    return put(to, s, PROGRAM_REAL(strlen)(s) + 1, PROGRAM_PC);
}

IL__API char *strncpy(char *restrict to, const char *restrict s, size_t n)
{
    if (bulk_is_explored(PROGRAM_PC)) {
        s = bulk_string(s, n, PROGRAM_PC);
        plain_access(to, n, true, PROGRAM_PC);
    }
    return PROGRAM_REAL(strncpy)(to, s, n);
}

IL__API char *strcat(char *restrict to, const char *restrict s)
{
    if (!bulk_is_explored(PROGRAM_PC))
        return PROGRAM_REAL(strcat)(to, s);
    return append(to, bulk_string(s, ALL, PROGRAM_PC), PROGRAM_PC);
}

IL__API char *strncat(char *restrict to, const char *restrict s, size_t n)
{
    if (!bulk_is_explored(PROGRAM_PC))
        return PROGRAM_REAL(strncat)(to, s, n);
    return append(to, bulk_string(s, n, PROGRAM_PC), PROGRAM_PC);
}

static int format(char *to, size_t n, const char *how, va_list args,
                  uintptr_t pc)
{
    if (bulk_is_explored(pc)) {
        va_list again;
        int length;

        va_copy(again, args);
        length = PROGRAM_REAL(vsnprintf)(NULL, 0, how, again);
        va_end(again);
        plain_drain(pc);
        if (length >= 0)
            plain_access(to, (size_t)length < n ? (size_t)length + 1 : n, true,
                         pc);
    }
    return PROGRAM_REAL(vsnprintf)(to, n, how, args);
}

IL__API int vsnprintf(char *restrict to, size_t n, const char *restrict how,
                      va_list args)
{
    return format(to, n, how, args, PROGRAM_PC);
}

IL__API int snprintf(char *restrict to, size_t n, const char *restrict how, ...)
{
    va_list args;
    int length;

    va_start(args, how);
    length = format(to, n, how, args, PROGRAM_PC);
    va_end(args);
    return length;
}

IL__API int sprintf(char *restrict to, const char *restrict how, ...)
{
    va_list args;
    int length;

    va_start(args, how);
    length = format(to, INT32_MAX, how, args, PROGRAM_PC);
    va_end(args);
    return length;
}
