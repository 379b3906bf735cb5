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

static void *spend(void *was_paid)
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
    *(bool *)was_paid = paid;
    return NULL;
}

int main(void)
{
    pthread_t customer, bank;
    bool was_paid = false;

    pthread_create(&customer, NULL, spend, &was_paid);
    pthread_create(&bank, NULL, pay, NULL);
    pthread_join(customer, NULL);
    pthread_join(bank, NULL);

    puts(was_paid ? "awake  right" : "went on  without the money");
    return !was_paid;
}
