/* semaphore.c -- il_semaphore, word by word.

   SPDX-License-Identifier: MIT */

#include "scenario.h"

#include <interlock/semaphore.h>

static il_semaphore semaphore;
static int done;

static void one_token(int threads)
{
    (void)threads;
    (void)il_semaphore_init(&semaphore, 1, 0);
}

/* With one token it is a lock.  */
static void section(int thread)
{
    (void)thread;
    il_semaphore_acquire(&semaphore);
    count(&done);
    il_semaphore_release(&semaphore);
}

static void all_done(int threads)
{
    assert(done == threads);
    assert(il_semaphore_value(&semaphore) == 1);
}

/* Thread 0 gives a token, or two.  */
static void hand_out(int thread)
{
    if (thread > 0)
        il_semaphore_acquire(&semaphore);
    else
        il_semaphore_release(&semaphore);
}

static void hand_out_twice(int thread)
{
    if (thread > 0) {
        il_semaphore_acquire(&semaphore);
    } else {
        il_semaphore_release(&semaphore);
        il_semaphore_release(&semaphore);
    }
}

static void none_left(int threads)
{
    (void)threads;
    assert(il_semaphore_value(&semaphore) == 0);
}

static void one_of_two_left(int threads)
{
    assert(il_semaphore_value(&semaphore) == (uint32_t)(3 - threads));
}

/* Thread 0 gives one token; thread 1 waits for it, the others not for long.
   Who had it gives it back, so that thread 1 always gets it.  */
static void take_in_time(int thread)
{
    if (thread == 0) {
        il_semaphore_release(&semaphore);
    } else if (thread == 1) {
        il_semaphore_acquire(&semaphore);
        il_semaphore_release(&semaphore);
    } else if (il_semaphore_acquire_until(&semaphore, il_after(1)) == 0) {
        il_semaphore_release(&semaphore);
    }
}

static void one_left(int threads)
{
    (void)threads;
    assert(il_semaphore_value(&semaphore) == 1);
}

/* Who waited for the token frees the semaphore.  */
static il_semaphore *shared;

static void share(int threads)
{
    (void)threads;
    shared = malloc(sizeof *shared);
    (void)il_semaphore_init(shared, 0, 0);
}

static void give_or_free(int thread)
{
    if (thread == 0) {
        il_semaphore_release(shared);
    } else {
        il_semaphore_acquire(shared);
        free(shared);
    }
}

const struct scenario scenarios[] = {
    {"exclusion", one_token, section, all_done},
    {"token", NULL, hand_out, none_left},
    {"tokens", NULL, hand_out_twice, one_of_two_left},
    {"deadline", NULL, take_in_time, one_left},
    {"free", share, give_or_free, NULL},
    {NULL, NULL, NULL, NULL},
};
