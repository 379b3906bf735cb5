/* over_release.c -- a room for one teller, three tellers, and one that leaves
   it twice.  With -DBOUNDED the second time is refused, in each schedule.

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>

#ifdef BOUNDED
static il_bounded_semaphore room = IL_BOUNDED_SEMAPHORE_INIT(1);
#define ENTER() il_bounded_semaphore_acquire(&room)
#define LEAVE() il_bounded_semaphore_release(&room)
#else
static il_semaphore room = IL_SEMAPHORE_INIT(1);
#define ENTER() il_semaphore_acquire(&room)
#define LEAVE() il_semaphore_release(&room)
#endif

static int balance, refused;

static void *teller(void *leaves_twice)
{
    ENTER();
    balance = balance + 10;
    LEAVE();
    if (leaves_twice)
        refused = LEAVE();
    return NULL;
}

int main(void)
{
    pthread_t tellers[3];

    for (int i = 0; i < 3; i++)
        pthread_create(&tellers[i], NULL, teller, i == 0 ? &room : NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(tellers[i], NULL);
    return refused || balance != 30;
}
