/* held.c -- see held.h.

   A semaphore counts as held from an acquire to the release by the same thread:
   that is how it serves as a lock.  More than HELD_MOST at a time are
   forgotten, and with them a hint in a report.

   SPDX-License-Identifier: MIT */

#include "held.h"

/* Whether an acquire of this kind keeps others out.  */
static bool is_lock(enum kind k)
{
    switch (k) {
    case KIND_MUTEX:
    case KIND_RWLOCK:
    case KIND_SPINLOCK:
    case KIND_SEM:
    case KIND_LOCK:
    case KIND_RLOCK:
    case KIND_SEMAPHORE:
    case KIND_BOUNDED:
        return true;
    default:
        return false;
    }
}

static struct held *find(struct held_set *h, const void *object, int thread)
{
    for (int i = 0; i < h->n; i++)
        if (h->list[i].object == object && h->list[i].thread == thread)
            return &h->list[i];
    return NULL;
}

static void add(struct held_set *h, const struct step *s)
{
    struct held *had = find(h, s->object, thread_of(s));
    if (had)
        had->depth++;
    else if (h->n < HELD_MOST)
        h->list[h->n++] = (struct held){s->object, s, 1, thread_of(s)};
}

/* The last one takes the place of what goes.  */
static void drop(struct held_set *h, struct held *had)
{
    *had = h->list[--h->n];
}

static void release(struct held_set *h, const struct step *s)
{
    struct held *had = find(h, s->object, thread_of(s));
    for (int i = 0; !had && i < h->n; i++)
        if (h->list[i].object == s->object)
            had = &h->list[i]; /* any thread may release */
    if (had && --had->depth == 0)
        drop(h, had);
}

/* A wait on a condition gives up its lock, which is one of what it touches.  */
static void give_up(struct held_set *h, const struct step *s)
{
    for (int i = 0; i < s->touches; i++) {
        struct held *had = find(h, (const void *)s->touch[i].at, thread_of(s));
        if (had && s->touch[i].is_object)
            drop(h, had);
    }
}

void held_step(struct held_set *h, const struct step *s)
{
    if (s->result != 0 || s->chance == CHANCE_TIME_OUT)
        return;
    if (s->op == OP_WAIT)
        give_up(h, s);
    else if (!is_lock(s->kind))
        return;
    else if (s->op == OP_ACQUIRE || s->op == OP_TRY_ACQUIRE)
        add(h, s);
    else if (s->op == OP_RELEASE)
        release(h, s);
}

const struct held *held_by(const struct held_set *h, const void *object)
{
    for (int i = 0; i < h->n; i++)
        if (h->list[i].object == object)
            return &h->list[i];
    return NULL;
}

void held_list(const struct held_set *h, int thread, const void **list,
               int most)
{
    int n = 0;
    for (int i = 0; i < h->n && n < most - 1; i++)
        if (h->list[i].thread == thread)
            list[n++] = h->list[i].object;
    list[n] = NULL;
}
