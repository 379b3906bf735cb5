/* first.c -- two threads count to 200,000 together.

       with lock:                  # Python
           count += 1

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

static il_lock lock = IL_LOCK_INIT;
static int count; /* under the lock */

static void *work(void *arg)
{
    for (int i = 0; i < 100000; i++) {
        IL_WITH(&lock) {
            count++;
        }
    }
    return arg;
}

int main(void)
{
    pthread_t threads[2];

    for (int i = 0; i < 2; i++)
        if (pthread_create(&threads[i], NULL, work, NULL) != 0)
            return 1;
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("%d\n", count);
    return count != 200000;
}
