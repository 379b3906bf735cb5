/* rlock.c -- il_rlock, word by word.

   SPDX-License-Identifier: MIT */

#include "scenario.h"

#include <interlock/rlock.h>

static il_rlock lock;
static int done, late;

static void section(void)
{
    il_rlock_acquire(&lock);
    count(&done);
    il_rlock_release(&lock);
}

static void nested(int thread)
{
    (void)thread;
    il_rlock_acquire(&lock);
    section();
    assert(il_rlock_owned(&lock));
    il_rlock_release(&lock);
}

static void all_done(int threads)
{
    assert(done + late == threads);
    assert(!il_rlock_locked(&lock));
    assert(il_rlock_release(&lock) == EPERM);
}

static void nested_in_time(int thread)
{
    if (thread == 0) {
        nested(0);
        return;
    }
    if (il_rlock_acquire_until(&lock, il_after(1)) == 0) {
        section();
        il_rlock_release(&lock);
    } else {
        __atomic_fetch_add(&late, 1, __ATOMIC_RELAXED);
    }
}

/* Nobody but the owner may release; who tries has had a lock of its own.  */
static void release_anothers(int thread)
{
    il_rlock own = IL_RLOCK_INIT;

    if (thread == 0) {
        section();
        return;
    }
    il_rlock_acquire(&own);
    il_rlock_release(&own);
    assert(il_rlock_release(&lock) == EPERM);
    assert(!il_rlock_owned(&lock));
    __atomic_fetch_add(&late, 1, __ATOMIC_RELAXED);
}

static struct shared {
    il_rlock lock;
    int users;
} * shared;

static void share(int threads)
{
    shared = malloc(sizeof *shared);
    *shared = (struct shared){IL_RLOCK_INIT, threads};
}

static void leave(int thread)
{
    bool last;
    (void)thread;
    il_rlock_acquire(&shared->lock);
    last = --shared->users == 0;
    il_rlock_release(&shared->lock);
    if (last)
        free(shared);
}

const struct scenario scenarios[] = {
    {"exclusion", NULL, nested, all_done},
    {"deadline", NULL, nested_in_time, all_done},
    {"release-anothers", NULL, release_anothers, all_done},
    {"free", share, leave, NULL},
    {NULL, NULL, NULL, NULL},
};
