/* 03-barrier.c -- a barrier that can be used again: two threads meet in each of
   two rounds, and neither begins a round before the other has ended the last.

   Fill in what is between the lines, with semaphores and a lock, and without
   il_barrier; then

       il-explore grade 03-barrier.c my.c

   From Allen B. Downey, "The Little Book of Semaphores", 2016, section 3.7.
   The answer is 03-barrier.answer.h (-DANSWER); it has a classic mistake, too
   (-DMISTAKE).

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { THREADS = 2, ROUNDS = 2 };

#if defined ANSWER || defined MISTAKE
#include "03-barrier.answer.h"
#else
/* ---- Yours: your variables, and ----------------------------------------- */

/* Returns when all threads have called it as often.  */
static void meet(void)
{
}

/* ------------------------------------------------------------------------- */
#endif

static atomic_int arrivals;
static bool is_early; /* written by nobody, if all is right */

static void *work(void *unused)
{
    for (int round = 1; round <= ROUNDS; round++) {
        atomic_fetch_add(&arrivals, 1);
        meet();
        if (arrivals < round * THREADS)
            is_early = true;
    }
    return unused;
}

int main(void)
{
    pthread_t thread[THREADS];

    for (int i = 0; i < THREADS; i++)
        pthread_create(&thread[i], NULL, work, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(thread[i], NULL);

    puts(is_early ? "wrong  one went on alone" : "right  they met each time");
    return is_early;
}
