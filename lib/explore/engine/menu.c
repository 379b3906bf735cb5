/* menu.c -- what can be chosen from, before each step that is.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "buffer.h"
#include "run.h"

#include <string.h>

/* Whether a step of the kind may come before the stores that its thread made
   before it.  */
static bool is_unordered(enum op op)
{
    return op == OP_READ || op == OP_WRITE || op == OP_LOAD || op == OP_STORE
           || op == OP_YIELD || op == OP_CHOOSE || op == OP_BEGIN
           || op == OP_FENCE;
}

static bool drains(const struct intent *i)
{
    return i->drains || !is_unordered(i->step.op);
}

static bool waits_for_buffers(const struct intent *i, int thread)
{
    return buffer_is_on()
           && ((i->drains_all && !buffer_all_empty())
               || (drains(i) && buffer_oldest(thread)));
}

bool run_can_go(int thread)
{
    const struct intent *i = run.threads[thread].pending;

    return i && !waits_for_buffers(i, thread)
           && (!i->is_enabled || i->is_enabled(i));
}

static threads_set enabled_threads(void)
{
    threads_set enabled = 0;

    for (int t = 0; t < run.trace.n_threads; t++) {
        if (run_can_go(t))
            enabled |= (threads_set)(1U << t);
    }
    return enabled;
}

static void add_touches(struct option *o, const struct step *s)
{
    o->touches = s->touches;
    memcpy(o->touch, s->touch, sizeof *s->touch * s->touches);
}

static void add_option(struct menu *m, int thread, unsigned chance,
                       bool enabled)
{
    const struct intent *i = run.threads[thread].pending;
    struct option *o;

    if (m->n == OPTIONS_MOST)
        return;
    o = &m->options[m->n];
    m->next[m->n++] = &i->step;
    o->choice = (struct choice){(uint8_t)thread, (uint8_t)chance};
    o->enabled = enabled;
    o->yields = i->yield || run.fair.yielded & 1U << thread;
    add_touches(o, &i->step);
    if (buffer_is_on() && drains(i))
        o->touch[o->touches++] = buffer_touch(thread, false);
    if (buffer_is_on() && i->drains_all)
        o->touch[o->touches++] = buffer_touch(-1, false);
    m->any |= enabled && chance != CHANCE_SPURIOUS;
}

static void add_thread(struct menu *m, int t, bool can, bool may)
{
    const struct intent *i = run.threads[t].pending;

    add_option(m, t, CHANCE_GO, may);
    if (waits_for_buffers(i, t))
        return;
    if (i->may_time_out && !can)
        add_option(m, t, CHANCE_TIME_OUT, true);
    if (i->may_be_spurious && run.settings.spurious && !can)
        add_option(m, t, CHANCE_SPURIOUS, true);
}

/* The oldest store of the thread reaches memory.  */
static void add_flush(struct menu *m, int thread, const struct store *oldest)
{
    static struct step flushes[THREADS_MOST];
    struct step *s = &flushes[thread];
    struct option *o = &m->options[m->n];

    if (m->n == OPTIONS_MOST)
        return;
    *s = (struct step){.op = OP_FLUSH,
                       .kind = KIND_MEMORY,
                       .actor = (uint8_t)(THREADS_MOST + thread),
                       .object = oldest->at,
                       .size = oldest->size,
                       .other = -1,
                       .pc = oldest->pc,
                       .touches = 1};
    s->touch[0] = (struct touch){.at = (uintptr_t)oldest->at,
                                 .size = oldest->size,
                                 .writes = true,
                                 .atomic = oldest->atomic};
    *o = (struct option){.choice = {s->actor, CHANCE_GO}, .enabled = true};
    add_touches(o, s);
    o->touch[o->touches++] = buffer_touch(thread, true);
    o->touch[o->touches++] = buffer_touch(-1, true);
    m->next[m->n++] = s;
    m->any = true;
}

static void add_flushes(struct menu *m)
{
    for (int t = 0; t < run.trace.n_threads; t++) {
        const struct store *oldest = buffer_oldest(t);
        if (oldest)
            add_flush(m, t, oldest);
    }
}

void menu_of_all(struct menu *m)
{
    threads_set enabled = enabled_threads();
    threads_set allowed = fair_allowed(&run.fair, enabled, !buffer_all_empty());

    for (int t = 0; t < run.trace.n_threads; t++) {
        if (run.threads[t].pending)
            add_thread(m, t, enabled >> t & 1, allowed >> t & 1);
    }
    add_flushes(m);
}

void menu_of_one(struct menu *m, int thread)
{
    add_option(m, thread, CHANCE_GO, true);
}

void menu_of_values(struct menu *m, int thread)
{
    uint32_t n = run.threads[thread].pending->step.count;

    add_option(m, thread, CHANCE_GO, true);
    for (unsigned k = 1; k < n; k++)
        add_option(m, thread, CHANCE_VALUE + k, true);
}
