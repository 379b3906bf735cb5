/* toy.c -- see toy.h.

   SPDX-License-Identifier: MIT */

#include "toy.h"

#include "explore/engine/fair.h"

#include <check.h>
#include <string.h>

enum phase { PHASE_BEFORE, PHASE_WAITS, PHASE_NOTIFIED, PHASE_WOKEN };

struct thread {
    int pc;
    enum phase phase; /* of a wait for a condition */
    uint64_t place;   /* in the queue */
    uint64_t reg, seen;
    bool started, over;
};

struct machine {
    const struct toy_program *program;
    struct toy_run *run;
    struct thread threads[TOY_THREADS];
    int owner[TOY_OBJECTS]; /* 0: the lock is free; else the thread plus 1 */
    uint64_t variables[TOY_OBJECTS], semaphore[TOY_OBJECTS];
    uint64_t tickets;
    int last, choosing; /* or -1 */
    struct fair fair;
    threads_set enabled, allowed; /* in this state */
    bool ended;
};

static const struct toy_op *op_of(const struct machine *m, int t)
{
    return &m->program->ops[t][m->threads[t].pc];
}

/* The touches: memory, and objects of each kind in places of their own.  */
enum space { SPACE_LOCK = 100, SPACE_SEM = 200, SPACE_COND = 300, SPACE_JOIN };

static void add_touch(struct option *o, unsigned space, unsigned x, bool writes)
{
    o->touch[o->touches++] = (struct touch){
        .at = space + x, .size = 1, .is_object = space > 0, .writes = writes};
}

static void add_touches(const struct machine *m, int t, struct option *o)
{
    const struct toy_op *op = op_of(m, t);
    enum phase phase = m->threads[t].phase;

    switch ((enum toy_name)op->name) {
    case TOY_READ:
    case TOY_AWAIT:
    case TOY_ADD:
    case TOY_WRITE:
        add_touch(o, 0, op->x, op->name == TOY_ADD || op->name == TOY_WRITE);
        break;
    case TOY_ACQUIRE:
    case TOY_ACQUIRE_TIMED:
    case TOY_TRY:
    case TOY_RELEASE:
        add_touch(o, SPACE_LOCK, op->x, true);
        break;
    case TOY_DOWN:
    case TOY_UP:
        add_touch(o, SPACE_SEM, op->x, true);
        break;
    case TOY_WAIT:
    case TOY_WAIT_TIMED:
        if (phase == PHASE_WOKEN)
            add_touch(o, SPACE_LOCK, op->n, true);
        else
            add_touch(o, SPACE_COND, op->x,
                      phase == PHASE_BEFORE || o->choice.chance != CHANCE_GO);
        if (phase == PHASE_BEFORE)
            add_touch(o, SPACE_LOCK, op->n, true);
        break;
    case TOY_NOTIFY:
    case TOY_NOTIFY_ALL:
        add_touch(o, SPACE_COND, op->x, true);
        break;
    case TOY_JOIN:
        add_touch(o, SPACE_JOIN, op->n, false);
        break;
    default:
        break;
    }
}

static bool can_go(const struct machine *m, int t)
{
    const struct thread *thread = &m->threads[t];
    const struct toy_op *op = op_of(m, t);

    switch ((enum toy_name)op->name) {
    case TOY_AWAIT:
        return m->variables[op->x];
    case TOY_ACQUIRE:
    case TOY_ACQUIRE_TIMED:
        return !m->owner[op->x];
    case TOY_DOWN:
        return m->semaphore[op->x];
    case TOY_WAIT:
    case TOY_WAIT_TIMED:
        return thread->phase == PHASE_BEFORE || thread->phase == PHASE_NOTIFIED
               || (thread->phase == PHASE_WOKEN && !m->owner[op->n]);
    case TOY_JOIN:
        return false;
    default:
        return true;
    }
}

static bool may_time_out(const struct machine *m, int t)
{
    const struct toy_op *op = op_of(m, t);

    return (op->name == TOY_ACQUIRE_TIMED && !can_go(m, t))
           || (op->name == TOY_WAIT_TIMED
               && m->threads[t].phase == PHASE_WAITS);
}

