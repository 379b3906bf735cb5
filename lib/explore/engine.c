/* engine.c -- one execution: threads that are fibers of one real thread, each
   stopped before its next step but one.

   There is no scheduler's loop: who comes to a point looks itself who is next,
   and goes on if that is the same thread, or switches.  First come steps that
   concern nobody else, of any thread; when all threads are before a step that
   does, the chooser is asked.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "engine.h"

#include "arena.h"
#include "buffer.h"
#include "crash.h"
#include "execution.h"
#include "fair.h"
#include "fiber.h"
#include "idle.h"
#include "isolate.h"
#include "need.h"
#include "output.h"
#include "program.h"
#include "share.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAIN_STACK = 8 << 20,
    STACK = 1 << 20,
    RESETS_MOST = 16,
    SENTENCE_MOST = 512,
    OPTIONS_MOST = 256,
    TICKS_MOST = 100000, /* accesses that are no step, until it is a yield */
    LOCAL_MOST = 100, /* local steps for each step, before it is a livelock */
    STUCK_SECONDS = 5
};

#define NONE ((size_t)-1)

struct thread {
    struct fiber *fiber;
    struct intent *pending; /* what it is about to do, or NULL: it has ended */
    size_t step;            /* its last, in the trace, or NONE */
    enum chance chance;     /* ... and what became of it */
    void *(*body)(void *);
    void *arg, *result;
    void *tls;
    int error; /* its errno, while another one runs */
    struct idle idle;
    bool is_finished;
};

static struct execution_settings settings;
static struct fiber *controller;
static void (*resets[RESETS_MOST])(void);
static int n_resets;
static bool ends_early; /* the program was seen to end while threads run: */
static bool learnt;     /* ... since execution_learnt was asked last */

static uint64_t all_steps; /* of all executions */

static struct {
    struct thread threads[THREADS_MOST];
    int self;
    int last; /* who took the last chosen step, or -1 */
    int n_alive;
    const struct chooser *chooser;
    struct trace trace;
    size_t room; /* of the trace */
    struct choice *schedule;
    size_t length, schedule_room;
    size_t local_steps;
    struct fair fair;
    int64_t now;
    unsigned ticks;
    bool is_on, is_running, is_cut;
    bool is_left; /* no step has ended it, but that there is none: */
    struct state left;
    enum verdict verdict;
    int status;
    char sentence[SENTENCE_MOST];
    bool (*right)(void *);
    void *right_arg;
} run;

bool engine_is_on(void)
{
    return run.is_on;
}

int engine_self(void)
{
    return run.self;
}

bool engine_is_finished(int thread)
{
    return run.threads[thread].is_finished;
}

void *engine_result(int thread)
{
    return run.threads[thread].result;
}

int64_t engine_now(void)
{
    return run.now;
}

void engine_time_passes(int64_t until)
{
    if (until > run.now)
        run.now = until;
}

void engine_at_start(void (*reset)(void))
{
    if (n_resets < RESETS_MOST)
        resets[n_resets++] = reset;
}

void engine_at_end(bool (*right)(void *), void *arg)
{
    run.right = right;
    run.right_arg = arg;
}

bool engine_is_private(const void *at, size_t size)
{
    return fiber_has(run.threads[run.self].fiber, at, size)
           || isolate_is_tls(at, size);
}

bool engine_is_freed(const void *at, size_t size)
{
    return arena_is_freed(at, size);
}

struct step *engine_step(void)
{
    return &run.trace.steps[run.threads[run.self].step];
}

/* Ends the execution: what is on the fibers' stacks is forgotten.  */
static _Noreturn void finish(void)
{
    run.is_on = false;
    run.is_running = false;
    if (run.verdict != VERDICT_CRASH)
        program_settle();
    fiber_switch(run.threads[run.self].fiber, controller);
    abort(); /* never gets here */
}

void engine_fail(enum verdict v, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(run.sentence, sizeof run.sentence, format, args);
    va_end(args);
    run.verdict = v;
    finish();
}

