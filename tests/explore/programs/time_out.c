/* time_out.c -- one thread holds a lock, the other waits a second for it: it
   may time out while the lock is held, and only then.

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static il_lock lock = IL_LOCK_INIT;
static int answer;
static time_t waited;

static void *hold(void *unused)
{
    il_lock_acquire(&lock);
    il_lock_release(&lock);
    return unused;
}

static void *wait(void *unused)
{
    time_t began = time(NULL);

    answer = il_lock_acquire_until(&lock, il_after(IL_SEC(1)));
    waited = time(NULL) - began;
    if (answer == 0)
        il_lock_release(&lock);
    return unused;
}

int main(void)
{
    pthread_t threads[2];

    pthread_create(&threads[0], NULL, hold, NULL);
    pthread_create(&threads[1], NULL, wait, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    printf("%d %d\n", answer == ETIMEDOUT, (int)waited);
    return waited != (answer == ETIMEDOUT);
}
