/* 02-lock.c -- the threads add up what they have downloaded: a Lock.

       with lock:                                      # Python
           downloaded += size

   SPDX-License-Identifier: MIT */

#include "pictures.h"

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

static il_lock lock = IL_LOCK_INIT;
static int downloaded; /* under the lock */

static void *work(void *number)
{
    int bytes = download(*(int *)number);

    IL_WITH(&lock) {
        downloaded += bytes;
    }
    return NULL;
}

int main(void)
{
    static int number[PICTURES];
    pthread_t thread[PICTURES];
    bool is_right;

    for (int i = 0; i < PICTURES; i++) {
        number[i] = i;
        pthread_create(&thread[i], NULL, work, &number[i]);
    }
    for (int i = 0; i < PICTURES; i++)
        pthread_join(thread[i], NULL);

    is_right = downloaded == all_downloads();
    printf("%s  %d bytes in %d pictures\n", is_right ? "right" : "wrong",
           downloaded, PICTURES);
    return !is_right;
}