static bool may_be_spurious(const struct machine *m, int t)
{
    return m->program->spurious && m->threads[t].phase == PHASE_WAITS;
}

static bool is_live(const struct machine *m, int t)
{
    return m->threads[t].started && !m->threads[t].over;
}

static threads_set set_of(int t)
{
    return (threads_set)(1U << t);
}

static bool has_yielded(const struct machine *m, int t)
{
    return m->fair.yielded & set_of(t);
}

/* Finds out who can go on, and who may.  */
static void look(struct machine *m)
{
    m->enabled = 0;
    for (int t = 0; t < TOY_THREADS; t++)
        if (is_live(m, t) && can_go(m, t))
            m->enabled |= set_of(t);
    m->allowed = fair_allowed(&m->fair, m->enabled, false);
}

static void leave(struct machine *m, enum toy_end end)
{
    m->run->end = end;
    m->ended = true;
}

static bool back(const struct machine *m, struct thread *thread)
{
    const struct toy_op *op = op_of(m, (int)(thread - m->threads));
    if (thread->reg)
        return false;
    thread->pc -= op->n;
    return true;
}

/* Takes one local operation of the thread.  Returns whether it was one.  */
static bool take_local(struct machine *m, int t)
{
    struct thread *thread = &m->threads[t];
    const struct toy_op *op = op_of(m, t);

    switch ((enum toy_name)op->name) {
    case TOY_END:
        thread->over = true;
        return true;
    case TOY_YIELD:
        if (has_yielded(m, t))
            return false;
        fair_step(&m->fair, t, YIELD_AGAIN);
        break;
    case TOY_SPAWN:
        m->threads[op->n].started = true;
        break;
    case TOY_JOIN:
        if (!m->threads[op->n].over)
            return false;
        break;
    case TOY_FAIL:
        if (thread->reg == op->n)
            leave(m, TOY_FAILED);
        break;
    case TOY_EXIT:
        leave(m, TOY_EXITED);
        return false;
    case TOY_BACK:
        if (back(m, thread))
            return true;
        break;
    case TOY_CHOOSE:
        m->choosing = t;
        return false;
    default:
        return false;
    }
    thread->pc++;
    return !m->ended;
}

/* All threads go on to where the search is asked.  */
static void settle(struct machine *m)
{
    bool again = true;

    while (again && !m->ended && m->choosing < 0) {
        again = false;
        for (int t = 0; t < TOY_THREADS && m->choosing < 0; t++)
            while (!m->ended && is_live(m, t) && take_local(m, t))
                again = true;
    }
}

static void notify(struct machine *m, unsigned x)
{
    struct thread *first = NULL;

    for (int t = 0; t < TOY_THREADS; t++) {
        struct thread *thread = &m->threads[t];
        if (is_live(m, t) && thread->phase == PHASE_WAITS && op_of(m, t)->x == x
            && (!first || thread->place < first->place))
            first = thread;
    }
    if (first)
        first->phase = PHASE_NOTIFIED;
}

/* A step of a wait.  Returns whether it was the last.  */
static bool wait_on(struct machine *m, int t, enum chance chance)
{
    struct thread *thread = &m->threads[t];
    const struct toy_op *op = op_of(m, t);

    if (thread->phase == PHASE_BEFORE) {
        m->owner[op->n] = 0;
        thread->place = ++m->tickets;
        thread->phase = PHASE_WAITS;
        return false;
    }
    if (thread->phase == PHASE_WOKEN) {
        m->owner[op->n] = t + 1;
        thread->phase = PHASE_BEFORE;
        return true;
    }
    thread->seen = toy_mix(thread->seen, chance == CHANCE_TIME_OUT);
    thread->phase = PHASE_WOKEN;
    return false;
}

