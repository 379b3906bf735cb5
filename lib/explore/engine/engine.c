/* engine.c -- one execution: threads that are fibers of one real thread, each
   stopped before its next step but one.

   There is no scheduler's loop: who comes to a point looks itself who is next,
   and goes on if that is the same thread, or switches.  First come steps that
   concern nobody else, of any thread; when all threads are before a step that
   does, the chooser is asked.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "engine.h"

#include "explore/calls/program.h"
#include "explore/calls/runtime.h"
#include "explore/need.h"
#include "explore/process/arena.h"
#include "explore/process/isolate.h"
#include "fiber.h"
#include "run.h"
#include "share.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    MAIN_STACK = 8 << 20,
    STACK = 1 << 20,
    TICKS_MOST = 100000, /* accesses that are no step, until it is a yield */
    YIELDS_MOST = 300    /* of these, until it is a livelock */
};

struct run run;

bool engine_is_on(void)
{
    return run.is_on;
}

int engine_self(void)
{
    return run.self;
}

/* The threads of an execution run in turns, as on one.  */
unsigned engine_processors(void)
{
    return 1;
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

bool engine_hides_answer(void)
{
    return run.threads[run.self].step == run.hidden;
}

void engine_fail(enum verdict v, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(run.sentence, sizeof run.sentence, format, args);
    va_end(args);
    run.verdict = v;
    run_finish();
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

static bool is_state_wanted(struct thread *t, const struct intent *i)
{
    if (t->step != RUN_NONE)
        idle_after(&t->idle, engine_step());
    return i->yields
           || (!i->is_local && idle_is_state_wanted(&t->idle, &i->step));
}

static enum yield yield_of(struct thread *t, const struct intent *i,
                           uint64_t local)
{
    if (i->yields)
        return idle_yields(&t->idle, &i->step, local);
    return i->is_local ? YIELD_NONE : idle_repeats(&t->idle, &i->step, local);
}

enum chance engine_point(struct intent *i)
{
    struct thread *t = &run.threads[run.self];
    uint64_t local = 0;

    program_settle();
    if (is_state_wanted(t, i))
        local = fiber_digest(t->fiber);
    i->yield = yield_of(t, i, local);
    t->pending = i;
    switch_to(run_next_thread());
    return t->chance;
}

static void give_way(uintptr_t pc)
{
    struct intent i = {.step = {.op = OP_YIELD, .other = -1, .pc = pc},
                       .is_local = true,
                       .yields = true};

    engine_point(&i);
}

void engine_changed(void)
{
    run.threads[run.self].idle.changes++;
}

void engine_tick(const void *at, bool writes, uintptr_t pc)
{
    int yields;

    if (writes && !fiber_has(run.threads[run.self].fiber, at, 1))
        engine_changed();
    if (++run.ticks < TICKS_MOST)
        return;
    yields = run.tick_yields + 1;
    if (yields > YIELDS_MOST)
        engine_fail(VERDICT_LIVELOCK,
                    "more than %d accesses to memory that concern nobody else",
                    TICKS_MOST * YIELDS_MOST);
    give_way(pc);
    run.tick_yields = yields;
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

void run_main(void)
{
    const struct execution_settings *s = &run.settings;
    int status = s->main(s->argc, s->argv, s->envp);

    runtime_at_exit();
    engine_end(status);
}

struct thread *run_add_thread(void (*body)(void))
{
    struct thread *t = &run.threads[run.trace.n_threads];

    if (!t->fiber)
        t->fiber = fiber_new(run.trace.n_threads ? STACK : MAIN_STACK);
    if (!t->tls)
        t->tls = need_new(1, isolate_tls_size() + 1);
    *t = (struct thread){.fiber = t->fiber, .tls = t->tls, .step = RUN_NONE};
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
    t = run_add_thread(thread_body);
    t->body = body;
    t->arg = arg;
    begin.is_local = !run.ends_early;
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
    switch_to(run_next_thread());
    abort(); /* never gets here */
}

/* The end of the process keeps others from going on: when it comes is a
   choice, and whether they have begun before it.  */
static void end_early(int status)
{
    struct intent i = {
        .step = {
            .op = OP_EXIT, .kind = KIND_THREAD, .other = -1, .result = status}};

    run.learnt |= !run.ends_early;
    run.ends_early = true;
    engine_point(&i);
}

/* Asks the program's oracle; what that calls is of this execution, still.  */
static void ask_oracle(void)
{
    if (run.right && !run.right(run.right_arg))
        engine_fail(VERDICT_WRONG, "the oracle says that it is wrong");
}

void engine_end(int status)
{
    if (run.n_alive > 1) {
        end_early(status);
    } else {
        if (status == 0)
            ask_oracle();
        run.right = NULL;
        local_step(OP_EXIT, -1, 0);
        run.is_left = true;
        run.left = (struct state){.last = run.last};
    }
    run.is_on = false;
    run.status = status;
    if (status)
        engine_fail(VERDICT_WRONG, "exit status %d", status);
    ask_oracle();
    run.verdict = VERDICT_RIGHT;
    run.sentence[0] = '\0';
    run_finish();
}
