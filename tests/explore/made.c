/* made.c -- see made.h.

   SPDX-License-Identifier: MIT */

#include "made.h"

#include <stdlib.h>
#include <string.h>

#include "explore/need.h"

int made_balance;
char made_lock, made_condition, made_locks[8];

static const char source[] =
    "/* 01-lost-update.c -- two tellers, one account.  */\n"
    "\n"
    "#include <pthread.h>\n"
    "#include <stdio.h>\n"
    "\n"
    "static int balance = 100;\n"
    "\n"
    "static void *deposit(void *unused)\n"
    "{\n"
    "    (void)unused;\n"
    "    int seen = balance;\n"
    "    balance = seen + 50;\n"
    "    return NULL;\n"
    "}\n"
    "\n"
    "static void *withdraw(void *unused)\n"
    "{\n"
    "    int seen = balance;\n"
    "    balance = seen - 30;\n"
    "    return unused;\n"
    "}\n"
    "\n"
    "int main(void)\n"
    "{\n"
    "    pthread_t a, b;\n"
    "\n"
    "    pthread_create(&a, NULL, deposit, NULL);\n"
    "    pthread_create(&b, NULL, withdraw, NULL);\n"
    "    pthread_join(a, NULL);\n"
    "    pthread_join(b, NULL);\n"
    "    printf(\"%d%s\\n\", balance, balance < 120 && 1 > 0 ? \"\" : \"\");\n"
    "}\n";

static const char file[] = "bank/01-lost-update.c";

/* Never called: their addresses are those of threads.  */
static void *deposit(void *argument)
{
    return argument;
}

static void *withdraw(void *argument)
{
    return argument ? argument : NULL;
}

void made_name(struct made *m, const void *at, size_t size, const char *name)
{
    struct symbol s = {.at = (uintptr_t)at, .size = size};
    s.name = need(strdup(name));
    names_add_symbol(&m->names, &s);
    free(s.name);
}

/* The address of a step is its line.  */
static void add_place(struct made *m, int line)
{
    struct place p = {.pc = (uintptr_t)line, .line = line};

    if (line == 0 || names_place(&m->names, p.pc))
        return;
    p.file = need(strdup(file));
    names_add_place(&m->names, &p);
    free(p.file);
}

static struct step *add(struct made *m, int thread, enum op op, int line)
{
    struct trace *t = &m->failure.trace;
    struct step *s = &t->steps[t->length];

    add_place(m, line);
    *s = (struct step){.op = op,
                       .actor = (uint8_t)thread,
                       .chosen = true,
                       .other = -1,
                       .pc = (uintptr_t)line};
    m->failure.schedule = need(realloc(
        m->failure.schedule, (m->failure.length + 1) * sizeof(struct choice)));
    m->failure.schedule[m->failure.length++] =
        (struct choice){(uint8_t)thread, CHANCE_GO};
    t->length++;
    return s;
}

struct step *made_memory(struct made *m, int thread, enum op op, const void *at,
                         uint64_t value, int line)
{
    struct step *s = add(m, thread, op, line);

    s->kind = KIND_MEMORY;
    s->object = at;
    s->size = sizeof(int);
    s->has_value = true;
    s->value = value;
    return s;
}

struct step *made_object(struct made *m, int thread, enum op op, enum kind kind,
                         const void *at, int line)
{
    struct step *s = add(m, thread, op, line);

    s->kind = kind;
    s->object = at;
    s->touches = 1;
    s->touch[0] =
        (struct touch){.at = (uintptr_t)at, .size = 1, .is_object = true};
    return s;
}

struct level *made_level(struct made *m, int bound, uint64_t schedules,
                         uint64_t failures)
{
    struct level *l = &m->result.levels[m->result.n_levels++];

    *l = (struct level){.bound = bound,
                        .strategy = STRATEGY_FULL,
                        .schedules = schedules,
                        .failures = failures,
                        .complete = true,
                        .covers_all = bound == BOUND_NONE};
    return l;
}

