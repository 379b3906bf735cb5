/* 15-queue.c -- two downloaders empty a queue of one.

       while not queue.empty():                        # Python
           url = queue.get(block=False)

   What cures it is 15-sentinel.c.

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

enum { WORKERS = 2, NONE = -1 };

static il_lock lock = IL_LOCK_INIT;
static il_condition filled = IL_CONDITION_INIT(&lock);
static int items[4], first, last; /* under the lock */
static int done[WORKERS];
static bool has_died[WORKERS];

static void put(int item)
{
    IL_WITH(&filled) {
        items[last++] = item;
        il_condition_notify(&filled);
    }
}

static bool is_empty(void)
{
    bool answer = false;

    IL_WITH(&lock) {
        answer = first == last;
    }
    return answer;
}

static int get_no_wait(void)
{
    int item = NONE;

    IL_WITH(&lock) {
        if (first < last)
            item = items[first++];
    }
    return item;
}

static void *download(void *number)
{
    int me = *(int *)number;

    while (!is_empty()) {
        if (get_no_wait() == NONE) {
            has_died[me] = true; /* an exception, which nobody catches */
            return NULL;
        }
        done[me]++;
    }
    return NULL;
}

int main(void)
{
    static int number[WORKERS] = {0, 1};
    pthread_t worker[WORKERS];

    put(7);
    for (int i = 0; i < WORKERS; i++)
        pthread_create(&worker[i], NULL, download, &number[i]);
    for (int i = 0; i < WORKERS; i++)
        pthread_join(worker[i], NULL);

    if (has_died[0] || has_died[1]) {
        puts("died  a worker took from an empty queue");
        return 1;
    }
    printf("%d  downloaded: right\n", done[0] + done[1]);
    return 0;
}
