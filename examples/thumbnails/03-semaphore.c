/* 03-semaphore.c -- only so many downloads at once: a Semaphore.

       with slots:                                     # Python
           size = download(url)
           with lock:
               downloaded += size

   SPDX-License-Identifier: MIT */

#include "pictures.h"

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

static il_semaphore slots = IL_SEMAPHORE_INIT(WORKERS);
static il_lock lock = IL_LOCK_INIT;
static int downloaded, at_once, peak; /* under the lock */

static void begin(void)
{
    IL_WITH(&lock) {
        at_once++;
        if (at_once > peak)
            peak = at_once;
    }
}

static void end(int bytes)
{
    IL_WITH(&lock) {
        at_once--;
        downloaded += bytes;
    }
}

static void *work(void *number)
{
    IL_WITH(&slots) {
        begin();
        end(download(*(int *)number));
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

    is_right = peak <= WORKERS && downloaded == all_downloads();
    printf("%s  %d bytes in %d pictures, at most %d at once\n",
           is_right ? "right" : "wrong", downloaded, PICTURES, peak);
    return !is_right;
}
