/* barrier.c -- two threads and two rounds, with a step that is seen before
   each: a barrier, of the library or of POSIX, or with -DHOME a home-made one,
   whose count is reset too late.

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>

#ifdef HOME
static il_lock lock = IL_LOCK_INIT;
static il_semaphore gate = IL_SEMAPHORE_INIT(0);
static int arrived;

static void meet(void)
{
    int mine;

    il_lock_acquire(&lock);
    mine = arrived + 1;
    arrived = mine;
    il_lock_release(&lock);
    if (mine == 2) {
        arrived = 0;
        il_semaphore_release(&gate);
    } else {
        il_semaphore_acquire(&gate);
    }
}
#elif defined POSIX
static pthread_barrier_t barrier;

static void meet(void)
{
    pthread_barrier_wait(&barrier);
}
#else
static il_barrier barrier = IL_BARRIER_INIT(2);

static void meet(void)
{
    il_barrier_wait(&barrier, NULL);
}
#endif

static int seen;

static void *body(void *unused)
{
    for (int i = 0; i < 2; i++) {
        __atomic_fetch_add(&seen, 1, __ATOMIC_SEQ_CST);
        meet();
    }
    return unused;
}

int main(void)
{
    pthread_t threads[2];

#ifdef POSIX
    pthread_barrier_init(&barrier, NULL, 2);
#endif
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, body, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return seen != 4;
}
