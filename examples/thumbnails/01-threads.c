/* 01-threads.c -- a thread for each picture.

       threads = [Thread(target=work, args=(i,))       # Python
                  for i in range(PICTURES)]
       for thread in threads:
           thread.start()
       for thread in threads:
           thread.join()

   Each writes to a place of its own, which main reads after the join: nothing
   is shared, and nothing has to be locked.

   SPDX-License-Identifier: MIT */

#include "pictures.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

struct task {
    pthread_t thread;
    int number, bytes;
};

static void *work(void *arg)
{
    struct task *task = arg;

    task->bytes = download(task->number);
    return NULL;
}

int main(void)
{
    static struct task tasks[PICTURES];
    int downloaded = 0;
    bool is_right;

    for (int i = 0; i < PICTURES; i++) {
        tasks[i].number = i;
        pthread_create(&tasks[i].thread, NULL, work, &tasks[i]);
    }
    for (int i = 0; i < PICTURES; i++) {
        pthread_join(tasks[i].thread, NULL);
        downloaded += tasks[i].bytes;
    }

    is_right = downloaded == all_downloads();
    printf("%s  %d bytes in %d pictures\n", is_right ? "right" : "wrong",
           downloaded, PICTURES);
    return !is_right;
}
