/* refused.c -- what can't be explored is said to be so; an answer would be
   wrong.  A loop that nobody can end is found by itself.

   SPDX-License-Identifier: MIT */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static _Thread_local int own;
static int *_Atomic given;
static volatile int flag;

static void *body(void *unused)
{
    (void)unused;
#ifdef OWN
    atomic_store(&given, &own);
#elif defined ENDLESS
    while (!flag)
        continue;
#elif defined PRINTS
    puts("thread");
#endif
    return NULL;
}

int main(void)
{
    pthread_t t;

    pthread_create(&t, NULL, body, NULL);
#ifdef CANCEL
    pthread_cancel(t);
#elif defined FORK
    if (fork() == 0)
        _exit(0);
#elif defined TRY_JOIN
    while (pthread_tryjoin_np(t, NULL) != 0)
        continue;
    return 0;
#elif defined READ
    int ends[2];
    char c;
    if (pipe(ends) || read(ends[0], &c, 1) != 1)
        return 2;
#elif defined OWN
    if (atomic_load(&given))
        own = *atomic_load(&given);
#elif defined PRINTS
    puts("main");
#elif defined RANDOM
    printf("%.9f\n", drand48());
#endif
    pthread_join(t, NULL);
    return flag;
}
