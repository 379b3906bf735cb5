/* freed.c -- one thread frees what the other may still read.

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <stdlib.h>

static int *shared, seen;

static void *read_it(void *unused)
{
    seen = *shared;
    return unused;
}

static void *free_it(void *unused)
{
    free(shared);
    return unused;
}

int main(void)
{
    pthread_t threads[2];

    shared = malloc(sizeof *shared);
    *shared = 1;
    pthread_create(&threads[0], NULL, read_it, NULL);
    pthread_create(&threads[1], NULL, free_it, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
