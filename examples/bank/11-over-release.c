/* 11-over-release.c -- one counter, two tellers, and a visitor who leaves it
   without ever having come.

   A Semaphore takes the token that was too many, and lets both tellers in.

       -DBOUNDED    a BoundedSemaphore: no cure, but whichever release is one
                    too many fails

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#ifdef BOUNDED
static il_bounded_semaphore counter = IL_BOUNDED_SEMAPHORE_INIT(1);
#define acquire il_bounded_semaphore_acquire
#define release il_bounded_semaphore_release
#else
static il_semaphore counter = IL_SEMAPHORE_INIT(1);
#define acquire il_semaphore_acquire
#define release il_semaphore_release
#endif

static int balance = 100;
static bool is_reported; /* written by one thread at most: one is too many */

static void leave(void)
{
    if (release(&counter) == EOVERFLOW)
        is_reported = true;
}

static void *change(void *amount)
{
    acquire(&counter);
    balance = balance + *(int *)amount;
    leave();
    return NULL;
}

static void *visit(void *unused)
{
    leave();
    return unused;
}

int main(void)
{
    static int amount[2] = {+50, -30};
    pthread_t teller[2], visitor;

    for (int i = 0; i < 2; i++)
        pthread_create(&teller[i], NULL, change, &amount[i]);
    pthread_create(&visitor, NULL, visit, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(teller[i], NULL);
    pthread_join(visitor, NULL);

    if (is_reported)
        puts("EOVERFLOW  reported: released once too often");
    else
        printf("%d  %s\n", balance,
               balance == 120 ? "right, by luck" : "a change vanished");
    return is_reported || balance != 120;
}
