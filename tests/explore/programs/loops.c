/* loops.c -- a thread that waits in a loop lets others come first in the end;
   but not before it is known to wait: a loop that gives up after a few rounds
   does, and what yields or sleeps one time after the other goes on.

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

static atomic_int flag;

static void *set(void *unused)
{
    atomic_store(&flag, 1);
    return unused;
}

#ifdef LINE
/* By sleeping, which promises nothing.  */
static const char *look(void)
{
    sleep(1);
    sched_yield();
    sleep(1);
    sleep(1);
    return atomic_load(&flag) ? "saw" : "gave up";
}
#else
static const char *look(void)
{
#ifdef ROUNDS
    for (int i = 0; i < ROUNDS; i++) {
#else
    for (;;) {
#endif
        if (atomic_load(&flag))
            return "saw";
#ifdef SLEEPS
        usleep(100);
#endif
    }
    return "gave up";
}
#endif

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, set, NULL);
    puts(look());
    pthread_join(thread, NULL);
    return 0;
}
