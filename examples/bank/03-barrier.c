/* 03-barrier.c -- a Barrier between the deposits and the withdrawals.

   It excludes nobody, but here it orders: the withdrawal begins when the
   deposit has ended.

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

static int balance = 100;
static il_barrier deposited = IL_BARRIER_INIT(2);

static void *deposit(void *unused)
{
    balance = balance + 50;
    il_barrier_wait(&deposited, NULL);
    return unused;
}

static void *withdraw(void *unused)
{
    il_barrier_wait(&deposited, NULL);
    balance = balance - 30;
    return unused;
}

int main(void)
{
    pthread_t teller[2];

    pthread_create(&teller[0], NULL, deposit, NULL);
    pthread_create(&teller[1], NULL, withdraw, NULL);
    pthread_join(teller[0], NULL);
    pthread_join(teller[1], NULL);

    printf("%d  %s\n", balance, balance == 120 ? "right" : "a change vanished");
    return balance != 120;
}
