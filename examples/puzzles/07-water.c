/* 07-water.c -- two atoms of hydrogen and one of oxygen make a molecule of
   water: whenever three atoms bond, it has to be these.

   Fill in what is between the lines; then

       il-explore grade 07-water.c my.c --strategy dpor

   From Allen B. Downey, "The Little Book of Semaphores", 2016, section 5.6.
   The answer is 07-water.answer.h (-DANSWER); it has a classic mistake, too
   (-DMISTAKE).

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { HYDROGEN, OXYGEN, ATOMS, THREADS = 4, MOLECULES = 2 };

static il_barrier molecule;
static atomic_int oxygens; /* that bond, or have bonded */
static int complete;       /* molecules */
static bool is_wrong;      /* written by nobody, if all is right */

/* The three of a molecule have come.  */
static int check(void *unused)
{
    (void)unused;
    complete = complete + 1;
    if (oxygens != complete)
        is_wrong = true;
    return 0;
}

/* Returns when three atoms have called it; which, it does not care.  */
static void bond(int atom)
{
    if (atom == OXYGEN)
        atomic_fetch_add(&oxygens, 1);
    il_barrier_wait(&molecule, NULL);
}

#if defined ANSWER || defined MISTAKE
#include "07-water.answer.h"
#else
/* ---- Yours: your variables, and when each bonds ------------------------- */

static void hydrogen(void)
{
    bond(HYDROGEN);
}

static void oxygen(void)
{
    bond(OXYGEN);
}

/* ------------------------------------------------------------------------- */
#endif

struct source {
    int atom, n;
};

/* Atoms, one after the other.  */
static void *supply(void *arg)
{
    const struct source *source = arg;

    for (int i = 0; i < source->n; i++) {
        if (source->atom == HYDROGEN)
            hydrogen();
        else
            oxygen();
    }
    return NULL;
}

int main(void)
{
    static struct source source[THREADS] = {
        {HYDROGEN, 2}, {HYDROGEN, 2}, {OXYGEN, 1}, {OXYGEN, 1}};
    pthread_t thread[THREADS];

    il_barrier_init(&molecule, 3, check, NULL, 0);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&thread[i], NULL, supply, &source[i]);
    for (int i = 0; i < THREADS; i++)
        pthread_join(thread[i], NULL);

    if (complete != MOLECULES)
        is_wrong = true;
    puts(is_wrong ? "wrong  that is no water" : "right  all of it is water");
    return is_wrong;
}
