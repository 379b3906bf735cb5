/* 13-lost-wakeup.c -- looks whether the money is there, and sleeps if not.
   Does it always wake?

       if not paid:                                    # Python
           with cv:
               cv.wait()

       -DFIX_INSIDE    looks with the lock held

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static il_lock lock = IL_LOCK_INIT;
static il_condition cv = IL_CONDITION_INIT(&lock);
static atomic_bool paid;

static void *pay(void *unused)
{
    paid = true;
    IL_WITH(&cv) {
        il_condition_notify(&cv);
    }
    return unused;
}

static void *spend(void *unused)
{
#ifdef FIX_INSIDE
    IL_WITH(&cv) {
        while (!paid)
            il_condition_wait(&cv);
    }
#else
    if (!paid) {
        IL_WITH(&cv) {
            il_condition_wait(&cv);
        }
    }
#endif
    return unused;
}

int main(void)
{
    pthread_t customer, bank;

    pthread_create(&customer, NULL, spend, NULL);
    pthread_create(&bank, NULL, pay, NULL);
    pthread_join(customer, NULL);
    pthread_join(bank, NULL);

    puts("awake  right");
    return 0;
}
