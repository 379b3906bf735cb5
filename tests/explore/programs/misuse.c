/* misuse.c -- a release of what is not held answers an error; the program looks
   at that, or does not.

   SPDX-License-Identifier: MIT */

#include <errno.h>
#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

#ifdef SOMETIMES
/* Between the two of another thread there is nothing to release.  */
static il_semaphore unused = IL_SEMAPHORE_INIT(0);
static il_bounded_semaphore one = IL_BOUNDED_SEMAPHORE_INIT(1);

static void *give(void *arg)
{
    il_bounded_semaphore_release(&one);
    return arg;
}

static void *take(void *arg)
{
    il_bounded_semaphore_acquire(&one);
    il_semaphore_release(&unused);
    return arg;
}

static int misuse(void)
{
    pthread_t threads[2];

    pthread_create(&threads[0], NULL, give, NULL);
    pthread_create(&threads[1], NULL, take, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return EPERM;
}
#elif defined PREDICATE
static il_lock lock = IL_LOCK_INIT;
static il_condition condition = IL_CONDITION_INIT(&lock);

static bool is_true(void *is_so)
{
    return *(bool *)is_so;
}

static int misuse(void)
{
    bool no = false;

    return il_condition_wait_for(&condition, is_true, &no);
}
#elif defined CHECKED || defined PLAIN
static int misuse(void)
{
    pthread_mutexattr_t attributes;
    pthread_mutex_t mutex;

    pthread_mutexattr_init(&attributes);
#ifdef CHECKED
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
#endif
    pthread_mutex_init(&mutex, &attributes);
    return pthread_mutex_unlock(&mutex);
}
#else
static il_lock lock = IL_LOCK_INIT;

static int misuse(void)
{
    return il_lock_release(&lock);
}
#endif

int main(void)
{
    int r = misuse();

#ifdef LOOKS
    return r != EPERM;
#elif defined SAYS
    printf("%d\n", r);
#endif
    return 0;
}
