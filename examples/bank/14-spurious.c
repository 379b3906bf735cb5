/* 14-spurious.c -- `if` again, with nobody who steals, and with POSIX's own
   condition variable, which may wake for no reason.

       -DFIX_WHILE    looks again after the wait

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int balance; /* under the mutex */
static int after;   /* the withdrawal */

static void *withdraw(void *unused)
{
    pthread_mutex_lock(&mutex);
#ifdef FIX_WHILE
    while (balance < 50)
        pthread_cond_wait(&cond, &mutex);
#else
    if (balance < 50)
        pthread_cond_wait(&cond, &mutex);
#endif
    balance = balance - 50;
    after = balance;
    pthread_mutex_unlock(&mutex);
    return unused;
}

static void *deposit(void *unused)
{
    pthread_mutex_lock(&mutex);
    balance = balance + 50;
    pthread_cond_signal(&cond);
    pthread_mutex_unlock(&mutex);
    return unused;
}

int main(void)
{
    pthread_t customer, bank;

    pthread_create(&customer, NULL, withdraw, NULL);
    pthread_create(&bank, NULL, deposit, NULL);
    pthread_join(customer, NULL);
    pthread_join(bank, NULL);

    printf("%d  %s\n", after, after == 0 ? "right" : "overdrawn");
    return after != 0;
}
