/* memory.c -- see memory.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void memory_give_up(void)
{
    fputs("contention: there is no memory.\n", stderr);
    exit(EXIT_FAILURE);
}

static void *require(void *memory)
{
    if (!memory)
        memory_give_up();
    return memory;
}

void *memory_new(size_t n, size_t size)
{
    return require(calloc(n > 0 ? n : 1, size));
}

void *memory_grow(void *old, size_t n, size_t size)
{
    return require(reallocarray(old, n > 0 ? n : 1, size));
}

char *memory_copy(const char *text)
{
    return text ? require(strdup(text)) : NULL;
}
