/* 15-sentinel.c -- two downloaders empty a queue of two: get() waits, and an
   end is put in for each of them.  One of the names is empty.

       while (url := queue.get()) is not None:         # Python
           ...

       -DTRUTH    while url := queue.get():    an empty name is an end, too

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

enum { WORKERS = 2, NAMES = 2 };

#ifdef TRUTH
#define IS_END(name) ((name) == NULL || *(name) == '\0')
#else
#define IS_END(name) ((name) == NULL)
#endif

static il_lock lock = IL_LOCK_INIT;
static il_condition filled = IL_CONDITION_INIT(&lock);
static const char *names[4]; /* under the lock */
static int first, last;      /* under the lock */
static int done[WORKERS];

static void put(const char *name)
{
    IL_WITH(&filled) {
        names[last++] = name;
        il_condition_notify(&filled);
    }
}

static const char *get(void)
{
    const char *name = NULL;

    IL_WITH(&filled) {
        while (first == last)
            il_condition_wait(&filled);
        name = names[first++];
    }
    return name;
}

static void *download(void *number)
{
    int me = *(int *)number;
    const char *name = get();

    while (!IS_END(name)) {
        done[me]++;
        name = get();
    }
    return NULL;
}

int main(void)
{
    static int number[WORKERS] = {0, 1};
    pthread_t worker[WORKERS];
    int sum = 0;

    put("cat.jpg");
    put("");
    for (int i = 0; i < WORKERS; i++)
        put(NULL);
    for (int i = 0; i < WORKERS; i++)
        pthread_create(&worker[i], NULL, download, &number[i]);
    for (int i = 0; i < WORKERS; i++) {
        pthread_join(worker[i], NULL);
        sum += done[i];
    }

    printf("%d  %s\n", sum, sum == NAMES ? "right" : "some were left");
    return sum != NAMES;
}
