/* 01-lost-update.c -- can this lose money?

   An account holds 100.  One teller deposits 50 while another withdraws 30:
   120 is right.  In Python:

       def deposit():
           global balance
           balance = balance + 50

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

    printf("%d  %s\n", balance,
           balance == 120   ? "right"
           : balance == 150 ? "the withdrawal vanished: the bank loses 30"
           : balance == 70  ? "the deposit vanished: the customer loses 50"
                            : "this was never in the account");
    return balance != 120;
}
