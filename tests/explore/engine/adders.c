/* adders.c THREADS STEPS [lock] -- so many threads that each take so many
   steps: of them, the closed forms are known.

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 32 };

static int sum;
static int n_steps;
static pthread_mutex_t *lock;

static void *add(void *unused)
{
    static pthread_mutex_t the_lock = PTHREAD_MUTEX_INITIALIZER;

    for (int i = 0; i < n_steps; i += 2) {
        if (lock)
            pthread_mutex_lock(&the_lock);
        sum = sum + 1;
        if (lock)
            pthread_mutex_unlock(&the_lock);
    }
    return unused;
}

int main(int argc, char **argv)
{
    static pthread_mutex_t any;
    pthread_t threads[MOST];
    int n = argc > 1 ? atoi(argv[1]) : 2;

    n_steps = argc > 2 ? atoi(argv[2]) : 2;
    lock = argc > 3 && !strcmp(argv[3], "lock") ? &any : NULL;
    for (int i = 0; i < n; i++)
        pthread_create(&threads[i], NULL, add, NULL);
    for (int i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
    printf("%d\n", sum);
    return 0;
}
