/* 04-heisenbug.c -- lesson 1 with a printf, to see what happens.

   Each teller says that it begins.  That takes the lock of stdout, one after
   the other: the tellers no longer meet.

       -DSLEEP    instead a sleep between the read and the write, as
                  tutorials have it, so that they always meet
       -DQUIET    neither

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int balance = 100;

#ifdef SLEEP
#define DAWDLE usleep(100)
#else
#define DAWDLE (void)0
#endif

#if defined SLEEP || defined QUIET
#define SAY(what) (void)0
#else
#define SAY(what) puts(what)
#endif

static void *deposit(void *unused)
{
    SAY("the deposit begins");
    int read = balance;
    DAWDLE;
    balance = read + 50;
    return unused;
}

static void *withdraw(void *unused)
{
    SAY("the withdrawal begins");
    int read = balance;
    DAWDLE;
    balance = read - 30;
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
