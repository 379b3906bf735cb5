/* tellers.c -- TELLERS threads that each make DEPOSITS deposits, under a guard.

   Without one there are (2td)! / (2d)!^t schedules; with one that excludes,
   (td)! / d!^t.

   SPDX-License-Identifier: MIT */

#include "guard.h"

#include <stdio.h>

static int balance;

static void *teller(void *unused)
{
    for (int i = 0; i < DEPOSITS; i++) {
        ENTER();
#ifdef ATOMIC
        __atomic_fetch_add(&balance, 10, __ATOMIC_RELAXED);
#elif defined RELAXED /* defined, and yet it loses money */
        int seen = __atomic_load_n(&balance, __ATOMIC_RELAXED);
        __atomic_store_n(&balance, seen + 10, __ATOMIC_RELAXED);
#else
        balance = balance + 10;
#endif
        LEAVE();
    }
    return unused;
}

int main(void)
{
    pthread_t tellers[TELLERS];

    BEGIN();
    for (int i = 0; i < TELLERS; i++)
        pthread_create(&tellers[i], NULL, teller, NULL);
    for (int i = 0; i < TELLERS; i++)
        pthread_join(tellers[i], NULL);
    printf("%d\n", balance);
    return balance != TELLERS * DEPOSITS * 10;
}
