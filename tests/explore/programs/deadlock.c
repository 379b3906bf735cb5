/* deadlock.c -- two transfers between two accounts, each with its lock; with
   -DORDERED both acquire them in the same order.

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>

static il_lock locks[2];
static int accounts[2] = {100, 100};

static void *transfer(void *from_second)
{
    int from = from_second != NULL;
    int first = from;

#ifdef ORDERED
    first = 0;
#endif
    il_lock_acquire(&locks[first]);
    il_lock_acquire(&locks[1 - first]);
    accounts[from] -= 10;
    accounts[1 - from] += 10;
    il_lock_release(&locks[1 - first]);
    il_lock_release(&locks[first]);
    return NULL;
}

int main(void)
{
    pthread_t threads[2];

    pthread_create(&threads[0], NULL, transfer, NULL);
    pthread_create(&threads[1], NULL, transfer, &accounts);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return accounts[0] != 100;
}
