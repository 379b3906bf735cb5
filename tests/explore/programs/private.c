/* private.c -- memory that no two threads access at the same time is no step:
   of each thread alone, before the creation and after the join, and of the
   threads one after the other.  There is one schedule.

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static _Thread_local int mine;
static int handed;

static void *body(void *arg)
{
    int *own = malloc(2 * sizeof *own);
    int *given = arg;

    own[0] = own[1] = *given;
    mine = own[0];
    own[1] += mine;
    *given = own[1];
    free(own);
    return NULL;
}

int main(void)
{
    int given[2] = {1, 2};
    pthread_t threads[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, body, &given[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    handed = given[0] + given[1];
    for (int i = 0; i < 2; i++) {
        pthread_create(&threads[i], NULL, body, &handed);
        pthread_join(threads[i], NULL);
    }
    printf("%d\n", handed);
    return handed != 24;
}