/* What threads are about to do.  */

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

static bool can_go(int thread)
{
    const struct intent *i = run.threads[thread].pending;

    return i && !waits_for_buffers(i, thread)
           && (!i->is_enabled || i->is_enabled(i));
}

static threads_set enabled_threads(void)
{
    threads_set enabled = 0;

    for (int t = 0; t < run.trace.n_threads; t++) {
        if (can_go(t))
            enabled |= (threads_set)(1U << t);
    }
    return enabled;
}

/* The options of a state, and the thread of each.  */
struct menu {
    struct option options[OPTIONS_MOST];
    const struct step *next[OPTIONS_MOST];
    int n;
    bool any; /* is enabled, other than to wake for no reason */
};

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
    o->yields = i->yields || run.fair.yielded & 1U << thread;
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
    if (i->may_be_spurious && settings.spurious && !can)
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

static void all_options(struct menu *m)
{
    threads_set enabled = enabled_threads();
    threads_set allowed = fair_allowed(&run.fair, enabled);

    /* A store leaves its buffer in finite time, like a step of another
       thread.  */
    if (!buffer_all_empty())
        allowed &= (threads_set)~run.fair.yielded;

    for (int t = 0; t < run.trace.n_threads; t++) {
        if (run.threads[t].pending)
            add_thread(m, t, enabled >> t & 1, allowed >> t & 1);
    }
    add_flushes(m);
}

static void values_of(struct menu *m, int thread)
{
    uint32_t n = run.threads[thread].pending->step.count;

    add_option(m, thread, CHANCE_GO, true);
    for (unsigned k = 1; k < n; k++)
        add_option(m, thread, CHANCE_VALUE + k, true);
}

/* Choosing.  */

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
    if (run.length == run.schedule_room) {
        run.schedule_room = run.schedule_room ? 2 * run.schedule_room : 256;
        run.schedule = need(
            realloc(run.schedule, run.schedule_room * sizeof *run.schedule));
    }
    run.schedule[run.length++] = c;
}

static struct step *trace_add(const struct step *s)
{
    struct trace *t = &run.trace;

    if (t->length == run.room) {
        run.room = run.room ? 2 * run.room : 256;
        t->steps = need(realloc(t->steps, run.room * sizeof *t->steps));
    }
    all_steps++;
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
        fair_step(&run.fair, thread, t->pending->yields);
    t->pending = NULL;
    run.ticks = 0;
    return s;
}

static int grant_local(int thread)
{
    grant(thread, CHANCE_GO);
    if (++run.local_steps > settings.most_steps * LOCAL_MOST)
        engine_fail(VERDICT_LIVELOCK,
                    "more than %zu steps that concern "
                    "nobody else",
                    settings.most_steps * LOCAL_MOST);
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
    run.left = (struct state){m->options, m->n, run.last};
    if (!m->n) {
        run.verdict = VERDICT_RIGHT;
        finish();
    }
    engine_fail(VERDICT_DEADLOCK, "nobody can go on");
}

