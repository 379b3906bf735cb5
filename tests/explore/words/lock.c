/* lock.c -- il_lock, word by word.

   SPDX-License-Identifier: MIT */

#include "scenario.h"

#include <interlock/lock.h>

static il_lock lock;
static int done, late;

static void section(int thread)
{
    (void)thread;
    il_lock_acquire(&lock);
    count(&done);
    il_lock_release(&lock);
}

static void all_done(int threads)
{
    assert(done + late == threads);
    assert(!il_lock_locked(&lock));
    assert(il_lock_release(&lock) == EPERM);
}

/* Thread 0 waits as long as it takes, the others give up some time.  */
static void section_in_time(int thread)
{
    if (thread == 0) {
        section(0);
        return;
    }
    if (il_lock_acquire_until(&lock, il_after(1)) == 0) {
        count(&done);
        il_lock_release(&lock);
    } else {
        __atomic_fetch_add(&late, 1, __ATOMIC_RELAXED);
    }
}

/* The same with a try.  */
static void section_at_once(int thread)
{
    if (thread == 0) {
        section(0);
        return;
    }
    if (il_lock_try_acquire(&lock) == 0) {
        count(&done);
        il_lock_release(&lock);
    } else {
        __atomic_fetch_add(&late, 1, __ATOMIC_RELAXED);
    }
}

/* Who is the last to leave frees it.  */
static struct shared {
    il_lock lock;
    int users;
} * shared;

static void share(int threads)
{
    shared = malloc(sizeof *shared);
    *shared = (struct shared){IL_LOCK_INIT, threads};
}

static void leave(int thread)
{
    bool last;
    (void)thread;
    il_lock_acquire(&shared->lock);
    last = --shared->users == 0;
    il_lock_release(&shared->lock);
    if (last)
        free(shared);
}

/* Thread 0 releases what main has acquired.  */
static void acquire(int threads)
{
    (void)threads;
    il_lock_acquire(&lock);
}

static void pass_on(int thread)
{
    if (thread == 0) {
        count(&done);
        il_lock_release(&lock);
    } else {
        section(thread);
    }
}

const struct scenario scenarios[] = {
    {"exclusion", NULL, section, all_done},
    {"deadline", NULL, section_in_time, all_done},
    {"try", NULL, section_at_once, all_done},
    {"free", share, leave, NULL},
    {"release-by-another", acquire, pass_on, all_done},
    {NULL, NULL, NULL, NULL},
};