/* Does the thread's operation.  Returns whether it is over.  */
static bool do_op(struct machine *m, int t, enum chance chance)
{
    struct thread *thread = &m->threads[t];
    const struct toy_op *op = op_of(m, t);

    switch ((enum toy_name)op->name) {
    case TOY_READ:
        thread->reg = m->variables[op->x];
        thread->seen = toy_mix(thread->seen, thread->reg);
        break;
    case TOY_ADD:
        m->variables[op->x] = thread->reg + op->n;
        break;
    case TOY_WRITE:
        m->variables[op->x] = op->n;
        break;
    case TOY_ACQUIRE:
    case TOY_ACQUIRE_TIMED:
    case TOY_TRY:
        thread->seen = toy_mix(thread->seen, m->owner[op->x] == 0);
        if (!m->owner[op->x])
            m->owner[op->x] = t + 1;
        break;
    case TOY_RELEASE:
        m->owner[op->x] = 0;
        break;
    case TOY_DOWN:
        m->semaphore[op->x]--;
        break;
    case TOY_UP:
        m->semaphore[op->x]++;
        break;
    case TOY_WAIT:
    case TOY_WAIT_TIMED:
        return wait_on(m, t, chance);
    case TOY_NOTIFY:
        notify(m, op->x);
        break;
    case TOY_NOTIFY_ALL:
        for (int i = 0; i < TOY_THREADS; i++)
            notify(m, op->x);
        break;
    case TOY_CHOOSE:
        thread->reg =
            chance == CHANCE_GO ? 0U : (unsigned)chance - CHANCE_SPURIOUS;
        thread->seen = toy_mix(thread->seen, thread->reg);
        m->choosing = -1;
        break;
    default:
        break;
    }
    return true;
}

static void step(struct machine *m, struct choice c)
{
    struct thread *thread = &m->threads[c.actor];

    fair_step(&m->fair, c.actor,
              op_of(m, c.actor)->name == TOY_YIELD ? YIELD_AGAIN : YIELD_NONE);
    m->last = c.actor;
    if (do_op(m, c.actor, (enum chance)c.chance))
        thread->pc++;
    settle(m);
}

static void add_option(const struct machine *m, struct option *options, int *n,
                       struct choice c)
{
    struct option *o = &options[(*n)++];

    *o = (struct option){.choice = c, .yields = has_yielded(m, c.actor)};
    o->enabled = c.chance == CHANCE_GO         ? m->allowed & set_of(c.actor)
                 : c.chance == CHANCE_TIME_OUT ? may_time_out(m, c.actor)
                                               : may_be_spurious(m, c.actor);
    o->yields |= (m->enabled & ~m->allowed & set_of(c.actor)) != 0;
    add_touches(m, c.actor, o);
}

static int list_values(const struct machine *m, struct option *options)
{
    int n = 0;

    for (uint8_t i = 0; i < op_of(m, m->choosing)->n; i++) {
        uint8_t chance = (uint8_t)(i ? CHANCE_SPURIOUS + i : CHANCE_GO);
        options[n++] = (struct option){.choice = {(uint8_t)m->choosing, chance},
                                       .enabled = true};
    }
    return n;
}

static int list_options(struct machine *m, struct option *options)
{
    int n = 0;

    if (m->choosing >= 0)
        return list_values(m, options);
    look(m);
    for (uint8_t t = 0; t < TOY_THREADS; t++) {
        if (!is_live(m, t))
            continue;
        add_option(m, options, &n, (struct choice){t, CHANCE_GO});
        if (op_of(m, t)->name == TOY_WAIT_TIMED
            || op_of(m, t)->name == TOY_ACQUIRE_TIMED)
            add_option(m, options, &n, (struct choice){t, CHANCE_TIME_OUT});
        if (may_be_spurious(m, t))
            add_option(m, options, &n, (struct choice){t, CHANCE_SPURIOUS});
    }
    return n;
}

/* Makes the state one of a thread that is alone, if one is and can go on.  */
static void make_alone(const struct machine *m, struct state *state)
{
    int live = 0;

    for (int t = 0; t < TOY_THREADS; t++)
        live += is_live(m, t);
    state->is_alone = m->program->alone && live == 1 && m->choosing < 0
                      && state->options[0].enabled;
    if (state->is_alone)
        state->n = 1;
}

