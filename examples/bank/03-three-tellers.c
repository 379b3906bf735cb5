/* 03-three-tellers.c -- three tellers deposit 10 twice each: 160 is right.

       -DFIX_LOCK    under a Lock

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

enum { TELLERS = 3, DEPOSITS = 2 };

static int balance = 100;

#ifdef FIX_LOCK
static il_lock lock = IL_LOCK_INIT;
#define GUARDED IL_WITH(&lock)
#else
#define GUARDED
#endif

static void *deposit(void *unused)
{
    for (int i = 0; i < DEPOSITS; i++) {
        GUARDED
        {
            balance = balance + 10;
        }
    }
    return unused;
}

int main(void)
{
    pthread_t teller[TELLERS];

    for (int i = 0; i < TELLERS; i++)
        pthread_create(&teller[i], NULL, deposit, NULL);
    for (int i = 0; i < TELLERS; i++)
        pthread_join(teller[i], NULL);

    printf("%d  %s\n", balance, balance == 160 ? "right" : "deposits vanished");
    return balance != 160;
}
