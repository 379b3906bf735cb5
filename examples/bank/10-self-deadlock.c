/* 10-self-deadlock.c -- deposit() holds the lock and calls audit(), to tell the
   customer what the account holds after his deposit.

       -DFIX_RLOCK    an RLock, which its owner may acquire again
       -DTELLERS=1    one teller instead of two

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

#ifndef TELLERS
#define TELLERS 2
#endif

#ifdef FIX_RLOCK
static il_rlock lock = IL_RLOCK_INIT;
#else
static il_lock lock = IL_LOCK_INIT;
#endif
static int balance = 100; /* under the lock */

static int audit(void)
{
    int seen = 0;

    IL_WITH(&lock) {
        seen = balance;
    }
    return seen;
}

static void *deposit(void *seen)
{
    IL_WITH(&lock) {
        balance = balance + 50;
        *(int *)seen = audit();
    }
    return NULL;
}

int main(void)
{
    pthread_t teller[TELLERS];
    int seen[TELLERS], told = 0, right = 0;

    for (int i = 0; i < TELLERS; i++)
        pthread_create(&teller[i], NULL, deposit, &seen[i]);
    for (int i = 0; i < TELLERS; i++) {
        pthread_join(teller[i], NULL);
        told += seen[i];
        right += 100 + 50 * (i + 1);
    }

    printf("%d  %s\n", balance,
           told == right ? "right" : "a customer was told what is not so");
    return told != right;
}
