/* 07-torn-audit.c -- every account has its lock.  Is the total right?

   Alice and Bob hold 100 each.  10 go from Alice to Bob while an auditor adds
   the two up: 200, always.

       -DFIX_BOTH    transfer and audit hold both locks, Alice's first

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

struct account {
    il_rlock lock;
    int balance; /* under the lock */
};

static struct account alice = {IL_RLOCK_INIT, 100};
static struct account bob = {IL_RLOCK_INIT, 100};
static int total;

#ifdef FIX_BOTH
#define WITH_BOTH        \
    IL_WITH(&alice.lock) \
        IL_WITH(&bob.lock)
#else
#define WITH_BOTH
#endif

static int change(struct account *a, int amount)
{
    int now = 0;

    IL_WITH(&a->lock) {
        a->balance = a->balance + amount;
        now = a->balance;
    }
    return now;
}

static void *transfer(void *unused)
{
    WITH_BOTH
    {
        change(&alice, -10);
        change(&bob, +10);
    }
    return unused;
}

static void *audit(void *unused)
{
    WITH_BOTH
    {
        total = change(&alice, 0) + change(&bob, 0);
    }
    return unused;
}

int main(void)
{
    pthread_t teller, auditor;

    pthread_create(&teller, NULL, transfer, NULL);
    pthread_create(&auditor, NULL, audit, NULL);
    pthread_join(teller, NULL);
    pthread_join(auditor, NULL);

    printf("%d  %s\n", total,
           total == 200   ? "right"
           : total == 190 ? "10 had left Alice and not reached Bob"
                          : "10 were counted twice");
    return total != 200;
}
