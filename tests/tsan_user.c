/* tsan_user.c -- a program that is built with ThreadSanitizer and links the
   library as it is installed, without it.  Plain data is handed from thread
   to thread by every primitive, through the inline paths and through the slow
   ones; the sanitizer must see that each hand-over is ordered.  With -DRACE
   one is not, and the sanitizer must say so.

   SPDX-License-Identifier: MIT */

#include <interlock.h>

#include <pthread.h>
#include <stdlib.h>

enum { THREADS = 4, ROUNDS = 2000 };

static il_lock lock = IL_LOCK_INIT;
static il_rlock rlock = IL_RLOCK_INIT;
static il_semaphore semaphore = IL_SEMAPHORE_INIT(1);
static il_bounded_semaphore bounded = IL_BOUNDED_SEMAPHORE_INIT(1);
static il_condition on_lock = IL_CONDITION_INIT(&lock);
static il_condition on_rlock = IL_CONDITION_INIT_RLOCK(&rlock);
static il_barrier barrier;
static il_event started = IL_EVENT_INIT;

static long counters[7]; /* plain, each protected by one primitive */
static long cells[THREADS];
static long total;

#define COUNT_UNDER(x, counter)      \
    for (int i = 0; i < ROUNDS; i++) \
        IL_WITH(x)                   \
    counter++

/* Timed and tried acquires go other ways than plain ones.  */
static void count_timed(void)
{
    for (int i = 0; i < ROUNDS; i++) {
        if (il_lock_acquire_until(&lock, il_after(IL_SEC(60))) == 0) {
            counters[0]++;
            il_lock_release(&lock);
        }
        if (il_lock_acquire_until(&lock, il_after(0)) == 0) {
            counters[0]++;
            il_lock_release(&lock);
        }
        if (il_rlock_try_acquire(&rlock) == 0) {
            counters[1]++;
            il_rlock_release(&rlock);
        }
        if (il_semaphore_acquire_until(&semaphore, il_after(IL_US(1))) == 0) {
            counters[2]++;
            il_semaphore_release(&semaphore);
        }
    }
}

static bool is_my_turn(void *arg)
{
    return counters[4] % THREADS == *(const int *)arg;
}

/* Each in turn, waiting for it under a condition.  */
static void take_turns(il_condition *c, int me)
{
    for (int i = 0; i < ROUNDS / 10; i++) {
        il_condition_acquire(c);
        il_condition_wait_for(c, is_my_turn, &me);
        counters[4]++;
        il_condition_notify_all(c);
        il_condition_release(c);
    }
}

/* The barrier's action, alone between the rounds.  */
static int sum_up(void *arg)
{
    (void)arg;
    for (int i = 0; i < THREADS; i++)
        total += cells[i];
    return 0;
}

static void meet(int me)
{
    for (int i = 0; i < ROUNDS / 10; i++) {
        cells[me] = i;
        il_barrier_wait(&barrier, NULL);
        if (cells[(me + 1) % THREADS] != i)
            abort();
        il_barrier_wait(&barrier, NULL);
    }
}

static void *work(void *arg)
{
    int me = *(int *)arg;
    il_event_wait(&started);
    if (counters[6] != 1)
        abort();
    COUNT_UNDER(&rlock, counters[1]);
    COUNT_UNDER(&lock, counters[0]);
    COUNT_UNDER(&semaphore, counters[2]);
    COUNT_UNDER(&bounded, counters[3]);
    COUNT_UNDER(&on_lock, counters[0]);
    COUNT_UNDER(&on_rlock, counters[1]);
    count_timed();
    il_barrier_wait(&barrier, NULL);
    take_turns(&on_lock, me);
    il_barrier_wait(&barrier, NULL);
    take_turns(&on_rlock, me);
    meet(me);
#ifdef RACE
    counters[5]++;
#endif
    return NULL;
}

int main(void)
{
    pthread_t threads[THREADS];
    int ids[THREADS];

    il_barrier_init(&barrier, THREADS, sum_up, NULL, 0);
    for (int i = 0; i < THREADS; i++) {
        ids[i] = i;
        if (pthread_create(&threads[i], NULL, work, &ids[i]) != 0)
            return EXIT_FAILURE;
    }
    counters[6] = 1;
    il_event_set(&started);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return counters[3] == THREADS * ROUNDS ? EXIT_SUCCESS : EXIT_FAILURE;
}
