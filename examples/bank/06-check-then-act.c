/* 06-check-then-act.c -- every access is locked.  Can it be overdrawn?

   100 are there; one teller is to pay out 80, another 70, each only if there
   is enough.

       -DFIX_ONE_BLOCK    one lock for check and payment together

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

static il_rlock lock = IL_RLOCK_INIT;
static int balance = 100; /* under the lock */

static int look(void)
{
    int seen = 0;

    IL_WITH(&lock) {
        seen = balance;
    }
    return seen;
}

static void take(int amount)
{
    IL_WITH(&lock) {
        balance = balance - amount;
    }
}

static void *pay_out(void *amount)
{
    int wanted = *(int *)amount;

#ifdef FIX_ONE_BLOCK
    IL_WITH(&lock)
#endif
    {
        if (look() >= wanted)
            take(wanted);
    }
    return NULL;
}

int main(void)
{
    static int amount[2] = {80, 70};
    pthread_t teller[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&teller[i], NULL, pay_out, &amount[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(teller[i], NULL);

    printf("%d  %s\n", balance,
           balance < 0 ? "both were paid: overdrawn" : "one was refused");
    return balance < 0;
}
