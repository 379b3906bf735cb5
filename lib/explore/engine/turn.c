/* turn.c -- whose turn it is.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "buffer.h"
#include "explore/need.h"
#include "run.h"

#include <stdlib.h>
#include <string.h>

/* Local steps for each step, before it is a livelock.  */
enum { LOCAL_MOST = 100 };

static bool is_waited_for(const struct menu *m, int actor)
{
    for (int i = 0; i < m->n; i++) {
        const struct option *o = &m->options[i];
        if (o->choice.actor == actor && o->choice.chance == CHANCE_GO)
            return o->enabled && !o->yields;
    }
    return false;
}

static void schedule_add(struct choice c)
{
    run.schedule = need_room(run.schedule, &run.schedule_room, run.length + 1,
                             sizeof *run.schedule);
    run.schedule[run.length++] = c;
}

static struct step *trace_add(const struct step *s)
{
    struct trace *t = &run.trace;

    t->steps = need_room(t->steps, &run.room, t->length + 1, sizeof *t->steps);
    run.all_steps++;
    t->steps[t->length] = *s;
    return &t->steps[t->length++];
}

/* Lets a thread take the step that it is before.  */
static struct step *grant(int thread, unsigned chance)
{
    struct thread *t = &run.threads[thread];
    struct step *s = trace_add(&t->pending->step);

    idle_before(&t->idle, s);
    s->actor = (uint8_t)thread;
    s->chance = (uint8_t)chance;
    t->step = run.trace.length - 1;
    t->chance = chance;
    if (t->pending->yields || !t->pending->is_local)
        fair_step(&run.fair, thread, t->pending->yield);
    t->pending = NULL;
    run.ticks = 0;
    run.tick_yields = 0;
    return s;
}

static int grant_local(int thread)
{
    grant(thread, CHANCE_GO);
    if (++run.local_steps > run.settings.most_steps * LOCAL_MOST)
        engine_fail(VERDICT_LIVELOCK,
                    "more than %zu steps that concern "
                    "nobody else",
                    run.settings.most_steps * LOCAL_MOST);
    return thread;
}

/* Lets the oldest store of a thread reach memory.  */
static struct step *flush(const struct step *next)
{
    struct step *s = trace_add(next);

    buffer_flush(s->actor - THREADS_MOST);
    s->has_value = s->size <= sizeof s->value;
    if (s->has_value)
        memcpy(&s->value, s->object, s->size);
    return s;
}

/* Nobody can go on: the end, or a deadlock.  */
static _Noreturn void nobody(const struct menu *m)
{
    run.is_left = true;
    run.left =
        (struct state){.options = m->options, .n = m->n, .last = run.last};
    if (!m->n) {
        run.verdict = VERDICT_RIGHT;
        run_finish();
    }
    engine_fail(VERDICT_DEADLOCK, "nobody can go on");
}

static int ask(const struct menu *m, int last)
{
    struct state state = {.options = m->options, .n = m->n, .last = last};
    const struct option *o;
    struct step *s;
    int chosen;

    if (run.length == run.settings.most_steps)
        engine_fail(VERDICT_LIVELOCK, "more than %zu steps", run.length);
    chosen = run.chooser->choose(run.chooser->self, &state, m->next);
    if (chosen < 0) {
        run.is_cut = true;
        run_finish();
    }
    o = &m->options[chosen];
    schedule_add(o->choice);
    if (o->choice.actor >= THREADS_MOST)
        s = flush(m->next[chosen]);
    else
        s = grant(o->choice.actor, o->choice.chance);
    s->chosen = true;
    s->preempts = last >= 0 && last != s->actor && s->actor < THREADS_MOST
                  && is_waited_for(m, last);
    return s->actor;
}

/* A thread that asks for a value gets it at once.  */
static int choose_value(int thread)
{
    static struct menu m;

    m.n = 0;
    menu_of_values(&m, thread);
    return ask(&m, thread);
}

/* A thread that is alone has no choice, but the search has to know what it
   does.  */
static int take_alone(int thread)
{
    static struct menu m;
    struct state state = {
        .options = m.options, .n = 1, .last = run.last, .is_alone = true};

    m.n = 0;
    menu_of_one(&m, thread);
    if (run.chooser->sees_alone
        && run.chooser->choose(run.chooser->self, &state, m.next) < 0) {
        run.is_cut = true;
        run_finish();
    }
    return grant_local(thread);
}

/* Returns the actor that the chooser has let go on.  */
static int choose(void)
{
    static struct menu m;
    int actor;

    m.n = 0;
    m.any = false;
    menu_of_all(&m);
    if (!m.any)
        nobody(&m);
    actor = ask(&m, run.last);
    if (actor < THREADS_MOST)
        run.last = actor;
    return actor;
}

static bool is_next_at_once(int thread)
{
    const struct intent *i = run.threads[thread].pending;

    return i && i->is_local && !(run.fair.yielded & 1U << thread)
           && run_can_go(thread);
}

/* Whether the thread has nobody beside it, and goes on.  */
static bool is_alone(int thread)
{
    const struct intent *i = run.threads[thread].pending;

    return run.n_alive == 1 && i && i->step.op != OP_CHOOSE
           && run_can_go(thread) && buffer_all_empty();
}

/* Who takes the next step: a thread, or a store buffer.  */
static int next_actor(void)
{
    if (is_next_at_once(run.self))
        return grant_local(run.self);
    if (is_alone(run.self))
        return take_alone(run.self);
    for (int t = 0; t < run.trace.n_threads; t++) {
        const struct intent *i = run.threads[t].pending;
        if (is_next_at_once(t))
            return grant_local(t);
        if (i && i->step.op == OP_CHOOSE)
            return choose_value(t);
    }
    return choose();
}

int run_next_thread(void)
{
    int actor;

    do
        actor = next_actor();
    while (actor >= THREADS_MOST);
    return actor;
}
