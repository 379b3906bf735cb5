/* 05-pool.c -- some threads download, one makes the thumbnails: two Queues.

       while (url := wanted.get()) is not None:        # Python
           images.put(download(url))
           wanted.task_done()

       wanted.join()
       images.put(None)

   Nobody asks whether a queue is empty: each downloader gets an END of its own.
   When all that was wanted is done, no image comes any more.  What goes wrong
   without that is in lessons 15 and 16, in examples/bank.

   SPDX-License-Identifier: MIT */

#include "pictures.h"
#include "queue.h"

#include <pthread.h>
#include <stdio.h>

static struct queue wanted = QUEUE_INIT(wanted);
static struct queue images = QUEUE_INIT(images);

static void *produce(void *unused)
{
    int number = END;

    do {
        number = queue_get(&wanted);
        if (number != END)
            queue_put(&images, download(number));
        queue_task_done(&wanted);
    } while (number != END);
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
    pthread_t downloader[WORKERS], resizer;
    int thumbnails = 0;
    bool is_right;

    for (int i = 0; i < PICTURES; i++)
        queue_put(&wanted, i);
    for (int i = 0; i < WORKERS; i++)
        queue_put(&wanted, END);
    for (int i = 0; i < WORKERS; i++)
        pthread_create(&downloader[i], NULL, produce, NULL);
    pthread_create(&resizer, NULL, consume, &thumbnails);

    queue_join(&wanted);
    queue_put(&images, END);
    for (int i = 0; i < WORKERS; i++)
        pthread_join(downloader[i], NULL);
    pthread_join(resizer, NULL);

    is_right = thumbnails == all_thumbnails();
    printf("%s  %d bytes in %d thumbnails\n", is_right ? "right" : "wrong",
           thumbnails, PICTURES);
    return !is_right;
}
