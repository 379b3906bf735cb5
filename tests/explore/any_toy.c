/* any_toy.c -- see any_toy.h.

   SPDX-License-Identifier: MIT */

#include "any_toy.h"

#include "support/suite.h"

#include <stdio.h>
#include <stdlib.h>

struct dice {
    uint64_t state;
};

static unsigned roll(struct dice *d, unsigned n)
{
    d->state = d->state * UINT64_C(6364136223846793005)
               + UINT64_C(1442695040888963407);
    return (unsigned)((d->state >> 33) % n);
}

/* Each kind of program has the operations up to one of these.  */
static const enum toy_name names[] = {
    TOY_READ,    TOY_READ,    TOY_ADD,           TOY_ADD,
    TOY_WRITE,   TOY_WRITE,   TOY_AWAIT,         TOY_TRY,
    TOY_ACQUIRE, TOY_ACQUIRE, TOY_RELEASE,       TOY_RELEASE,
    TOY_DOWN,    TOY_UP,      TOY_NOTIFY,        TOY_WAIT,
    TOY_WAIT,    TOY_NOTIFY,  TOY_ACQUIRE_TIMED, TOY_WAIT_TIMED,
    TOY_FAIL,    TOY_EXIT,    TOY_JOIN,          TOY_SPAWN,
    TOY_CHOOSE,  TOY_YIELD,   TOY_YIELD,         TOY_BACK,
    TOY_BACK};
static struct toy_op any_op(struct dice *d, int threads, int thread,
                            unsigned kinds)
{
    struct toy_op op = {.name = (uint8_t)names[roll(d, kinds)],
                        .x = (uint8_t)roll(d, 2),
                        .n = (uint8_t)roll(d, 2)};

    if (op.name == TOY_CHOOSE)
        op.n = 2;
    if (op.name == TOY_JOIN || op.name == TOY_SPAWN) {
        op.n = (uint8_t)roll(d, (unsigned)threads);
        if (op.n <= thread || (op.name == TOY_SPAWN && thread))
            op.name = TOY_READ;
    }
    return op;
}

/* while (read(x) == 0) yield();  Returns the last operation of it.  */
static struct toy_op *wait_in_a_loop(struct toy_op *op)
{
    op[0].name = TOY_READ;
    op[1] = (struct toy_op){.name = TOY_YIELD};
    op[2] = (struct toy_op){.name = TOY_BACK, .n = 2};
    return op + 2;
}

static void any_program(struct dice *d, unsigned kinds, struct toy_program *p)
{
    int threads = 2 + (int)roll(d, 2);

    *p = (struct toy_program){.semaphore = {roll(d, 2), 1}};
    p->alone = roll(d, 2);
    p->spurious = kinds >= WITH_CONDITIONS && roll(d, 8) == 0;
    for (int t = 0; t < threads; t++) {
        unsigned n = 2 + roll(d, threads == 2 ? 5 : 3);
        for (struct toy_op *op = p->ops[t]; n; n--, op++) {
            *op = any_op(d, threads, t, kinds);
            if (op->name == TOY_BACK)
                op = wait_in_a_loop(op);
        }
    }
}

static void print_program(const struct toy_program *p)
{
    static const char *const texts[] = {
        "end",           "read",   "add",        "write", "await", "acquire",
        "acquire_timed", "try",    "release",    "down",  "up",    "wait",
        "wait_timed",    "notify", "notify_all", "yield", "spawn", "join",
        "fail",          "exit",   "back",       "choose"};

    for (int t = 0; t < TOY_THREADS; t++) {
        fprintf(stderr, "%c:", 'A' + t);
        for (int i = 0; p->ops[t][i].name; i++)
            fprintf(stderr, " %s(%d,%d)", texts[p->ops[t][i].name],
                    p->ops[t][i].x, p->ops[t][i].n);
        fputc('\n', stderr);
    }
    fprintf(stderr, "tokens %d %d, spurious %d\n", (int)p->semaphore[0],
            (int)p->semaphore[1], p->spurious);
}

void check_many(unsigned kinds, int programs, check *is_right)
{
    const char *more = getenv("CHECK_MORE");
    struct dice d = {kinds};
    int wrong = 0, done = 0;

    programs *= more ? atoi(more) : 1;
    while (done < programs) {
        struct toy_program p;
        struct found full;
        any_program(&d, kinds, &p);
        full = explored(&p, STRATEGY_FULL, BOUND_NONE, 3000);
        if (full.report.complete) {
            done++;
            if (!is_right(&p, &full)) {
                print_program(&p);
                wrong++;
            }
        }
        found_free(&full);
    }
    ck_assert_int_eq(wrong, 0);
}
