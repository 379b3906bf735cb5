/* 15-sentinel.c -- two downloaders empty a queue of one: get() waits, and an
   end is put in for each of them.

       while (url := queue.get()) is not None:         # Python
           ...

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

enum { WORKERS = 2, END = -1 };

static il_lock lock = IL_LOCK_INIT;
static il_condition filled = IL_CONDITION_INIT(&lock);
static int items[4], first, last; /* under the lock */
static int done[WORKERS];

static void put(int item)
{
    IL_WITH(&filled) {
        items[last++] = item;
        il_condition_notify(&filled);
    }
}

static int get(void)
{
    int item = END;

    IL_WITH(&filled) {
        while (first == last)
            il_condition_wait(&filled);
        item = items[first++];
    }
    return item;
}

static void *download(void *number)
{
    int me = *(int *)number;

    while (get() != END)
        done[me]++;
    return NULL;
}

int main(void)
{
    static int number[WORKERS] = {0, 1};
    pthread_t worker[WORKERS];

    put(7);
    for (int i = 0; i < WORKERS; i++)
        put(END);
    for (int i = 0; i < WORKERS; i++)
        pthread_create(&worker[i], NULL, download, &number[i]);
    for (int i = 0; i < WORKERS; i++)
        pthread_join(worker[i], NULL);

    printf("%d  downloaded: %s\n", done[0] + done[1],
           done[0] + done[1] == 1 ? "right" : "wrong");
    return done[0] + done[1] != 1;
}