static void add_outcome(struct made *m, const char *text, enum verdict verdict,
                        uint64_t schedules, int preemptions)
{
    struct result *r = &m->result;

    r->outcomes = need(realloc(r->outcomes, (size_t)(r->n_outcomes + 1)
                                                * sizeof *r->outcomes));
    r->outcomes[r->n_outcomes++] =
        (struct outcome){text, verdict, schedules, preemptions};
}

static void add_thread(struct made *m, void *(*body)(void *))
{
    struct trace *t = &m->failure.trace;
    t->threads[t->n_threads++] = (struct thread_info){.body = body};
}

static void begin(struct made *m)
{
    *m = (struct made){.result = {.program = "01-lost-update"}};
    m->failure.trace.steps = m->steps;
    m->result.failure = &m->failure;
    names_add_text(&m->names, file, source);
    made_name(m, &made_balance, sizeof made_balance, "balance");
    made_name(m, &made_lock, 1, "lock");
    made_name(m, &made_condition, 1, "cv");
    made_name(m, (const void *)(uintptr_t)deposit, 1, "deposit");
    made_name(m, (const void *)(uintptr_t)withdraw, 1, "withdraw");
    add_thread(m, NULL);
}

static void fail(struct made *m, enum verdict verdict, const char *output,
                 int preemptions)
{
    static bool needed[] = {true, true, true};

    m->failure.verdict = verdict;
    m->failure.output = need(strdup(output));
    m->failure.cost.preemptions = preemptions;
    m->result.needed = needed;
}

void made_lost_update(struct made *m)
{
    static const struct race race = {.first = {.op = OP_WRITE,
                                               .kind = KIND_MEMORY,
                                               .actor = 1,
                                               .object = &made_balance,
                                               .size = sizeof made_balance,
                                               .pc = 12},
                                     .second = {.op = OP_READ,
                                                .kind = KIND_MEMORY,
                                                .actor = 2,
                                                .object = &made_balance,
                                                .size = sizeof made_balance,
                                                .pc = 18},
                                     .held_second = {&made_lock}};
    const void *at = &made_balance;

    begin(m);
    add_thread(m, deposit);
    add_thread(m, withdraw);
    made_memory(m, 1, OP_READ, at, 100, 11);
    made_memory(m, 2, OP_READ, at, 100, 18)->preempts = true;
    made_memory(m, 2, OP_WRITE, at, 70, 19);
    made_memory(m, 1, OP_WRITE, at, 150, 12);
    made_level(m, 0, 2, 0);
    made_level(m, 1, 4, 2);
    made_level(m, BOUND_NONE, 6, 4);
    add_outcome(m, "120  right", VERDICT_RIGHT, 2, 0);
    add_outcome(m, "150  the withdrawal vanished", VERDICT_WRONG, 2, 1);
    add_outcome(m, "70  the deposit vanished", VERDICT_WRONG, 2, 1);
    fail(m, VERDICT_WRONG, "150  the withdrawal vanished", 1);
    m->result.races = need_new(1, sizeof *m->result.races);
    m->result.races[m->result.n_races++] = race;
}

void made_tellers(struct made *m, int tellers)
{
    const void *at = &made_balance;

    begin(m);
    for (int i = 1; i <= tellers; i++) {
        add_thread(m, deposit);
        made_memory(m, i, OP_READ, at, 100, 11)->preempts = i > 1;
    }
    for (int i = tellers; i >= 1; i--)
        made_memory(m, i, OP_WRITE, at, 150, 12);
    made_level(m, 0, 24, 0);
    made_level(m, 1, 34650, 34560);
    m->result.levels[1].covers_all = false;
    add_outcome(m, "300", VERDICT_RIGHT, 90, 0);
    add_outcome(m, "150", VERDICT_WRONG, 34560, 1);
    fail(m, VERDICT_WRONG, "150", tellers - 1);
    if (tellers > 3)
        m->result.needed = NULL;
}

