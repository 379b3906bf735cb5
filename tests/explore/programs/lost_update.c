/* lost_update.c -- the textbook's: no header of ours, nothing to mark.

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <stdio.h>

static int balance = 100;

static void *deposit(void *unused)
{
    balance = balance + 50;
    return unused;
}

static void *withdraw(void *unused)
{
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
    printf("%d\n", balance);
    return balance != 120;
}
