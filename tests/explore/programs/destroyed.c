/* destroyed.c -- who is done first destroys the mutex, whatever the other does.

   SPDX-License-Identifier: MIT */

#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *use(void *unused)
{
    pthread_mutex_lock(&mutex);
    pthread_mutex_unlock(&mutex);
    return unused;
}

static void *destroy(void *unused)
{
    pthread_mutex_destroy(&mutex);
    return unused;
}

int main(void)
{
    pthread_t threads[2];

    pthread_create(&threads[0], NULL, use, NULL);
    pthread_create(&threads[1], NULL, destroy, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
