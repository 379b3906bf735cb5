/* 02-multiplex.c -- a room for two: three threads come, no more than two are in
   it at a time; but two may be.

   Fill in what is between the lines, and have it graded:

       il-explore grade 02-multiplex.c my.c

   From Allen B. Downey, "The Little Book of Semaphores", 2016, section 3.5.
   The answer is 02-multiplex.answer.h (-DANSWER); it has a classic mistake, too
   (-DMISTAKE).

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { THREADS = 3, ROOM = 2 };

#if defined ANSWER || defined MISTAKE
#include "02-multiplex.answer.h"
#else
/* ---- Yours: your variables, and ----------------------------------------- */

/* Returns when there is room for one more.  */
static void enter(void)
{
}

static void leave(void)
{
}

/* ------------------------------------------------------------------------- */
#endif

static atomic_int inside;
static bool is_crowded; /* written by nobody, if all is right */
static il_barrier talk = IL_BARRIER_INIT(2);

/* Threads 0 and 1 talk to each other in the room, so both have to be in it.  */
static void *visit(void *number)
{
    enter();
    if (atomic_fetch_add(&inside, 1) >= ROOM)
        is_crowded = true;
    if (*(int *)number < 2)
        il_barrier_wait(&talk, NULL);
    atomic_fetch_sub(&inside, 1);
    leave();
    return NULL;
}

int main(void)
{
    static int number[THREADS] = {0, 1, 2};
    pthread_t thread[THREADS];

    for (int i = 0; i < THREADS; i++)
        pthread_create(&thread[i], NULL, visit, &number[i]);
    for (int i = 0; i < THREADS; i++)
        pthread_join(thread[i], NULL);

    puts(is_crowded ? "wrong  three were in the room"
                    : "right  never more than two were in the room");
    return is_crowded;
}
