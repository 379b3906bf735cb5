/* race.c -- data races, and data that no lock protects.

   Happens-before, with vector clocks (Lamport 1978, Mattern 1989): each thread
   counts its steps and knows, of each other, the last step that comes before
   its own present.  What synchronizes carries that knowledge along: a release
   leaves it at an object or an atomic, an acquire takes it up; creation and
   join hand it over.  Two accesses to the same bytes by two threads, one a
   write and not both atomic, are a data race unless the later one knows of the
   earlier (Flanagan and Freund, "FastTrack", 2009, without its shortcuts: a
   trace is short).

   Lock sets (Savage et al., "Eraser", 1997): what two threads access with locks
   held, but never with the same one, is worth a word even where some other
   order was kept by chance.

   Atomics as in C11: a release store that is read by an acquire load; relaxed
   ones between fences; a read-modify-write carries on what was released before
   it, a relaxed store ends it.

   SPDX-License-Identifier: MIT */

#include "explore/need.h"
#include "held.h"
#include "judge.h"

#include <stdlib.h>
#include <string.h>

struct clock {
    uint32_t of[THREADS_MOST];
};

/* What a release left at an object or at the bytes of an atomic.  */
struct left {
    struct touch touch;
    struct clock clock;
};

/* The last access of its kind: by this thread, of these bytes.  */
struct access {
    const struct step *step;
    struct touch touch;
    uint32_t when; /* its thread's count */
    const void *held[4];
};

struct walk {
    struct clock knows[THREADS_MOST];
    struct clock fence_release[THREADS_MOST], fence_acquire[THREADS_MOST];
    struct left *lefts;
    size_t n_lefts;
    struct access *accesses;
    size_t n_accesses;
    struct held_set held;
    struct races *races;
    int found;
};

static void join(struct clock *to, const struct clock *from)
{
    for (int i = 0; i < THREADS_MOST; i++)
        if (to->of[i] < from->of[i])
            to->of[i] = from->of[i];
}

static bool overlap(const struct touch *a, const struct touch *b)
{
    return a->is_object == b->is_object && a->at < b->at + b->size
           && b->at < a->at + a->size;
}

static struct clock *left_at(struct walk *w, const struct touch *t)
{
    for (size_t i = 0; i < w->n_lefts; i++)
        if (overlap(&w->lefts[i].touch, t))
            return &w->lefts[i].clock;
    w->lefts = need_grow(w->lefts, w->n_lefts, sizeof *w->lefts);
    w->lefts[w->n_lefts] = (struct left){.touch = *t};
    return &w->lefts[w->n_lefts++].clock;
}

static void synchronize_object(struct walk *w, int thread,
                               const struct touch *t)
{
    if (t->order & ORDER_ACQUIRE)
        join(&w->knows[thread], left_at(w, t));
    if (t->order & ORDER_RELEASE)
        join(left_at(w, t), &w->knows[thread]);
}

static void synchronize_atomic(struct walk *w, int thread, const struct step *s,
                               const struct touch *t)
{
    struct clock *left = left_at(w, t);
    if (s->op != OP_STORE) {
        join(&w->fence_acquire[thread], left);
        if (t->order & ORDER_ACQUIRE)
            join(&w->knows[thread], left);
    }
    if (!t->writes)
        return;
    if (s->op == OP_STORE)
        *left = (struct clock){.of = {0}};
    join(left, t->order & ORDER_RELEASE ? &w->knows[thread]
                                        : &w->fence_release[thread]);
}

static void synchronize_fence(struct walk *w, int thread, unsigned order)
{
    if (order & ORDER_ACQUIRE)
        join(&w->knows[thread], &w->fence_acquire[thread]);
    if (order & ORDER_RELEASE)
        w->fence_release[thread] = w->knows[thread];
}

static bool same_place(const struct step *a, const struct step *b)
{
    return a->pc == b->pc && a->op == b->op;
}

