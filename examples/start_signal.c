/* start_signal.c -- runners who wait for the start: an Event.

       start = threading.Event()       # Python

       def run(lane):                  # in each runner's thread
           start.wait()
           seen[lane] = course

       course = 100                    # in the starter's
       start.set()

   An event stays set: who comes late does not wait.  What the starter wrote
   before il_event_set is there for everybody after il_event_wait, without a
   lock.

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

enum { RUNNERS = 4, COURSE = 100 };

struct runner {
    pthread_t thread;
    int seen; /* the course, as this runner was told it */
};

static il_event start = IL_EVENT_INIT;
static int course; /* written before the start, then only read */

static void *run(void *arg)
{
    struct runner *me = arg;
    il_event_wait(&start);
    me->seen = course;
    return NULL;
}

static bool enter(struct runner *r)
{
    return pthread_create(&r->thread, NULL, run, r) == 0;
}

int main(void)
{
    struct runner runners[RUNNERS + 1] = {0};
    struct runner *late = &runners[RUNNERS];
    int started = 0;

    for (int i = 0; i < RUNNERS; i++)
        if (!enter(&runners[i]))
            return 1;

    /* A wait with a limit says whether it was met.  */
    if (il_event_wait_until(&start, il_after(IL_MS(10))) == ETIMEDOUT)
        printf("no start in 10 ms, everybody waits\n");

    course = COURSE;
    il_event_set(&start);
    if (!enter(late))
        return 1;

    for (struct runner *r = runners; r <= late; r++) {
        pthread_join(r->thread, NULL);
        started += r->seen == COURSE;
    }
    printf("%d runners started after the signal, one of them came late\n",
           started);
    return started != RUNNERS + 1;
}
