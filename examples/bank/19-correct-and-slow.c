/* 19-correct-and-slow.c -- two tellers at two accounts, and one lock for the
   whole bank.  Right; but how many ways are there to do it?

       -DPER_ACCOUNT    a lock for each account
       -DNONE           no lock: the accounts are not shared

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

struct account {
    il_lock lock;
    int balance;
};

static struct account account[2] = {{IL_LOCK_INIT, 100}, {IL_LOCK_INIT, 100}};

#if defined PER_ACCOUNT
#define WITH_LOCK_OF(a) IL_WITH(&(a)->lock)
#elif defined NONE
#define WITH_LOCK_OF(a)
#else
static il_lock bank = IL_LOCK_INIT;
#define WITH_LOCK_OF(a) IL_WITH(&bank)
#endif

static void *deposit(void *arg)
{
    struct account *a = arg;

    WITH_LOCK_OF(a)
    {
        a->balance = a->balance + 50;
    }
    return NULL;
}

int main(void)
{
    pthread_t teller[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&teller[i], NULL, deposit, &account[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(teller[i], NULL);

    printf("%d + %d  right\n", account[0].balance, account[1].balance);
    return account[0].balance != 150 || account[1].balance != 150;
}
