/* 02-textbook.c -- the textbook's program: many deposits in two loops.

   With optimization the compiler makes each loop one addition, and nothing
   seems ever to be lost.

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <stdio.h>

enum { DEPOSITS = 4 };

static int balance;

static void *deposit(void *unused)
{
    for (int i = 0; i < DEPOSITS; i++)
        balance++;
    return unused;
}

int main(void)
{
    pthread_t teller[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&teller[i], NULL, deposit, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(teller[i], NULL);

    puts(balance == 2 * DEPOSITS ? "all  right" : "less  deposits vanished");
    return balance != 2 * DEPOSITS;
}
