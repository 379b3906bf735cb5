/* 19-correct-and-slow.c -- three tellers at three accounts, and one lock for
   the whole bank.  Right; but how many ways are there to do it?

       -DSHARDED        two locks, for the even accounts and for the odd
       -DPER_ACCOUNT    a lock for each account
       -DNONE           no lock: the accounts are not shared

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

enum { ACCOUNTS = 3 };

static int balance[ACCOUNTS] = {100, 100, 100};

/* Account i is under lock i % LOCKS.  */
#if defined PER_ACCOUNT
enum { LOCKS = ACCOUNTS };
#elif defined SHARDED
enum { LOCKS = 2 };
#else
enum { LOCKS = 1 };
#endif

#ifdef NONE
#define WITH_LOCK_OF(i)
#else
static il_lock lock[LOCKS];
#define WITH_LOCK_OF(i) IL_WITH(&lock[(i) % LOCKS])
#endif

static void *deposit(void *account)
{
    int i = *(int *)account;

    WITH_LOCK_OF(i)
    {
        balance[i] = balance[i] + 50;
    }
    return NULL;
}

int main(void)
{
    static int account[ACCOUNTS] = {0, 1, 2};
    pthread_t teller[ACCOUNTS];
    int sum = 0;

    for (int i = 0; i < ACCOUNTS; i++)
        pthread_create(&teller[i], NULL, deposit, &account[i]);
    for (int i = 0; i < ACCOUNTS; i++) {
        pthread_join(teller[i], NULL);
        sum += balance[i];
    }

    printf("%d  %s\n", sum, sum == 450 ? "right" : "a deposit vanished");
    return sum != 450;
}
