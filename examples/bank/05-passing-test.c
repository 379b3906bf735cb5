/* 05-passing-test.c -- a test of lesson 1's tellers, a thousand rounds.

   It passes.  What does that prove?  At most three in so many are wrong, with
   95 % confidence: the rule of three.  (The explorer needs only one round.)

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <stdio.h>

#ifdef IL_EXPLORE
enum { ROUNDS = 1 };
#else
enum { ROUNDS = 1000 };
#endif

static int balance;

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

static int test(void)
{
    pthread_t teller[2];

    balance = 100;
    pthread_create(&teller[0], NULL, deposit, NULL);
    pthread_create(&teller[1], NULL, withdraw, NULL);
    pthread_join(teller[0], NULL);
    pthread_join(teller[1], NULL);
    return balance == 120;
}

int main(void)
{
    int passed = 0;

    for (int i = 0; i < ROUNDS; i++)
        passed += test();
    if (passed < ROUNDS)
        puts("failed  money was lost");
    else
        printf("passed  with 95 %% confidence fewer than %d in %d are wrong\n",
               ROUNDS < 3 ? ROUNDS : 3, ROUNDS);
    return passed != ROUNDS;
}
