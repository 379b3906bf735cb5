/* queue.h -- Python's queue.Queue, of numbers: a Lock and two Conditions.

   There is room for all that is ever put in; so put() never waits.

   SPDX-License-Identifier: MIT */

#ifndef QUEUE_H
#define QUEUE_H

#include <interlock.h>

enum { END = -1, ROOM = 64 };

struct queue {
    il_lock lock;
    il_condition filled;   /* there is something to get */
    il_condition all_done; /* unfinished is 0 */
    int items[ROOM];       /* these are under the lock */
    int first, last;
    int unfinished; /* put, and not yet task_done() */
};

/* Of the static variable q.  */
/* clang-format off */
#define QUEUE_INIT(q) \
    { IL_LOCK_INIT, IL_CONDITION_INIT(&(q).lock), \
      IL_CONDITION_INIT(&(q).lock), { 0 }, 0, 0, 0 }
/* clang-format on */

static inline void queue_put(struct queue *q, int item)
{
    IL_WITH(&q->lock) {
        q->items[q->last++] = item;
        q->unfinished++;
        il_condition_notify(&q->filled);
    }
}

static inline int queue_get(struct queue *q)
{
    int item = END;

    IL_WITH(&q->lock) {
        while (q->first == q->last)
            il_condition_wait(&q->filled);
        item = q->items[q->first++];
    }
    return item;
}

static inline void queue_task_done(struct queue *q)
{
    IL_WITH(&q->lock) {
        q->unfinished--;
        if (q->unfinished == 0)
            il_condition_notify_all(&q->all_done);
    }
}

/* Waits until each item has its task_done().  */
static inline void queue_join(struct queue *q)
{
    IL_WITH(&q->lock) {
        while (q->unfinished > 0)
            il_condition_wait(&q->all_done);
    }
}

#endif
