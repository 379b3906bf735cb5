/* engine.c -- the calls of a program, in the order of the cores' clocks.

   It answers what lib/explore/calls asks of the explorer's engine (engine.h):
   each access and each call of the system comes to engine_point.  There is no
   trace, no menu and no search.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "explore/engine/engine.h"

#include "explore/calls/program.h"
#include "explore/engine/fiber.h"
#include "explore/engine/share.h"
#include "explore/model/model.h"
#include "explore/need.h"
#include "explore/process/isolate.h"
#include "mesi.h"
#include "simulate.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/single_threaded.h>

enum {
    STACK = 1 << 18,
    SENTENCE_MOST = 200,
    START = 1000, /* ns, within which the cores begin */
};

/* More steps than any lock that comes to an end takes here.  */
#define STEPS_MOST (UINT64_C(1) << 31)

_Static_assert((int)THREADS_MOST == (int)MESI_CORES_MOST, "a thread a core");

/* A core that looks at one word again and again, with no other step between. */
struct look {
    unsigned times;
    int64_t at, every;       /* the last, and the time to the next, ns */
    bool is_hit;             /* was the last */
    struct mesi_line *waits; /* goes on when this line is taken from it */
};

struct core {
    struct fiber *fiber;
    struct look look;
    struct step step;               /* its last */
    const struct intent *waits_for; /* its step is not enabled, or NULL */
    void *tls;
    int error; /* its errno, while another one runs */
};

static struct {
    struct simulation settings;
    void (*body)(unsigned core, void *arg);
    void *arg;
    struct mesi *caches;
    struct fiber *controller;
    struct core cores[THREADS_MOST];
    int64_t clocks[THREADS_MOST]; /* of those that can go on; or NEVER */
    struct simulation_counts counts;
    uint64_t steps, random;
    unsigned self, n_running;
    bool is_on, has_woken;
    char sentence[SENTENCE_MOST];
} all;

#define NEVER INT64_MAX

/* What the calls ask for that needs no more than an answer.  */

bool engine_is_on(void)
{
    return all.is_on;
}

int engine_self(void)
{
    return (int)all.self;
}

unsigned engine_processors(void)
{
    return all.is_on ? all.settings.cores : THREADS_MOST;
}

struct step *engine_step(void)
{
    return &all.cores[all.self].step;
}

int64_t engine_now(void)
{
    return all.clocks[all.self] += all.settings.costs.clock;
}

void engine_time_passes(int64_t until)
{
    if (until > all.clocks[all.self])
        all.clocks[all.self] = until;
}

void engine_tick(const void *at, bool writes, uintptr_t pc)
{
    (void)at;
    (void)writes;
    (void)pc;
}

void engine_changed(void)
{
}

/* There is one execution: what the calls have is as it begins.  */
void engine_at_start(void (*reset)(void))
{
    reset();
}

bool engine_is_private(const void *at, size_t size)
{
    return fiber_has(all.cores[all.self].fiber, at, size)
           || isolate_is_tls(at, size);
}

bool engine_is_freed(const void *at, size_t size)
{
    (void)at, (void)size;
    return false;
}

/* Any memory may be shared; who has it in a cache is what is asked here.  */
bool share_access(int thread, const void *at, size_t size, bool writes)
{
    (void)writes;
    return !fiber_has(all.cores[thread].fiber, at, size);
}

bool share_is_from_others(int thread, const void *at)
{
    (void)thread;
    (void)at;
    return false;
}

bool share_free(int thread, const void *at, size_t size)
{
    (void)thread, (void)at, (void)size;
    return false;
}

/* No object is modelled: the locks are what is run.  */
void model_written(const void *at, size_t size)
{
    (void)at, (void)size;
}

/* Going on.  */

static _Noreturn void stop(void)
{
    all.is_on = false;
    fiber_switch(all.cores[all.self].fiber, all.controller);
    abort(); /* never gets here */
}

void engine_fail(enum verdict v, const char *format, ...)
{
    va_list args;

    (void)v;
    va_start(args, format);
    vsnprintf(all.sentence, sizeof all.sentence, format, args);
    va_end(args);
    stop();
}

/* Lets those go on that the last step has woken.  */
static void wake(void)
{
    int64_t runs = all.clocks[all.self] + all.settings.costs.wake;

    all.has_woken = false;
    for (unsigned c = 0; c < all.settings.cores; c++) {
        const struct intent *i = all.cores[c].waits_for;
        if (i && i->is_enabled(i)) {
            all.cores[c].waits_for = NULL;
            all.clocks[c] = runs;
        }
    }
}

