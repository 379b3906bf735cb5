/* 02-three-instructions.c -- is it safe if nothing is undefined?

   In lesson 1 two threads write plain memory at once: a data race, which C
   leaves undefined.  Here each access is atomic, so all is defined and no race
   detector complains.

       -DFIX_ADD    reads, adds and writes in one atomic step

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int balance = 100;

static void change(int amount)
{
#ifdef FIX_ADD
    atomic_fetch_add_explicit(&balance, amount, memory_order_relaxed);
#else
    int read = atomic_load_explicit(&balance, memory_order_relaxed);
    int sum = read + amount;
    atomic_store_explicit(&balance, sum, memory_order_relaxed);
#endif
}

static void *deposit(void *unused)
{
    change(+50);
    return unused;
}

static void *withdraw(void *unused)
{
    change(-30);
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
