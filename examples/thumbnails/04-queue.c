/* 04-queue.c -- one thread downloads, another makes the thumbnails: a Queue
   between them, and an END that says that nothing more comes.

       for url in urls:                                # Python
           queue.put(download(url))
       queue.put(None)

       while (image := queue.get()) is not None:
           resize(image)

   SPDX-License-Identifier: MIT */

#include "pictures.h"
#include "queue.h"

#include <pthread.h>
#include <stdio.h>

static struct queue images = QUEUE_INIT(images);

static void *produce(void *unused)
{
    for (int i = 0; i < PICTURES; i++)
        queue_put(&images, download(i));
    queue_put(&images, END);
    return unused;
}

static void *consume(void *sum)
{
    for (int i = queue_get(&images); i != END; i = queue_get(&images))
        *(int *)sum += resize(i);
    return NULL;
}

int main(void)
{
    pthread_t producer, consumer;
    int thumbnails = 0;
    bool is_right;

    pthread_create(&producer, NULL, produce, NULL);
    pthread_create(&consumer, NULL, consume, &thumbnails);
    pthread_join(producer, NULL);
    pthread_join(consumer, NULL);

    is_right = thumbnails == all_thumbnails();
    printf("%s  %d bytes in %d thumbnails\n", is_right ? "right" : "wrong",
           thumbnails, PICTURES);
    return !is_right;
}
