/* again.c -- an object where another one was: on the stack, by its initializer,
   and by its call.

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <semaphore.h>

static int use(void)
{
    il_semaphore s = IL_SEMAPHORE_INIT(1);
    il_event e = IL_EVENT_INIT;
    sem_t posix;

    if (il_event_is_set(&e))
        return 1;
    il_event_set(&e);
    sem_init(&posix, 0, 1);
    return il_semaphore_try_acquire(&s) || sem_trywait(&posix);
}

int main(void)
{
    int failures = 0;

    for (int i = 0; i < 3; i++)
        failures += use();
    return failures;
}
