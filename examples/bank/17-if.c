/* 17-if.c -- a barrier of POSIX's own parts: the deposit comes before it, the
   audit after.  Who is not the last waits once, with `if`.

   So do the benchmarks of libslock (David, Guerraoui and Trigonakis, 2013) at
   their start.  But pthread_cond_wait may wake for no reason.

       -DFIX_DAY    waits until the day has changed

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <stdio.h>

enum { TELLERS = 2 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t evening = PTHREAD_COND_INITIALIZER;
static int arrived, day; /* under the mutex */

static int balance = 100;

static void meet(void)
{
    pthread_mutex_lock(&mutex);
    int today = day;
    arrived = arrived + 1;
    if (arrived == TELLERS) {
        arrived = 0;
        day = today + 1;
        pthread_cond_broadcast(&evening);
    }
#ifdef FIX_DAY
    while (day == today)
        pthread_cond_wait(&evening, &mutex);
#else
    if (day == today)
        pthread_cond_wait(&evening, &mutex);
#endif
    pthread_mutex_unlock(&mutex);
}

static void *deposit(void *unused)
{
    balance = balance + 50;
    meet();
    return unused;
}

static void *audit(void *seen)
{
    meet();
    *(int *)seen = balance;
    return NULL;
}

int main(void)
{
    pthread_t teller, auditor;
    int seen = 0;

    pthread_create(&teller, NULL, deposit, NULL);
    pthread_create(&auditor, NULL, audit, &seen);
    pthread_join(teller, NULL);
    pthread_join(auditor, NULL);

    printf("%d  %s\n", seen, seen == 150 ? "right" : "before the deposit");
    return seen != 150;
}
