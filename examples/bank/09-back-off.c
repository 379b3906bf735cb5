/* 09-back-off.c -- who does not get the second lock gives the first one back
   and tries again.  No deadlock; but does it end?

       -DNO_YIELD    without letting the other run before it tries again
       -DTIME_OUT    waits for the second lock, but not for ever

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

struct account {
    il_lock lock;
    int balance; /* under the lock */
};

static struct account alice = {IL_LOCK_INIT, 100};
static struct account bob = {IL_LOCK_INIT, 100};

static void move(struct account *source, struct account *target, int amount)
{
    source->balance = source->balance - amount;
    target->balance = target->balance + amount;
}

#ifdef TIME_OUT
#define TRY(lock) il_lock_acquire_until(lock, il_after(IL_MS(1)))
#else
#define TRY(lock) il_lock_try_acquire(lock)
#endif

static void transfer(struct account *source, struct account *target, int amount)
{
    il_lock_acquire(&source->lock);
    while (TRY(&target->lock) != 0) {
        il_lock_release(&source->lock);
#ifndef NO_YIELD
        sched_yield();
#endif
        il_lock_acquire(&source->lock);
    }
    move(source, target, amount);
    il_lock_release(&target->lock);
    il_lock_release(&source->lock);
}

static void *there(void *unused)
{
    transfer(&alice, &bob, 50);
    return unused;
}

static void *back(void *unused)
{
    transfer(&bob, &alice, 30);
    return unused;
}

int main(void)
{
    pthread_t teller[2];

    pthread_create(&teller[0], NULL, there, NULL);
    pthread_create(&teller[1], NULL, back, NULL);
    pthread_join(teller[0], NULL);
    pthread_join(teller[1], NULL);

    printf("%d + %d  %s\n", alice.balance, bob.balance,
           alice.balance == 80 && bob.balance == 120 ? "right"
                                                     : "money was lost");
    return alice.balance != 80 || bob.balance != 120;
}
