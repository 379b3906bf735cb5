/* 15-task-done.c -- a download fails.  Does queue.join() return?

       url = queue.get()                               # Python
       download(url)            # raises
       queue.task_done()

       -DFIX_FINALLY    task_done() whatever becomes of the download

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

enum { TASKS = 2 };

static il_lock lock = IL_LOCK_INIT;
static il_condition all_done = IL_CONDITION_INIT(&lock);
static int unfinished = TASKS; /* under the lock */

static void task_done(void)
{
    IL_WITH(&all_done) {
        unfinished = unfinished - 1;
        if (unfinished == 0)
            il_condition_notify_all(&all_done);
    }
}

static void queue_join(void)
{
    IL_WITH(&all_done) {
        while (unfinished > 0)
            il_condition_wait(&all_done);
    }
}

/* Returns whether that worked.  */
static bool download(const int *url)
{
    return *url != 404;
}

static void *work(void *url)
{
    bool worked = download(url);

#ifndef FIX_FINALLY
    if (!worked)
        return NULL;
#endif
    task_done();
    return worked ? url : NULL;
}

int main(void)
{
    static int url[TASKS] = {200, 404};
    pthread_t worker[TASKS];
    int left = 0;

    for (int i = 0; i < TASKS; i++)
        pthread_create(&worker[i], NULL, work, &url[i]);
    queue_join();
    IL_WITH(&lock) {
        left = unfinished;
    }
    for (int i = 0; i < TASKS; i++)
        pthread_join(worker[i], NULL);

    puts(left == 0 ? "joined  right" : "went on  before all was done");
    return left != 0;
}
