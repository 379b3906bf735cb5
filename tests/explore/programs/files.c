/* files.c -- what an execution leaves open is not open in the next one.

   SPDX-License-Identifier: MIT */

#include <fcntl.h>
#include <pthread.h>

static int n;

static void *count(void *unused)
{
    n++;
    n++;
    n++;
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    int first = open("/dev/null", O_RDONLY);
    int second = open("/dev/null", O_RDONLY);

    pthread_create(&threads[0], NULL, count, NULL);
    pthread_create(&threads[1], NULL, count, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return first < 0 || second < 0;
}
