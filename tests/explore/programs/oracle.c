/* oracle.c -- what is asked when main has returned is of the execution still:
   TOKENS are there, 2 in truth.

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <interlock/explore.h>
#include <pthread.h>
#include <semaphore.h>

#ifndef TOKENS
#define TOKENS 2
#endif

static il_semaphore semaphore = IL_SEMAPHORE_INIT(0);
static sem_t posix;

static void *give(void *unused)
{
    il_semaphore_release(&semaphore);
    sem_post(&posix);
    return unused;
}

static bool is_right(void *unused)
{
    int value = 0;

    (void)unused;
    sem_getvalue(&posix, &value);
    return value == TOKENS && il_semaphore_value(&semaphore) == TOKENS;
}

int main(void)
{
    pthread_t threads[2];

    sem_init(&posix, 0, 0);
    il_explore_oracle(is_right, NULL);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, give, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
