/* 14-notify.c -- one Condition, two kinds of waiters: one waits for money, the
   other for his card.  Each is told when what he waits for has come.

       -DFIX_ALL    notify_all: everybody looks for himself

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

#ifdef FIX_ALL
#define NOTIFY il_condition_notify_all
#else
#define NOTIFY il_condition_notify
#endif

static il_lock lock = IL_LOCK_INIT;
static il_condition cv = IL_CONDITION_INIT(&lock);
static bool has_come[2]; /* under the lock */
static int served;       /* under the lock */

static void *await(void *thing)
{
    IL_WITH(&cv) {
        while (!*(bool *)thing)
            il_condition_wait(&cv);
        served += *(bool *)thing;
    }
    return NULL;
}

static void *bring(void *unused)
{
    for (int i = 0; i < 2; i++) {
        IL_WITH(&cv) {
            has_come[i] = true;
            NOTIFY(&cv);
        }
    }
    return unused;
}

int main(void)
{
    pthread_t customer[2], bank;

    for (int i = 0; i < 2; i++)
        pthread_create(&customer[i], NULL, await, &has_come[i]);
    pthread_create(&bank, NULL, bring, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(customer[i], NULL);
    pthread_join(bank, NULL);

    puts(served == 2 ? "served  right" : "went on  with nothing");
    return served != 2;
}
