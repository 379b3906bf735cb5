/* 17-dead-party.c -- one of two tellers falls ill before they meet.  What
   becomes of the other?

       -DFIX_ABORT      who falls ill breaks the Barrier
       -DFIX_TIMEOUT    who waits does not wait for ever

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static il_barrier evening = IL_BARRIER_INIT(2);

static void *fall_ill(void *unused)
{
#ifdef FIX_ABORT
    il_barrier_abort(&evening);
#endif
    return unused;
}

static void *meet(void *error)
{
#ifdef FIX_TIMEOUT
    *(int *)error = il_barrier_wait_until(&evening, NULL, il_after(IL_MS(10)));
#else
    *(int *)error = il_barrier_wait(&evening, NULL);
#endif
    return NULL;
}

int main(void)
{
    pthread_t ill, well;
    int error = 0;

    pthread_create(&ill, NULL, fall_ill, NULL);
    pthread_create(&well, NULL, meet, &error);
    pthread_join(ill, NULL);
    pthread_join(well, NULL);

    printf("%s  %s: right\n", error == ECANCELED ? "broken" : "timed out",
           strerror(error));
    return error == 0;
}
