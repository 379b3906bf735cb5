/* deadlock.c -- who waits for whom.

   Each thread that can't go on is an edge to the thread that holds what it
   wants, or that it joins (Holt, "Some Deadlock Properties of Computer
   Systems", 1972).  As each waits for one thing only, a cycle is found by
   following the edges.  Who waits for an object that nobody holds, a condition,
   an event, a semaphore, has no edge; there the question is whether what it
   waits for came too early: a notify that found nobody.

   SPDX-License-Identifier: MIT */

#include "held.h"
#include "judge.h"

#include <errno.h>

bool judge_is_misuse(const struct step *s)
{
    if (s->is_undefined)
        return true;
    switch (s->op) {
    case OP_RELEASE:
        return s->result != 0;
    case OP_NOTIFY:
    case OP_WAIT:
        return s->result == EPERM || s->result == EINVAL;
    case OP_ACQUIRE:
    case OP_JOIN:
        return s->result == EDEADLK || s->result == EINVAL;
    default:
        return false;
    }
}

static bool waits_for_a_signal(const struct step *s)
{
    return s->op == OP_WAKE
           && (s->kind == KIND_COND || s->kind == KIND_CONDITION);
}

/* The last notify of the object that nobody got, before this thread began to
   wait for it.  */
static const struct step *lost_notify(const struct trace *t,
                                      const struct step *blocked)
{
    const struct step *lost = NULL;
    for (size_t i = 0; i < t->length; i++) {
        const struct step *s = &t->steps[i];
        if (s->object != blocked->object)
            continue;
        if (s->op == OP_NOTIFY && s->count == 0 && s->result == 0)
            lost = s;
    }
    return lost;
}

static struct wait wait_of(const struct trace *t, const struct held_set *h,
                           const struct step *s)
{
    struct wait w = {thread_of(s), s, -1, NULL, NULL};
    const struct held *held = held_by(h, s->object);
    if (s->op == OP_JOIN) {
        w.holder = s->other;
    } else if (waits_for_a_signal(s)) {
        w.lost = lost_notify(t, s);
    } else if (s->op == OP_ACQUIRE && held) {
        w.holder = held->thread;
        w.held_since = held->since;
    }
    return w;
}

static int index_of(const struct deadlock *d, int thread)
{
    for (int i = 0; i < d->n; i++)
        if (d->waits[i].thread == thread)
            return i;
    return -1;
}

/* Follows the edges from waits[i].  Returns how many make a cycle through it,
   or 0.  */
static int cycle_from(const struct deadlock *d, int i, int *members)
{
    int n = 0, at = i;
    do {
        members[n++] = at;
        at = index_of(d, d->waits[at].holder);
    } while (at >= 0 && at != i && n < d->n);
    return at == i ? n : 0;
}

static void put_first(struct deadlock *d, const int *members, int n)
{
    struct deadlock sorted = {.n = d->n, .cycle = n};
    bool placed[THREADS_MOST] = {false};
    int k = 0;
    for (int i = 0; i < n; i++) {
        sorted.waits[k++] = d->waits[members[i]];
        placed[members[i]] = true;
    }
    for (int i = 0; i < d->n; i++)
        if (!placed[i])
            sorted.waits[k++] = d->waits[i];
    *d = sorted;
}

struct deadlock judge_deadlock(const struct trace *t)
{
    struct deadlock d = {.n = 0};
    struct held_set h = {.n = 0};
    int members[THREADS_MOST];

    for (size_t i = 0; i < t->length; i++)
        held_step(&h, &t->steps[i]);
    for (int i = 0; i < t->n_blocked; i++)
        d.waits[d.n++] = wait_of(t, &h, &t->blocked[i]);
    for (int i = 0; i < d.n; i++) {
        int n = cycle_from(&d, i, members);
        if (n > 0) {
            put_first(&d, members, n);
            break;
        }
    }
    return d;
}
