/* bounded_semaphore.c -- il_bounded_semaphore, word by word.

   SPDX-License-Identifier: MIT */

#include "scenario.h"

#include <interlock/bounded_semaphore.h>

static il_bounded_semaphore semaphore = IL_BOUNDED_SEMAPHORE_INIT(1);
static int done, refused;

static void section(int thread)
{
    (void)thread;
    il_bounded_semaphore_acquire(&semaphore);
    count(&done);
    il_bounded_semaphore_release(&semaphore);
}

static void all_done(int threads)
{
    assert(done == threads);
    assert(il_bounded_semaphore_value(&semaphore) == 1);
}

/* Each releases, though one token only is out: one is let.  */
static void take_all(int threads)
{
    (void)threads;
    il_bounded_semaphore_acquire(&semaphore);
}

static void release(int thread)
{
    (void)thread;
    if (il_bounded_semaphore_release(&semaphore) == EOVERFLOW)
        __atomic_fetch_add(&refused, 1, __ATOMIC_RELAXED);
}

static void one_was_let(int threads)
{
    assert(refused == threads - 1);
    assert(il_bounded_semaphore_value(&semaphore) == 1);
}

const struct scenario scenarios[] = {
    {"exclusion", NULL, section, all_done},
    {"bound", take_all, release, one_was_let},
    {NULL, NULL, NULL, NULL},
};
