/* condition.c -- il_condition, word by word.

   SPDX-License-Identifier: MIT */

#include "scenario.h"

#include <interlock/condition.h>

static il_lock lock;
static il_condition condition = IL_CONDITION_INIT(&lock);
static bool go;

/* Thread 0 lets the others go.  */
static void start(void)
{
    il_lock_acquire(&lock);
    go = true;
    il_condition_notify_all(&condition);
    il_lock_release(&lock);
}

static void wait_for_start(void)
{
    il_lock_acquire(&lock);
    while (!go)
        il_condition_wait(&condition);
    il_lock_release(&lock);
}

static void start_or_wait(int thread)
{
    if (thread == 0)
        start();
    else
        wait_for_start();
}

static void wait_in_time(void)
{
    il_lock_acquire(&lock);
    if (!go && il_condition_wait_until(&condition, il_after(1)) == 0)
        assert(go);
    il_lock_release(&lock);
}

static void start_or_wait_in_time(int thread)
{
    if (thread == 0)
        start();
    else
        wait_in_time();
}

/* Nobody is left in the queue.  */
static void nobody_waits(int threads)
{
    (void)threads;
    assert(il_condition_waiting(&condition) == 0);
    assert(!il_lock_locked(&lock));
}

/* The one that waited longest is notified first.  */
static int began, woken;

static void wait_in_turn(void)
{
    il_lock_acquire(&lock);
    if (!go) {
        int mine = began++;
        il_condition_wait(&condition);
        assert(mine == woken);
        woken++;
    }
    il_condition_notify(&condition);
    il_lock_release(&lock);
}

static void start_in_turn(int thread)
{
    if (thread > 0) {
        wait_in_turn();
        return;
    }
    il_lock_acquire(&lock);
    go = true;
    il_condition_notify(&condition);
    il_lock_release(&lock);
}

/* Thread 0 notifies once.  Thread 1 gives up some time: unless it was notified
   the one is still there for thread 2, and if it was, it passes it on.  */
static void one_notify(int thread)
{
    il_lock_acquire(&lock);
    if (thread == 0) {
        go = true;
        il_condition_notify(&condition);
    } else if (thread == 1 && !go) {
        if (il_condition_wait_until(&condition, il_after(1)) == 0)
            il_condition_notify(&condition);
    } else if (!go) {
        il_condition_wait(&condition);
    }
    il_lock_release(&lock);
}

const struct scenario scenarios[] = {
    {"notify-all", NULL, start_or_wait, nobody_waits},
    {"deadline", NULL, start_or_wait_in_time, nobody_waits},
    {"fifo", NULL, start_in_turn, nobody_waits},
    {"one-notify", NULL, one_notify, nobody_waits},
    {NULL, NULL, NULL, NULL},
};
