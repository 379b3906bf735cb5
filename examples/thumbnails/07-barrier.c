/* 07-barrier.c -- how large a thumbnail may be depends on all pictures; so all
   are downloaded before the first is made: a Barrier, whose action adds up.

       meet = threading.Barrier(WORKERS, action=agree) # Python

       download_my_share()
       meet.wait()
       resize_my_share()

   SPDX-License-Identifier: MIT */

#include "pictures.h"

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

enum { PAGE = 1000 }; /* bytes for all thumbnails together */

static il_barrier meet;
static int bytes[PICTURES], thumbnail[PICTURES];
static int part; /* of PAGE, in a million; by the last who came */

static int sum(const int *numbers)
{
    int n = 0;

    for (int i = 0; i < PICTURES; i++)
        n += numbers[i];
    return n;
}

static int agree(void *unused)
{
    (void)unused;
    part = PAGE * 1000 / (sum(bytes) / 1000);
    return 0;
}

static void *work(void *number)
{
    int me = *(int *)number;

    for (int i = me; i < PICTURES; i += WORKERS)
        bytes[i] = download(i);
    il_barrier_wait(&meet, NULL);
    for (int i = me; i < PICTURES; i += WORKERS)
        thumbnail[i] = bytes[i] / 1000 * part / 1000;
    return NULL;
}

int main(void)
{
    static int number[WORKERS];
    pthread_t thread[WORKERS];
    bool is_right;

    il_barrier_init(&meet, WORKERS, agree, NULL, 0);
    for (int i = 0; i < WORKERS; i++) {
        number[i] = i;
        pthread_create(&thread[i], NULL, work, &number[i]);
    }
    for (int i = 0; i < WORKERS; i++)
        pthread_join(thread[i], NULL);

    is_right = sum(thumbnail) > 0 && sum(thumbnail) <= PAGE
               && sum(bytes) == all_downloads();
    printf("%s  %d bytes in %d thumbnails, of %d in pictures\n",
           is_right ? "right" : "wrong", sum(thumbnail), PICTURES, sum(bytes));
    return !is_right;
}
