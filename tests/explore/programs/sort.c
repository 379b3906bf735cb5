/* sort.c -- what the C library sorts, and searches, is what its caller has just
   stored, though that may still be in a buffer; also where another thread looks
   at a part of it only.

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static int sorted[4];
static int seen;

static int compare(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void *sort(void *unused)
{
    int three = 3, *found;

    for (int i = 0; i < 4; i++)
        sorted[i] = 4 - i;
    qsort(sorted, 4, sizeof *sorted, compare);
    found = bsearch(&three, sorted, 4, sizeof *sorted, compare);
    printf("%d\n", found ? (int)(found - sorted) : -1);
    return unused;
}

static void *look(void *unused)
{
    seen = sorted[0];
    return unused;
}

int main(void)
{
    pthread_t threads[2];

    pthread_create(&threads[0], NULL, sort, NULL);
    pthread_create(&threads[1], NULL, look, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
