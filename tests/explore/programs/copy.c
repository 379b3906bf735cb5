/* copy.c -- a struct is written while another thread copies it: at once, by a
   call of memcpy, so that the copy is never torn.

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <stdio.h>
#include <string.h>

struct pair {
    int first, second;
    char rest[56];
};

static struct pair shared = {1, 1, ""};
static struct pair seen;

static void *write_it(void *unused)
{
    struct pair next = {2, 2, ""};
    memcpy(&shared, &next, sizeof next);
    return unused;
}

static void *read_it(void *unused)
{
    memcpy(&seen, &shared, sizeof seen);
    return unused;
}

int main(void)
{
    pthread_t threads[2];

    pthread_create(&threads[0], NULL, write_it, NULL);
    pthread_create(&threads[1], NULL, read_it, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    printf("%d%d\n", seen.first, seen.second);
    return seen.first != seen.second;
}
