/* scenario.c -- see scenario.h.

   SPDX-License-Identifier: MIT */

#include "scenario.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 4 };

static const struct scenario *present;
static int numbers[MOST] = {0, 1, 2, 3};

static void *run(void *number)
{
    present->body(*(const int *)number);
    return NULL;
}

static const struct scenario *find(const char *name)
{
    for (const struct scenario *s = scenarios; s->name; s++)
        if (strcmp(s->name, name) == 0)
            return s;
    return NULL;
}

static void play(int threads)
{
    pthread_t t[MOST];
    if (present->begin)
        present->begin(threads);
    for (int i = 0; i < threads; i++)
        pthread_create(&t[i], NULL, run, &numbers[i]);
    for (int i = 0; i < threads; i++)
        pthread_join(t[i], NULL);
    if (present->end)
        present->end(threads);
}

int main(int argc, char **argv)
{
    int threads = argc == 3 ? atoi(argv[2]) : 0;

    present = argc == 3 ? find(argv[1]) : NULL;
    if (!present || threads < 1 || threads > MOST) {
        fprintf(stderr, "usage: %s SCENARIO THREADS\n", argv[0]);
        return 2;
    }
    play(threads);
    return 0;
}
