/* 06-event.c -- the disk is full, and all stop: an Event.

       while not stop.is_set():                        # Python
           keep(download(next(urls)))

   An Event interrupts nobody: each goes on to the end of the picture that it
   has begun, so that each but the one who says stop may be late by one.

   SPDX-License-Identifier: MIT */

#include "pictures.h"

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

static il_event stop = IL_EVENT_INIT;
static il_lock lock = IL_LOCK_INIT;
static int next, downloaded, kept, late; /* under the lock */
static int disk;                         /* what it holds; not written again */

static int take(void)
{
    int number = 0;

    IL_WITH(&lock) {
        number = next++;
    }
    return number;
}

static void keep(int bytes)
{
    IL_WITH(&lock) {
        kept++;
        if (downloaded >= disk)
            late++;
        downloaded += bytes;
        if (downloaded >= disk)
            il_event_set(&stop);
    }
}

static void *work(void *unused)
{
    while (!il_event_is_set(&stop))
        keep(download(take()));
    return unused;
}

int main(void)
{
    pthread_t thread[WORKERS];
    bool is_right;

    disk = all_downloads() / 2;
    for (int i = 0; i < WORKERS; i++)
        pthread_create(&thread[i], NULL, work, NULL);
    il_event_wait(&stop);
    for (int i = 0; i < WORKERS; i++)
        pthread_join(thread[i], NULL);

    is_right = downloaded >= disk && kept == next && late < WORKERS;
    printf("%s  %d pictures fill the disk, %d were late\n",
           is_right ? "right" : "wrong", kept - late, late);
    return !is_right;
}
