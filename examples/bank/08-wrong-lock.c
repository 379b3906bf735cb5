/* 08-wrong-lock.c -- there is a lock around every change.  Is that enough?

   Each teller has a lock of its own.

       -DSHADOWED        one has hidden the account's lock by a variable of
                         that name
       -DFIX_ONE_LOCK    the lock belongs to the account

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

static int balance = 100;

static il_lock first = IL_LOCK_INIT;
#if defined FIX_ONE_LOCK || defined SHADOWED
#define second first
#else
static il_lock second = IL_LOCK_INIT;
#endif

static void *deposit(void *unused)
{
    IL_WITH(&first) {
        balance = balance + 50;
    }
    return unused;
}

static void *withdraw(void *unused)
{
#ifdef SHADOWED
    il_lock first = IL_LOCK_INIT;
#endif
    IL_WITH(&second) {
        balance = balance - 30;
    }
    return unused;
}

int main(void)
{
    pthread_t teller[2];

    pthread_create(&teller[0], NULL, deposit, NULL);
    pthread_create(&teller[1], NULL, withdraw, NULL);
    pthread_join(teller[0], NULL);
    pthread_join(teller[1], NULL);

    printf("%d  %s\n", balance,
           balance == 120   ? "right"
           : balance == 150 ? "the withdrawal vanished: the bank loses 30"
                            : "the deposit vanished: the customer loses 50");
    return balance != 120;
}
