/* need.c -- see need.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "need.h"

#include <stdarg.h>
#include <stdlib.h>

void *need(void *p)
{
    if (!p) {
        fputs("interlock-explore: out of memory\n", stderr);
        _Exit(2);
    }
    return p;
}

void *need_new(size_t n, size_t size)
{
    return need(calloc(n ? n : 1, size));
}

/* There is room for the next power of two.  */
void *need_grow(void *array, size_t n, size_t size)
{
    if ((n & (n - 1)) != 0)
        return array;
    return need(realloc(array, (n ? 2 * n : 1) * size));
}

void *need_room(void *array, size_t *room, size_t n, size_t size)
{
    if (n <= *room)
        return array;
    *room = n < 32 ? 64 : 2 * n;
    return need(realloc(array, *room * size));
}

/* The size is asked for, though nobody wants it: it has to outlive the stream,
   and one for all will do.  */
FILE *need_stream(char **text)
{
    static size_t size;
    return need(open_memstream(text, &size));
}

void need_print(char **text, const char *format, ...)
{
    va_list arguments;
    int n;

    va_start(arguments, format);
    n = vasprintf(text, format, arguments);
    va_end(arguments);
    need(n < 0 ? NULL : *text);
}
