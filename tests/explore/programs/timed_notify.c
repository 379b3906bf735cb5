/* timed_notify.c -- a wait with a time limit answers 0 exactly if a notify was
   used up on it, also when the limit passed before it had the lock back.

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

static il_lock lock = IL_LOCK_INIT;
static il_condition changed = IL_CONDITION_INIT(&lock);
static int answer;
static uint32_t waited;

static void *wait(void *unused)
{
    il_condition_acquire(&changed);
    answer = il_condition_wait_until(&changed, il_after(IL_MS(1)));
    il_condition_release(&changed);
    return unused;
}

static void *tell(void *unused)
{
    il_condition_acquire(&changed);
    waited = il_condition_waiting(&changed);
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
    printf("%s\n", answer == 0 ? "notified" : "late");
    return answer != (waited ? 0 : ETIMEDOUT);
}
