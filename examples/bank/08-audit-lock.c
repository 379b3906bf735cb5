/* 08-audit-lock.c -- who transfers holds one lock, who adds up another.  Is the
   total right?

   So does the bank of libslock, a benchmark of locks (David, Guerraoui and
   Trigonakis, "Everything You Always Wanted to Know about Synchronization but
   Were Afraid to Ask", 2013).

       -DFIX_ONE_LOCK    both hold the same

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

static int alice = 100, bob = 100;
static int total;

static il_lock transfers = IL_LOCK_INIT;
#ifdef FIX_ONE_LOCK
#define audits transfers
#else
static il_lock audits = IL_LOCK_INIT;
#endif

static void *transfer(void *unused)
{
    IL_WITH(&transfers) {
        alice = alice - 10;
        bob = bob + 10;
    }
    return unused;
}

static void *audit(void *unused)
{
    IL_WITH(&audits) {
        total = alice + bob;
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
