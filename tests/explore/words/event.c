/* event.c -- il_event, word by word.

   SPDX-License-Identifier: MIT */

#include "scenario.h"

#include <interlock/event.h>

static il_event event;
static int news;

/* Who has waited sees what was written before the set.  */
static void tell(int thread)
{
    if (thread == 0) {
        news = 1;
        il_event_set(&event);
    } else {
        il_event_wait(&event);
        assert(news == 1);
    }
}

static void tell_in_time(int thread)
{
    if (thread == 0) {
        news = 1;
        il_event_set(&event);
    } else if (il_event_wait_until(&event, il_after(1)) == 0) {
        assert(news == 1);
    }
}

static void is_set(int threads)
{
    (void)threads;
    assert(il_event_is_set(&event));
}

/* A consumer that clears, looks and waits misses nothing that was put before a
   set; here each of two puts one.  */
static int first, second;

static void put(int *place)
{
    __atomic_store_n(place, 1, __ATOMIC_RELAXED);
    il_event_set(&event);
}

static bool is_there(const int *place)
{
    return __atomic_load_n(place, __ATOMIC_RELAXED) != 0;
}

static void put_or_take(int thread)
{
    if (thread == 0) {
        put(&first);
        put(&second);
        return;
    }
    while (!(is_there(&first) && is_there(&second))) {
        il_event_wait(&event);
        il_event_clear(&event);
    }
}

/* Who waited frees it.  */
static il_event *shared;

static void share(int threads)
{
    (void)threads;
    shared = malloc(sizeof *shared);
    (void)il_event_init(shared, 0);
}

static void set_or_free(int thread)
{
    if (thread == 0) {
        il_event_set(shared);
    } else {
        il_event_wait(shared);
        free(shared);
    }
}

const struct scenario scenarios[] = {
    {"set", NULL, tell, is_set},
    {"deadline", NULL, tell_in_time, is_set},
    {"clear", NULL, put_or_take, NULL},
    {"free", share, set_or_free, NULL},
    {NULL, NULL, NULL, NULL},
};
