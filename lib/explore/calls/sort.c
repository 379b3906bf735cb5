/* sort.c -- qsort, which the C library would do behind the explorer's back:
   all is read, sorted elsewhere, and written.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "explore/need.h"
#include "plain.h"
#include "program.h"

#include <stdlib.h>
#include <string.h>

/* A copy of what each thread sorts.  */
static struct {
    void *bytes;
    size_t size;
} copies[THREADS_MOST];

static void *copy(const void *from, size_t n)
{
    int me = engine_self();

    if (copies[me].size < n) {
        copies[me].bytes = need(realloc(copies[me].bytes, n));
        copies[me].size = n;
    }
    return memcpy(copies[me].bytes, from, n);
}

IL__API void qsort(void *base, size_t n, size_t size, __compar_fn_t compare)
{
    size_t all = n * size;
    void *sorted;

    if (!bulk_is_explored(PROGRAM_PC) || all == 0) {
        PROGRAM_REAL(qsort)(base, n, size, compare);
        return;
    }
    plain_access(base, all, false, PROGRAM_PC);
    sorted = copy(base, all);
    PROGRAM_REAL(qsort)(sorted, n, size, compare);
    plain_access(base, all, true, PROGRAM_PC);
    memcpy(base, sorted, all);
}
