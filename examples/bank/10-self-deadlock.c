/* 10-self-deadlock.c -- deposit() holds the lock and calls audit().

       -DFIX_RLOCK    an RLock, which its owner may acquire again

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

#ifdef FIX_RLOCK
static il_rlock lock = IL_RLOCK_INIT;
#else
static il_lock lock = IL_LOCK_INIT;
#endif
static int balance = 100; /* under the lock */

static int audit(void)
{
    int seen = 0;

    IL_WITH(&lock) {
        seen = balance;
    }
    return seen;
}

static void *deposit(void *seen)
{
    IL_WITH(&lock) {
        balance = balance + 50;
        *(int *)seen = audit();
    }
    return NULL;
}

int main(void)
{
    pthread_t teller;
    int seen = 0;

    pthread_create(&teller, NULL, deposit, &seen);
    pthread_join(teller, NULL);

    printf("%d  %s\n", seen, seen == 150 ? "right" : "wrong");
    return seen != 150;
}
