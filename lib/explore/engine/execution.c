/* execution.c -- runs executions, each from the start.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "buffer.h"
#include "explore/calls/program.h"
#include "explore/process/arena.h"
#include "explore/process/crash.h"
#include "explore/process/files.h"
#include "explore/process/input.h"
#include "explore/process/isolate.h"
#include "explore/process/output.h"
#include "run.h"
#include "share.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { RESETS_MOST = 16, STUCK_SECONDS = 5 };

static void (*resets[RESETS_MOST])(void);
static int n_resets;

void engine_at_start(void (*reset)(void))
{
    if (n_resets < RESETS_MOST)
        resets[n_resets++] = reset;
}

/* Ends the execution: what is on the fibers' stacks is forgotten.  */
_Noreturn void run_finish(void)
{
    run.is_on = false;
    run.is_running = false;
    if (run.verdict != VERDICT_CRASH)
        program_settle();
    fiber_switch(run.threads[run.self].fiber, run.controller);
    abort(); /* never gets here */
}

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
    uint64_t now = run.all_steps;

    if (run.is_running && seen == now)
        engine_fail(VERDICT_LIVELOCK, "%d seconds without a step",
                    STUCK_SECONDS);
    seen = now;
}

void execution_set_up(const struct execution_settings *s)
{
    run.settings = *s;
    run.hidden = EXECUTION_SHOWS;
    run.controller = fiber_new(0);
    isolate_set_up();
    arena_set_up();
    files_set_up();
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
    files_reset();
    input_rewind();
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
    run.tick_yields = 0;
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
                            .is_fair = run.fair.has_held,
                            .schedule = run.schedule,
                            .length = run.length};
}

const struct state *execution_left(void)
{
    return run.is_left ? &run.left : NULL;
}

bool execution_learnt(void)
{
    bool was = run.learnt;

    run.learnt = false;
    return share_grew() || was;
}

void execution_hide(size_t step)
{
    run.hidden = step;
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
    t = run_add_thread(run_main);
    isolate_tls_initial(t->tls);
    isolate_tls_load(t->tls);
    errno = 0;
    run.is_on = true;
    run.is_running = true;
    fiber_switch(run.controller, t->fiber);
    fill(e);
    e->output = output_take();
    output_take_errors(); /* nobody wants them: each execution's are alike */
    return !run.is_cut;
}
