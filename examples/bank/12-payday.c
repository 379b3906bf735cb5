/* 12-payday.c -- the bank says once that the money is there.  Does everybody
   hear it?

   A Condition has no memory: a notify that meets nobody is gone.  An Event
   stays set.

       -DFIX_EVENT    an Event

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

#ifdef FIX_EVENT
static il_event paid = IL_EVENT_INIT;

static void announce(void)
{
    il_event_set(&paid);
}

static void hear(void)
{
    il_event_wait(&paid);
}
#else
static il_lock lock = IL_LOCK_INIT;
static il_condition paid = IL_CONDITION_INIT(&lock);

static void announce(void)
{
    IL_WITH(&paid) {
        il_condition_notify(&paid);
    }
}

static void hear(void)
{
    IL_WITH(&paid) {
        il_condition_wait(&paid);
    }
}
#endif

static int balance;

static void *pay(void *unused)
{
    balance = 100;
    announce();
    return unused;
}

static void *spend(void *unused)
{
    hear();
    balance = balance - 30;
    return unused;
}

int main(void)
{
    pthread_t bank, customer;

    pthread_create(&bank, NULL, pay, NULL);
    pthread_create(&customer, NULL, spend, NULL);
    pthread_join(bank, NULL);
    pthread_join(customer, NULL);

    printf("%d  %s\n", balance, balance == 70 ? "right" : "wrong");
    return balance != 70;
}
