/* queue.c -- two things are put, and two consumers wait for one each, by TEST:
   `if` or `while`.  With `if`, one that comes late steals what another was
   woken for.

   SPDX-License-Identifier: MIT */

#include <pthread.h>

#ifdef POSIX
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
#define ACQUIRE() pthread_mutex_lock(&lock)
#define RELEASE() pthread_mutex_unlock(&lock)
#define WAIT() pthread_cond_wait(&changed, &lock)
#define NOTIFY() pthread_cond_signal(&changed)
#else
#include <interlock.h>
static il_lock lock = IL_LOCK_INIT;
static il_condition changed = IL_CONDITION_INIT(&lock);
#define ACQUIRE() il_condition_acquire(&changed)
#define RELEASE() il_condition_release(&changed)
#define WAIT() il_condition_wait(&changed)
#define NOTIFY() il_condition_notify(&changed)
#endif

static int things, is_overdrawn;

static void *consume(void *unused)
{
    int left;

    ACQUIRE();
    TEST(things == 0)
    WAIT();
    left = things - 1;
    things = left;
    if (left < 0)
        is_overdrawn = 1;
    RELEASE();
    return unused;
}

static void *produce(void *unused)
{
    for (int i = 0; i < 2; i++) {
        ACQUIRE();
        things = things + 1;
        NOTIFY();
        RELEASE();
    }
    return unused;
}

int main(void)
{
    pthread_t threads[3];

    pthread_create(&threads[0], NULL, consume, NULL);
    pthread_create(&threads[1], NULL, consume, NULL);
    pthread_create(&threads[2], NULL, produce, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    return is_overdrawn;
}