/* Somebody can go on, other than for no reason.  */
static bool is_enabled(const struct state *state)
{
    for (int i = 0; i < state->n; i++)
        if (state->options[i].enabled
            && state->options[i].choice.chance != CHANCE_SPURIOUS)
            return true;
    return false;
}

static void begin(struct machine *m, const struct toy_program *p,
                  struct toy_run *r)
{
    *m = (struct machine){.program = p, .run = r, .last = -1, .choosing = -1};
    r->n = r->preemptions = 0;
    fair_begin(&m->fair);
    memcpy(m->semaphore, p->semaphore, sizeof m->semaphore);
    for (int t = 0; t < TOY_THREADS; t++)
        m->threads[t].started = true;
    for (int t = 0; t < TOY_THREADS; t++)
        for (int i = 0; i < TOY_OPS; i++)
            if (p->ops[t][i].name == TOY_SPAWN)
                m->threads[p->ops[t][i].n].started = false;
    settle(m);
}

/* Whether the thread, or with -1 any thread, can go on without chance.  */
static bool goes(const struct state *state, int t)
{
    for (int i = 0; i < state->n; i++) {
        const struct option *o = &state->options[i];
        if (o->enabled && (t < 0 || o->choice.actor == t)
            && o->choice.chance != CHANCE_TIME_OUT
            && o->choice.chance != CHANCE_SPURIOUS)
            return true;
    }
    return false;
}

static void count_preemptions(struct machine *m, const struct state *state,
                              struct choice c)
{
    if (m->last >= 0 && m->last != c.actor && goes(state, m->last)
        && !has_yielded(m, m->last))
        m->run->preemptions++;
    if ((c.chance == CHANCE_TIME_OUT || c.chance == CHANCE_SPURIOUS)
        && goes(state, -1))
        m->run->preemptions++;
}

static void note(struct machine *m, const struct option *o, bool chosen)
{
    struct toy_event *e = &m->run->events[m->run->n++];

    *e = (struct toy_event){
        .choice = o->choice, .touches = o->touches, .chosen = chosen};
    memcpy(e->touch, o->touch, sizeof e->touch);
}

static void sum_up(const struct machine *m)
{
    struct toy_run *r = m->run;

    r->seen = 0;
    for (int t = 0; t < TOY_THREADS; t++) {
        r->registers[t] = m->threads[t].reg;
        r->seen = toy_mix(toy_mix(r->seen, m->threads[t].seen),
                          (uint64_t)m->threads[t].pc);
    }
    memcpy(r->variables, m->variables, sizeof r->variables);
}

void toy_run(const struct toy_program *p, struct search *s, struct toy_run *r)
{
    static struct option options[TOY_THREADS * 4 + 8];
    struct machine m;
    struct state state;
    int i;

    begin(&m, p, r);
    for (;;) {
        if (r->n == TOY_STEPS)
            leave(&m, TOY_ENDLESS);
        if (m.ended)
            break;
        state = (struct state){
            .options = options, .n = list_options(&m, options), .last = m.last};
        if (!is_enabled(&state)) {
            r->end = state.n ? TOY_DEADLOCK : TOY_FINISHED;
            break;
        }
        make_alone(&m, &state);
        i = search_choose(s, &state);
        if (i < 0) {
            r->end = TOY_CUT;
            return;
        }
        if (i >= state.n || !options[i].enabled)
            ck_abort_msg("an option that can't be taken");
        if (!state.is_alone)
            count_preemptions(&m, &state, options[i].choice);
        note(&m, &options[i], !state.is_alone);
        step(&m, options[i].choice);
        r->events[r->n - 1].is_barrier =
            m.ended || options[i].choice.chance == CHANCE_SPURIOUS;
    }
    sum_up(&m);
    r->cost = search_cost(s);
    search_end(s, m.ended ? NULL : &state);
}