/* The core that is next.  */
static unsigned least(void)
{
    unsigned best = 0;

    for (unsigned c = 1; c < all.settings.cores; c++)
        if (all.clocks[c] < all.clocks[best])
            best = c;
    return best;
}

static void go_on(void)
{
    struct core *from = &all.cores[all.self], *to;
    unsigned next;

    if (all.has_woken)
        wake();
    next = least();
    if (all.clocks[next] == NEVER)
        engine_fail(VERDICT_DEADLOCK, "nobody can go on");
    if (all.steps++ == STEPS_MOST)
        engine_fail(VERDICT_LIVELOCK, "it does not end");
    if (next == all.self)
        return;
    to = &all.cores[next];
    from->error = errno;
    isolate_tls_save(from->tls);
    all.self = next;
    isolate_tls_load(to->tls);
    errno = to->error;
    fiber_switch(from->fiber, to->fiber);
}

/* What a step costs.  */

static void pass(int64_t ns)
{
    all.clocks[all.self] += ns;
}

/* An eighth more or less: without it all cores go in step, which none do.
   (G. Marsaglia, "Xorshift RNGs", 2003.)  */
static int64_t jitter(int64_t ns)
{
    all.random ^= all.random << 13;
    all.random ^= all.random >> 7;
    all.random ^= all.random << 17;
    return ns - ns / 8 + (int64_t)(all.random % (uint64_t)(ns / 4 + 1));
}

/* Has the line come, behind those that asked before.  */
static void fetch(struct mesi_line *l, bool is_far)
{
    const struct simulation_costs *costs = &all.settings.costs;
    int64_t from = all.clocks[all.self];

    if (l->busy_until > from)
        from = l->busy_until;
    l->busy_until = from + jitter(is_far ? costs->far : costs->transfer);
    all.clocks[all.self] = l->busy_until;
}

/* The line is taken from those that watch it, who see so when they look next.
 */
static void alarm_watchers(const struct mesi_line *l)
{
    int64_t now = all.clocks[all.self];

    for (unsigned c = 0; c < all.settings.cores; c++) {
        struct look *k = &all.cores[c].look;
        if (k->waits != l)
            continue;
        k->waits = NULL;
        k->at += (now - k->at + k->every - 1) / k->every * k->every;
        all.clocks[c] = k->at;
    }
}

static void access_line(struct mesi_line *l, bool writes)
{
    struct mesi_access a = mesi_access(all.caches, l, all.self, writes);

    if (a.invalidated)
        alarm_watchers(l);
    all.counts.misses += a.kind == MESI_MISS;
    all.counts.upgrades += a.kind == MESI_UPGRADE;
    all.counts.invalidations += a.invalidated;
}

/* What is passed on is another's from when that asks for it.  */
static void touch_line(uintptr_t at, bool writes, int64_t hit)
{
    struct mesi_line *l = mesi_line(all.caches, at);
    struct mesi_access a = mesi_ask(all.caches, l, all.self, writes);
    bool is_gone = all.settings.rule == SIMULATION_PASSED;

    if (is_gone)
        access_line(l, writes);
    if (a.kind != MESI_HIT) {
        fetch(l, a.is_far);
        go_on();
    }
    if (!is_gone)
        access_line(l, writes);
    pass(hit);
}

static void touch_memory(const struct touch *t, int64_t hit)
{
    uintptr_t first = t->at / MESI_LINE_SIZE;
    uintptr_t last = (t->at + t->size - 1) / MESI_LINE_SIZE;

    for (uintptr_t n = first; n <= last; n++)
        touch_line(n * MESI_LINE_SIZE, t->writes, hit);
}

/* What a call of the system takes; a yield, here, is one that finds nobody.  */
static int64_t call_system(const struct intent *i)
{
    const struct simulation_costs *costs = &all.settings.costs;

    switch (i->step.op) {
    case OP_FUTEX_WAKE:
    case OP_FUTEX_WAIT:
        all.counts.futex_calls++;
        return costs->syscall;
    case OP_YIELD:
        all.counts.yields++;
        return costs->yield;
    case OP_FENCE:
        all.counts.membarriers += i->drains_all;
        return i->drains_all ? costs->membarrier : costs->fence;
    default:
        return 0;
    }
}

