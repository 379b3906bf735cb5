/* 03-guards.c -- which of the seven keep the money?

   IL_WITH is Python's `with`:

       def deposit():
           global balance
           with guard:
               balance = balance + 50

   The guard is a Lock; or, one at a time,

       -DRLOCK  -DSEMAPHORE  -DBOUNDED_SEMAPHORE  -DCONDITION

   An Event as a guard is 03-event.c, a Barrier 03-barrier.c.

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

#if defined RLOCK
static il_rlock guard = IL_RLOCK_INIT;
#elif defined SEMAPHORE
static il_semaphore guard = IL_SEMAPHORE_INIT(1);
#elif defined BOUNDED_SEMAPHORE
static il_bounded_semaphore guard = IL_BOUNDED_SEMAPHORE_INIT(1);
#elif defined CONDITION
static il_lock lock = IL_LOCK_INIT;
static il_condition guard = IL_CONDITION_INIT(&lock);
#else
static il_lock guard = IL_LOCK_INIT;
#endif

static int balance = 100; /* under the guard */

static void *deposit(void *unused)
{
    IL_WITH(&guard) {
        balance = balance + 50;
    }
    return unused;
}

static void *withdraw(void *unused)
{
    IL_WITH(&guard) {
        balance = balance - 30;
    }
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
