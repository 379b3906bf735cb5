/* 06-santa.c -- Santa sleeps until both of his reindeer are back, or two elves
   want help; each happens once, in whatever order.

   Fill in what is between the lines; then

       il-explore grade 06-santa.c my.c --strategy dpor

   From Allen B. Downey, "The Little Book of Semaphores", 2016, section 5.5,
   with fewer animals; first by J. A. Trono, 1994.  The answer is
   06-santa.answer.h (-DANSWER); it has a classic mistake, too (-DMISTAKE).

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { REINDEER = 2, ELVES = 2, THREADS = 1 + REINDEER + ELVES };

static atomic_int back, stuck;     /* reindeer and elves who have come */
static bool is_prepared, is_known; /* the sleigh, what the elves ask for */
static bool is_early;              /* written by nobody, if all is right */

/* Santa, when all reindeer are back; then each of them, when he has done so. */
static void prepare_sleigh(void)
{
    if (back < REINDEER)
        is_early = true;
    is_prepared = true;
}

static void get_hitched(void)
{
    if (!is_prepared)
        is_early = true;
}

/* Santa, when all elves want help; then each of them, when he has given it.  */
static void help_elves(void)
{
    if (stuck < ELVES)
        is_early = true;
    is_known = true;
}

static void get_help(void)
{
    if (!is_known)
        is_early = true;
}

#if defined ANSWER || defined MISTAKE
#include "06-santa.answer.h"
#else
/* ---- Yours: your variables, and when each does what it does ------------- */

static void santa(void)
{
    prepare_sleigh();
    help_elves();
}

static void reindeer(void)
{
    get_hitched();
}

static void elf(void)
{
    get_help();
}

/* ------------------------------------------------------------------------- */
#endif

static void *sleep_and_work(void *unused)
{
    santa();
    return unused;
}

static void *come_back(void *unused)
{
    back++;
    reindeer();
    return unused;
}

static void *get_stuck(void *unused)
{
    stuck++;
    elf();
    return unused;
}

int main(void)
{
    pthread_t thread[THREADS];

    pthread_create(&thread[0], NULL, sleep_and_work, NULL);
    for (int i = 1; i < THREADS; i++)
        pthread_create(&thread[i], NULL, i <= REINDEER ? come_back : get_stuck,
                       NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(thread[i], NULL);

    if (is_early)
        puts("wrong  somebody did not wait");
    else if (!is_prepared || !is_known)
        puts("wrong  something was not done");
    else
        puts("right  all were served");
    return is_early || !is_prepared || !is_known;
}
