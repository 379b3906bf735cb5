/* 18-futex-mutex.c -- inside a lock: 0 is free, 1 is taken, 2 is taken and
   somebody may sleep (Drepper, "Futexes Are Tricky", 2004).

   Who wakes takes the lock with a 1.  Is that a mistake?

       -DFIX_TWO      with a 2: another may still sleep
       -DTELLERS=2    two tellers instead of three

   SPDX-License-Identifier: MIT */

#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef FIX_TWO
enum { WOKEN = 2 };
#else
enum { WOKEN = 1 };
#endif

#ifndef TELLERS
#define TELLERS 3
#endif

static atomic_int word;
static int balance = 100; /* under the lock */

static int swap_if(int is, int to)
{
    atomic_compare_exchange_strong(&word, &is, to);
    return is;
}

static void lock(void)
{
    int was = swap_if(0, 1);

    while (was != 0) {
        if (was == 2 || swap_if(1, 2) != 0)
            syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 2, NULL);
        was = swap_if(0, WOKEN);
    }
}

static void unlock(void)
{
    if (atomic_exchange(&word, 0) == 2)
        syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1);
}

static void *deposit(void *unused)
{
    lock();
    balance = balance + 10;
    unlock();
    return unused;
}

int main(void)
{
    pthread_t teller[TELLERS];

    for (int i = 0; i < TELLERS; i++)
        pthread_create(&teller[i], NULL, deposit, NULL);
    for (int i = 0; i < TELLERS; i++)
        pthread_join(teller[i], NULL);

    printf("%d  %s\n", balance,
           balance == 100 + 10 * TELLERS ? "right" : "deposits vanished");
    return balance != 100 + 10 * TELLERS;
}
