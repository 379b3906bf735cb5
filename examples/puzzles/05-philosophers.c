/* 05-philosophers.c -- three philosophers at a round table, a fork between each
   two; who eats needs the fork at the left and the one at the right.

   Fill in what is between the lines, so that all come to eat; then

       il-explore grade 05-philosophers.c my.c

   From Allen B. Downey, "The Little Book of Semaphores", 2016, section 4.4;
   first by E. W. Dijkstra, 1965.  The answer is 05-philosophers.answer.h
   (-DANSWER); it has a classic mistake, too (-DMISTAKE).

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

enum { THREADS = 3 };

static int left(int me)
{
    return me;
}

static int right(int me)
{
    return (me + 1) % THREADS;
}

#if defined ANSWER || defined MISTAKE
#include "05-philosophers.answer.h"
#else
/* ---- Yours: your variables, and ----------------------------------------- */

/* Returns when philosopher `me` has the forks left(me) and right(me).  */
static void take_forks(int me)
{
    (void)me;
}

static void put_forks(int me)
{
    (void)me;
}

/* ------------------------------------------------------------------------- */
#endif

static int user[THREADS]; /* of each fork */
static bool is_shared;    /* written by nobody, if all is right */

static void *dine(void *number)
{
    int me = *(int *)number;

    take_forks(me);
    user[left(me)] = me;
    user[right(me)] = me;
    if (user[left(me)] != me)
        is_shared = true;
    put_forks(me);
    return NULL;
}

int main(void)
{
    static int number[THREADS] = {0, 1, 2};
    pthread_t thread[THREADS];

    for (int i = 0; i < THREADS; i++)
        pthread_create(&thread[i], NULL, dine, &number[i]);
    for (int i = 0; i < THREADS; i++)
        pthread_join(thread[i], NULL);

    puts(is_shared ? "wrong  two ate with one fork"
                   : "right  all ate, each with two forks");
    return is_shared;
}