/* The time that a step takes, at the end of which what it does is done.  */
static void take_time(const struct intent *i)
{
    const struct step *s = &i->step;
    const struct simulation_costs *costs = &all.settings.costs;
    int64_t call = call_system(i);

    if (call > 0) {
        pass(call);
        go_on();
    }
    for (int t = 0; t < s->touches; t++)
        if (s->touch[t].size && !s->touch[t].is_object)
            touch_memory(&s->touch[t],
                         s->op == OP_RMW ? costs->locked : costs->hit);
    all.has_woken = s->op == OP_FUTEX_WAKE;
}

/* A core that spins is in its loop most of the time, and of all it does there
   only what it does when the line was taken from it changes anything.  So it
   sleeps until then, and looks when it would have.  Its loop counts fewer looks
   than there were, so the program's patience has to be more than that of a lock
   that gives up.  */
static void look(struct look *k, const struct step *s)
{
    struct mesi_line *l = mesi_line(all.caches, s->touch[0].at);
    bool was_hit = k->is_hit;

    k->is_hit = mesi_state(l, all.self) != MESI_INVALID;
    if (k->is_hit && was_hit)
        k->every = all.clocks[all.self] - k->at;
    k->at = all.clocks[all.self];
    if (!k->is_hit || k->times < all.settings.patience || k->every <= 0)
        return;
    k->waits = l;
    all.clocks[all.self] = NEVER;
    go_on();
    k->is_hit = false;
}

static bool is_look_again(const struct step *last, const struct step *next)
{
    return (next->op == OP_LOAD || next->op == OP_READ) && last->op == next->op
           && last->pc == next->pc && last->object == next->object;
}

enum chance engine_point(struct intent *i)
{
    struct core *me = &all.cores[all.self];

    program_settle();
    if (is_look_again(&me->step, &i->step))
        me->look.times++;
    else
        me->look = (struct look){.times = 0};
    me->step = i->step;
    me->step.actor = (uint8_t)all.self;
    if (i->is_enabled && !i->is_enabled(i)) {
        me->waits_for = i;
        all.clocks[all.self] = NEVER;
        all.counts.switches++;
    }
    go_on();
    if (me->look.times)
        look(&me->look, &i->step);
    take_time(i);
    return CHANCE_GO;
}

/* For code that is not compiled with the sanitizer.  */

struct simulation_counts simulation_counts(void)
{
    return all.counts;
}

int64_t simulation_now(void)
{
    return all.clocks[all.self];
}

void simulation_work(int64_t ns)
{
    pass(ns);
}

void simulation_write(const void *at)
{
    struct intent i = {.step = {.op = OP_STORE,
                                .kind = KIND_MEMORY,
                                .object = at,
                                .other = -1,
                                .touches = 1,
                                .touch = {{.at = (uintptr_t)at,
                                           .size = 1,
                                           .writes = true,
                                           .atomic = true}}}};
    engine_point(&i);
}

void simulation_pause(void)
{
    if (all.is_on)
        pass(all.settings.costs.pause);
}

/* The cores.  */

static void run_core(void)
{
    all.body(all.self, all.arg);
    all.clocks[all.self] = NEVER;
    if (--all.n_running == 0)
        stop();
    go_on();
    abort(); /* never gets here */
}

static void add_core(unsigned c)
{
    struct core *core = &all.cores[c];

    core->fiber = fiber_new(STACK);
    core->tls = need_new(1, isolate_tls_size() + 1);
    isolate_tls_new(core->tls);
    fiber_begin(core->fiber, run_core);
    all.clocks[c] = jitter(START);
}

const char *simulate(const struct simulation *s,
                     void (*body)(unsigned core, void *arg), void *arg)
{
    all.settings = *s;
    all.body = body;
    all.arg = arg;
    all.random = (s->seed + 1) * UINT64_C(0x9e3779b97f4a7c15);
    all.caches = mesi_new(s->cores, s->sockets);
    all.controller = fiber_new(0);
    isolate_set_up();
    for (unsigned c = 0; c < s->cores; c++)
        add_core(c);
    __libc_single_threaded = 0;
    all.n_running = s->cores;
    all.self = least();
    isolate_tls_load(all.cores[all.self].tls);
    all.is_on = true;
    fiber_switch(all.controller, all.cores[all.self].fiber);
    all.is_on = false;
    mesi_free(all.caches);
    return all.sentence[0] ? all.sentence : NULL;
}
