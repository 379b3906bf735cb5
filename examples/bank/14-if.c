/* 14-if.c -- one customer waits until 50 are there and takes them; another
   takes 50 if he sees them.  50 come, and 50 more.  Can the account be
   overdrawn?

       with cv:                                        # Python
           if balance < 50:
               cv.wait()
           balance = balance - 50

       -DFIX_WHILE    looks again after the wait

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

static il_lock lock = IL_LOCK_INIT;
static il_condition cv = IL_CONDITION_INIT(&lock);
static int balance, least; /* under the lock */

static void change(int amount)
{
    balance = balance + amount;
    if (balance < least)
        least = balance;
}

static void *wait_and_take(void *has_taken)
{
    IL_WITH(&cv) {
#ifdef FIX_WHILE
        while (balance < 50)
            il_condition_wait(&cv);
#else
        if (balance < 50)
            il_condition_wait(&cv);
#endif
        change(-50);
        *(bool *)has_taken = true;
    }
    return NULL;
}

static void *take_or_go(void *unused)
{
    IL_WITH(&cv) {
        if (balance >= 50)
            change(-50);
    }
    return unused;
}

static void *pay_twice(void *unused)
{
    for (int i = 0; i < 2; i++) {
        IL_WITH(&cv) {
            change(+50);
            il_condition_notify(&cv);
        }
    }
    return unused;
}

int main(void)
{
    pthread_t patient, late, bank;
    bool has_taken = false;

    pthread_create(&patient, NULL, wait_and_take, &has_taken);
    pthread_create(&late, NULL, take_or_go, NULL);
    pthread_create(&bank, NULL, pay_twice, NULL);
    pthread_join(patient, NULL);
    pthread_join(late, NULL);
    pthread_join(bank, NULL);

    if (least < 0)
        printf("%d  overdrawn: he took what was gone\n", least);
    else if (!has_taken)
        puts("wrong  he went with nothing");
    else
        puts("right  nobody took what was not there");
    return least < 0 || !has_taken;
}
