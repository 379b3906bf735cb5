/* lost_wakeup.c -- who waits has looked before it has the lock; with -DINSIDE,
   after.

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>

static il_lock lock = IL_LOCK_INIT;
static il_condition changed = IL_CONDITION_INIT(&lock);
static int is_ready;

static void *wait(void *unused)
{
#ifdef INSIDE
    il_condition_acquire(&changed);
    if (!is_ready)
        il_condition_wait(&changed);
    il_condition_release(&changed);
#else
    if (!is_ready) {
        il_condition_acquire(&changed);
        il_condition_wait(&changed);
        il_condition_release(&changed);
    }
#endif
    return unused;
}

static void *tell(void *unused)
{
    il_condition_acquire(&changed);
    is_ready = 1;
    il_condition_notify(&changed);
    il_condition_release(&changed);
    return unused;
}

int main(void)
{
    pthread_t threads[2];

    pthread_create(&threads[0], NULL, wait, NULL);
    pthread_create(&threads[1], NULL, tell, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
