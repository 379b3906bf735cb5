/* 20-you-are-the-scheduler.c -- a lock without any atomic read-modify-write
   (Peterson, "Myths about the mutual exclusion problem", 1981); two of its
   lines are the wrong way round.

   Be the scheduler: get both tellers in, with as few preemptions as you can.

       -DFIX_ORDER    the lines as Peterson has them
       -DRELAXED      stores that others may see late; for --tso

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

#ifdef RELAXED
#define ORDER memory_order_relaxed
#else
#define ORDER memory_order_seq_cst
#endif

static atomic_int wants[2], turn;
static int balance = 100;

static void lock(int me)
{
    int other = 1 - me;

#ifdef FIX_ORDER
    atomic_store_explicit(&wants[me], 1, ORDER);
    atomic_store_explicit(&turn, other, ORDER);
#else
    atomic_store_explicit(&turn, other, ORDER);
    atomic_store_explicit(&wants[me], 1, ORDER);
#endif
    while (wants[other] && turn == other)
        sched_yield();
}

static void unlock(int me)
{
    atomic_store_explicit(&wants[me], 0, ORDER);
}

static void *deposit(void *unused)
{
    lock(0);
    balance = balance + 50;
    unlock(0);
    return unused;
}

static void *withdraw(void *unused)
{
    lock(1);
    balance = balance - 30;
    unlock(1);
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
