/* spin.c -- a thread waits by looking again and again.  As it yields in
   between, the schedules come to an end.

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

static atomic_int flag;

static void *wait(void *unused)
{
    while (!atomic_load(&flag))
        sched_yield();
    return unused;
}

static void *set(void *unused)
{
    atomic_store(&flag, 1);
    return unused;
}

int main(void)
{
    pthread_t threads[2];

    pthread_create(&threads[0], NULL, wait, NULL);
    pthread_create(&threads[1], NULL, set, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
