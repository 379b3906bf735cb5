/* 16-read-before-join.c -- two workers count bytes under a lock; main prints
   the sum.  Is it the sum?

       -DFIX_JOIN    joins first

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

static il_lock lock = IL_LOCK_INIT;
static int sum; /* under the lock */

static void *download(void *bytes)
{
    IL_WITH(&lock) {
        sum = sum + *(int *)bytes;
    }
    return NULL;
}

static int read_sum(void)
{
    int seen = 0;

    IL_WITH(&lock) {
        seen = sum;
    }
    return seen;
}

int main(void)
{
    static int bytes[2] = {50, 70};
    pthread_t worker[2];
    int seen;

    for (int i = 0; i < 2; i++)
        pthread_create(&worker[i], NULL, download, &bytes[i]);
#ifdef FIX_JOIN
    for (int i = 0; i < 2; i++)
        pthread_join(worker[i], NULL);
    seen = read_sum();
#else
    seen = read_sum();
    for (int i = 0; i < 2; i++)
        pthread_join(worker[i], NULL);
#endif

    printf("%d  %s\n", seen, seen == 120 ? "right" : "too early");
    return seen != 120;
}