static int ask(const struct menu *m, int last)
{
    struct state state = {.options = m->options, .n = m->n, .last = last};
    const struct option *o;
    struct step *s;
    int chosen;

    if (run.length == settings.most_steps)
        engine_fail(VERDICT_LIVELOCK, "more than %zu steps", run.length);
    chosen = run.chooser->choose(run.chooser->self, &state, m->next);
    if (chosen < 0) {
        run.is_cut = true;
        finish();
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
    values_of(&m, thread);
    return ask(&m, thread);
}

/* Returns the actor that the chooser has let go on.  */
static int choose(void)
{
    static struct menu m;
    int actor;

    m.n = 0;
    m.any = false;
    all_options(&m);
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
           && can_go(thread);
}

/* Whether the thread has nobody beside it, and goes on.  */
static bool is_alone(int thread)
{
    const struct intent *i = run.threads[thread].pending;

    return run.n_alive == 1 && i && i->step.op != OP_CHOOSE && can_go(thread)
           && buffer_all_empty();
}

/* Who takes the next step: a thread, or a store buffer.  */
static int next_actor(void)
{
    if (is_next_at_once(run.self) || is_alone(run.self))
        return grant_local(run.self);
    for (int t = 0; t < run.trace.n_threads; t++) {
        const struct intent *i = run.threads[t].pending;
        if (is_next_at_once(t))
            return grant_local(t);
        if (i && i->step.op == OP_CHOOSE)
            return choose_value(t);
    }
    return choose();
}

static int next_thread(void)
{
    int actor;

    do
        actor = next_actor();
    while (actor >= THREADS_MOST);
    return actor;
}

/* Going on.  */

static void switch_to(int thread)
{
    struct thread *from = &run.threads[run.self];
    struct thread *to = &run.threads[thread];

    if (from == to)
        return;
    from->error = errno;
    isolate_tls_save(from->tls);
    run.self = thread;
    isolate_tls_load(to->tls);
    errno = to->error;
    fiber_switch(from->fiber, to->fiber);
}

enum chance engine_point(struct intent *i)
{
    struct thread *t = &run.threads[run.self];

    program_settle();
    if (!i->is_local && t->step != NONE
        && idle_repeats(&t->idle, engine_step(), &i->step))
        i->yields = true;
    t->pending = i;
    switch_to(next_thread());
    return t->chance;
}

void engine_tick(uintptr_t pc)
{
    struct intent i = {.step = {.op = OP_YIELD, .other = -1, .pc = pc},
                       .is_local = true,
                       .yields = true};

    if (++run.ticks == TICKS_MOST)
        engine_point(&i);
}

/* Threads.  */

static void local_step(enum op op, int other, uintptr_t pc)
{
    struct intent i = {
        .step = {.op = op, .kind = KIND_THREAD, .other = other, .pc = pc},
        .is_local = true};

    engine_point(&i);
}

static void thread_body(void)
{
    struct thread *t = &run.threads[run.self];
    void *result = t->body(t->arg);

    program_thread_ends();
    engine_exit(result);
}

static void main_body(void)
{
    engine_end(settings.main(settings.argc, settings.argv, settings.envp));
}

static struct thread *thread_add(void (*body)(void))
{
    struct thread *t = &run.threads[run.trace.n_threads];

    if (!t->fiber)
        t->fiber = fiber_new(run.trace.n_threads ? STACK : MAIN_STACK);
    if (!t->tls)
        t->tls = need_new(1, isolate_tls_size() + 1);
    *t = (struct thread){.fiber = t->fiber, .tls = t->tls, .step = NONE};
    idle_begin(&t->idle);
    fiber_begin(t->fiber, body);
    run.n_alive++;
    run.trace.threads[run.trace.n_threads++] =
        (struct thread_info){.creator = -1};
    return t;
}

int engine_create(void *(*body)(void *), void *arg, uintptr_t pc)
{
    static struct intent begin = {
        .step = {.op = OP_BEGIN, .kind = KIND_THREAD, .other = -1}};
    int number = run.trace.n_threads;
    struct thread *t;

    if (number == THREADS_MOST)
        engine_fail(VERDICT_WRONG, "more than %d threads: too many to explore",
                    THREADS_MOST);
    local_step(OP_CREATE, number, pc);
    t = thread_add(thread_body);
    t->body = body;
    t->arg = arg;
    begin.is_local = !ends_early;
    t->pending = &begin;
    isolate_tls_new(t->tls);
    run.trace.threads[number] =
        (struct thread_info){.body = body, .creator = run.self, .pc = pc};
    share_created(run.self, number);
    return number;
}

void engine_exit(void *result)
{
    struct thread *t = &run.threads[run.self];

    local_step(OP_EXIT, -1, 0);
    t->is_finished = true;
    run.n_alive--;
    t->result = result;
    switch_to(next_thread());
    abort(); /* never gets here */
}

/* The end of the process keeps others from going on: when it comes is a
   choice, and whether they have begun before it.  */
static void end_early(int status)
{
    struct intent i = {
        .step = {
            .op = OP_EXIT, .kind = KIND_THREAD, .other = -1, .result = status}};

    learnt |= !ends_early;
    ends_early = true;
    engine_point(&i);
}

void engine_end(int status)
{
    if (run.n_alive > 1) {
        end_early(status);
    } else {
        local_step(OP_EXIT, -1, 0);
        run.is_left = true;
        run.left = (struct state){NULL, 0, run.last};
    }
    run.is_on = false;
    run.status = status;
    if (status)
        engine_fail(VERDICT_WRONG, "exit status %d", status);
    if (run.right && !run.right(run.right_arg))
        engine_fail(VERDICT_WRONG, "the oracle says that it is wrong");
    run.verdict = VERDICT_RIGHT;
    run.sentence[0] = '\0';
    finish();
}

/* Executions.  */

static void crashed(int number, const void *at)
{
    if (!run.is_running) {
        signal(number, SIG_DFL);
        raise(number);
        return;
    }
    if (fiber_is_overrun(run.threads[run.self].fiber, at))
        engine_fail(VERDICT_CRASH, "stack overflow");
    if (number == SIGABRT)
        engine_fail(VERDICT_ASSERT, "aborted");
    engine_fail(VERDICT_CRASH, "%s at address %p", strsignal(number), at);
}

/* Whether anything has happened since the last time is what counts.  */
static void tick(void)
{
    static uint64_t seen;
    uint64_t now = all_steps;

    if (run.is_running && seen == now)
        engine_fail(VERDICT_LIVELOCK, "%d seconds without a step",
                    STUCK_SECONDS);
    seen = now;
}

void execution_set_up(const struct execution_settings *s)
{
    settings = *s;
    controller = fiber_new(0);
    isolate_set_up();
    arena_set_up();
    crash_set_up(crashed);
    crash_watch(STUCK_SECONDS, tick);
}

/* What those that are left were about to do.  */
static void keep_blocked(void)
{
    run.trace.n_blocked = 0;
    for (int t = 0; t < run.trace.n_threads; t++) {
        const struct intent *i = run.threads[t].pending;
        if (i) {
            struct step *s = &run.trace.blocked[run.trace.n_blocked++];
            *s = i->step;
            s->actor = (uint8_t)t;
        }
    }
}

static void reset(const struct chooser *chooser)
{
    isolate_restore();
    arena_reset();
    share_begin();
    run.self = 0;
    run.last = -1;
    run.n_alive = 0;
    run.chooser = chooser;
    run.trace.length = 0;
    run.trace.n_threads = 0;
    run.length = 0;
    run.local_steps = 0;
    run.now = 0;
    run.ticks = 0;
    run.is_cut = false;
    run.is_left = false;
    run.status = 0;
    run.right = NULL;
    fair_begin(&run.fair);
    buffer_begin();
    for (int i = 0; i < n_resets; i++)
        resets[i]();
}

static void fill(struct execution *e)
{
    keep_blocked();
    *e = (struct execution){.trace = run.trace,
                            .verdict = run.verdict,
                            .sentence = run.sentence[0] ? run.sentence : NULL,
                            .status = run.status,
                            .schedule = run.schedule,
                            .length = run.length};
}

const struct state *execution_left(void)
{
    return run.is_left ? &run.left : NULL;
}

bool execution_learnt(void)
{
    bool was = learnt;

    learnt = false;
    return share_grew() || was;
}

const struct trace *execution_trace(void)
{
    return &run.trace;
}

bool execution_run(const struct chooser *chooser, struct execution *e)
{
    struct thread *t;

    reset(chooser);
    run.sentence[0] = '\0';
    t = thread_add(main_body);
    isolate_tls_initial(t->tls);
    isolate_tls_load(t->tls);
    errno = 0;
    run.is_on = true;
    run.is_running = true;
    fiber_switch(controller, t->fiber);
    fill(e);
    e->output = output_take();
    return !run.is_cut;
}