void made_lost_wakeup(struct made *m)
{
    struct trace *t = &m->failure.trace;
    struct step *s;

    begin(m);
    add_thread(m, deposit);
    add_thread(m, withdraw);
    made_memory(m, 2, OP_READ, &made_balance, (uint64_t)-30, 18);
    made_object(m, 1, OP_ACQUIRE, KIND_LOCK, &made_lock, 11)->preempts = true;
    made_memory(m, 1, OP_WRITE, &made_balance, 50, 12);
    made_object(m, 1, OP_NOTIFY, KIND_CONDITION, &made_condition, 12);
    made_object(m, 1, OP_RELEASE, KIND_LOCK, &made_lock, 12);
    made_object(m, 2, OP_ACQUIRE, KIND_LOCK, &made_lock, 18);
    s = made_object(m, 2, OP_WAIT, KIND_CONDITION, &made_condition, 19);
    s->touch[s->touches++] =
        (struct touch){(uintptr_t)&made_lock, 1, true, true, false, 0};
    t->blocked[t->n_blocked++] = (struct step){.op = OP_WAKE,
                                               .kind = KIND_CONDITION,
                                               .actor = 2,
                                               .object = &made_condition,
                                               .other = -1,
                                               .pc = 19};
    made_level(m, 0, 2, 0);
    made_level(m, BOUND_NONE, 11, 1);
    add_outcome(m, "", VERDICT_DEADLOCK, 1, 1);
    add_outcome(m, "20", VERDICT_RIGHT, 10, 0);
    fail(m, VERDICT_DEADLOCK, "", 1);
    m->failure.sentence = need(strdup("nobody can go on"));
}

void made_deadlock(struct made *m, int tellers)
{
    struct trace *t = &m->failure.trace;

    begin(m);
    for (int i = 0; i < tellers; i++) {
        char name[] = {'l', 'o', 'c', 'k', '<', (char)('1' + i), '\0'};
        made_name(m, &made_locks[i], 1, name);
    }
    for (int i = 1; i <= tellers; i++) {
        add_thread(m, deposit);
        made_object(m, i, OP_ACQUIRE, KIND_LOCK, &made_locks[i - 1], 11)
            ->preempts = i > 1;
        t->blocked[t->n_blocked++] =
            (struct step){.op = OP_ACQUIRE,
                          .kind = KIND_LOCK,
                          .actor = (uint8_t)i,
                          .object = &made_locks[i % tellers],
                          .other = -1,
                          .pc = 12};
    }
    add_place(m, 12);
    made_level(m, 0, 6, 0);
    made_level(m, BOUND_NONE, 90, 12);
    fail(m, VERDICT_DEADLOCK, "", tellers - 1);
    m->failure.sentence = need(strdup("nobody can go on"));
}

void made_livelock(struct made *m, int rounds)
{
    begin(m);
    add_thread(m, deposit);
    add_thread(m, withdraw);
    made_memory(m, 2, OP_READ, &made_balance, 0, 18);
    made_memory(m, 2, OP_WRITE, &made_balance, 1, 19);
    for (int i = 0; i < rounds; i++) {
        made_object(m, 1, OP_ACQUIRE, KIND_LOCK, &made_lock, 10);
        made_memory(m, 1, OP_READ, &made_balance, 1, 11);
        made_object(m, 1, OP_RELEASE, KIND_LOCK, &made_lock, 12);
    }
    made_level(m, 0, 1, 1);
    fail(m, VERDICT_LIVELOCK, "", 0);
    m->failure.sentence = need(strdup("more than 62 steps"));
}

void made_right(struct made *m)
{
    begin(m);
    m->result.failure = NULL;
    made_level(m, 0, 2, 0);
    made_level(m, BOUND_NONE, 90, 0);
    add_outcome(m, "300", VERDICT_RIGHT, 90, 0);
}

void made_free(struct made *m)
{
    names_free(&m->names);
    free(m->failure.output);
    free(m->failure.sentence);
    free(m->failure.schedule);
    free(m->result.outcomes);
    free(m->result.races);
}