static bool is_known(const struct races *r, const struct race *new)
{
    for (int i = 0; i < r->n; i++) {
        const struct race *old = &r->list[i];
        if (old->is_ordered == new->is_ordered
            && ((same_place(&old->first, &new->first)
                 && same_place(&old->second, &new->second))
                || (same_place(&old->first, &new->second)
                    && same_place(&old->second, &new->first))))
            return true;
    }
    return false;
}

static void add(struct walk *w, const struct race *new)
{
    struct races *r = w->races;
    if (is_known(r, new))
        return;
    r->list = need_grow(r->list, (size_t)r->n, sizeof *r->list);
    r->list[r->n++] = *new;
    w->found += !new->is_ordered;
}

static bool have_common(const void *const *a, const void *const *b)
{
    for (; *a; a++)
        for (const void *const *p = b; *p; p++)
            if (*a == *p)
                return true;
    return false;
}

/* The later access *b meets the earlier *a of another thread.  */
static void compare(struct walk *w, const struct access *a,
                    const struct access *b)
{
    int first = thread_of(a->step);
    bool ordered = a->when <= w->knows[thread_of(b->step)].of[first];
    struct race r = {.first = *a->step, .second = *b->step};

    if ((a->touch.atomic && b->touch.atomic)
        || !(a->touch.writes || b->touch.writes))
        return;
    /* Locks are held, but not the same; where there are none something else
       keeps the order, a barrier, an event.  */
    if (ordered
        && (!a->held[0] || !b->held[0] || have_common(a->held, b->held)))
        return;
    r.is_ordered = ordered;
    memcpy(r.held_first, a->held, sizeof r.held_first);
    memcpy(r.held_second, b->held, sizeof r.held_second);
    add(w, &r);
}

static void remember(struct walk *w, const struct access *new)
{
    for (size_t i = 0; i < w->n_accesses; i++) {
        struct access *old = &w->accesses[i];
        if (thread_of(old->step) == thread_of(new->step)
            && old->touch.at == new->touch.at
            && old->touch.size == new->touch.size
            && old->touch.writes == new->touch.writes
            && old->touch.atomic == new->touch.atomic) {
            *old = *new;
            return;
        }
    }
    w->accesses = need_grow(w->accesses, w->n_accesses, sizeof *w->accesses);
    w->accesses[w->n_accesses++] = *new;
}

static void access_memory(struct walk *w, const struct step *s,
                          const struct touch *t)
{
    int thread = thread_of(s);
    struct access new = {s, *t, w->knows[thread].of[thread], {NULL}};

    held_list(&w->held, thread, new.held, 4);
    for (size_t i = 0; i < w->n_accesses; i++)
        if (thread_of(w->accesses[i].step) != thread
            && overlap(&w->accesses[i].touch, t))
            compare(w, &w->accesses[i], &new);
    remember(w, &new);
    if (t->atomic)
        synchronize_atomic(w, thread, s, t);
}

/* What leaves a store buffer was accounted for when it went in.  */
static void walk_step(struct walk *w, const struct step *s)
{
    int thread = thread_of(s);
    if (s->op == OP_FLUSH)
        return;
    w->knows[thread].of[thread]++;
    if (s->op == OP_CREATE && s->other >= 0)
        join(&w->knows[s->other], &w->knows[thread]);
    else if (s->op == OP_JOIN && s->other >= 0)
        join(&w->knows[thread], &w->knows[s->other]);
    for (int i = 0; i < s->touches; i++) {
        const struct touch *t = &s->touch[i];
        if (s->op == OP_FENCE)
            synchronize_fence(w, thread, t->order);
        else if (t->is_object)
            synchronize_object(w, thread, t);
        else
            access_memory(w, s, t);
    }
    held_step(&w->held, s);
}

int judge_races(const struct trace *t, struct races *races)
{
    struct walk *w = need_new(1, sizeof *w);
    int found;
    w->races = races;
    for (size_t i = 0; i < t->length; i++)
        walk_step(w, &t->steps[i]);
    found = w->found;
    free(w->lefts);
    free(w->accesses);
    free(w);
    return found;
}

void races_free(struct races *races)
{
    free(races->list);
    *races = (struct races){NULL, 0};
}
