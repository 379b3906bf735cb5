/* 12-clear.c -- the bank pays twice and sets the Event each time; the customer
   waits, clears it and fetches 50, twice.  Does he get both?

       -DFIX_FETCH_ALL    clears it, then fetches all that is there

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static il_event paid = IL_EVENT_INIT;
static atomic_int balance;
static bool is_overdrawn; /* written by nobody, if all is right */

static void *pay(void *unused)
{
    for (int i = 0; i < 2; i++) {
        atomic_fetch_add(&balance, 50);
        il_event_set(&paid);
    }
    return unused;
}

/* Returns how much it was.  */
static int fetch(void)
{
#ifdef FIX_FETCH_ALL
    return atomic_exchange(&balance, 0);
#else
    if (atomic_fetch_sub(&balance, 50) < 50)
        is_overdrawn = true;
    return 50;
#endif
}

static void *spend(void *fetched)
{
    for (int sum = 0; sum < 100; *(int *)fetched = sum) {
        il_event_wait(&paid);
        il_event_clear(&paid);
        sum += fetch();
    }
    return NULL;
}

int main(void)
{
    pthread_t bank, customer;
    int fetched = 0;

    pthread_create(&bank, NULL, pay, NULL);
    pthread_create(&customer, NULL, spend, &fetched);
    pthread_join(bank, NULL);
    pthread_join(customer, NULL);

    printf("%d  %s\n", fetched, is_overdrawn ? "overdrawn" : "right");
    return is_overdrawn;
}
