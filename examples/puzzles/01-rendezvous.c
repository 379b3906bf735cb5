/* 01-rendezvous.c -- two threads meet: neither goes on before the other has
   come.

   Fill in what is between the lines, with semaphores only; then

       il-explore grade 01-rendezvous.c my.c

   From Allen B. Downey, "The Little Book of Semaphores", 2016, section 3.3.
   The answer is 01-rendezvous.answer.h (-DANSWER); it has a classic mistake,
   too (-DMISTAKE).

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

enum { THREADS = 2 };

#if defined ANSWER || defined MISTAKE
#include "01-rendezvous.answer.h"
#else
/* ---- Yours: your variables, and ----------------------------------------- */

/* Thread `me`, 0 or 1, has come; returns when the other has, too.  */
static void meet(int me)
{
    (void)me;
}

/* ------------------------------------------------------------------------- */
#endif

static int has_come[THREADS];
static int has_met[THREADS];

static void *come(void *number)
{
    int me = *(int *)number;

    has_come[me] = 1;
    meet(me);
    has_met[me] = has_come[1 - me];
    return NULL;
}

int main(void)
{
    static int number[THREADS] = {0, 1};
    pthread_t thread[THREADS];

    for (int i = 0; i < THREADS; i++)
        pthread_create(&thread[i], NULL, come, &number[i]);
    for (int i = 0; i < THREADS; i++)
        pthread_join(thread[i], NULL);

    puts(has_met[0] && has_met[1] ? "right  they have met"
                                  : "wrong  one went on alone");
    return !has_met[0] || !has_met[1];
}
