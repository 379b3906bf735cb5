/* misuse.c -- calls that answered an error which nobody looked at.

   Who looks at an answer does something else if it is another one.  So the
   execution is run again, but the call says that all went well: if all that
   happens is the same, nobody has looked.  Whoever looks at one place in the
   program is taken to do so each time.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "driver.h"
#include "explore/engine/execution.h"
#include "need.h"

#include <stdlib.h>
#include <string.h>

/* Where calls are made whose answer somebody looks at.  */
static uintptr_t *looked_at;
static size_t n_looked_at;

static bool is_looked_at(uintptr_t pc)
{
    for (size_t i = 0; i < n_looked_at; i++) {
        if (looked_at[i] == pc)
            return true;
    }
    return false;
}

static void add_looked_at(uintptr_t pc)
{
    looked_at = need_grow(looked_at, n_looked_at, sizeof *looked_at);
    looked_at[n_looked_at++] = pc;
}

static bool is_same_step(const struct step *a, const struct step *b)
{
    return a->op == b->op && a->actor == b->actor && a->chance == b->chance
           && a->object == b->object && a->pc == b->pc && a->result == b->result
           && a->value == b->value;
}

static bool is_same(const struct execution *a, const struct execution *b)
{
    if (a->trace.length != b->trace.length || a->verdict != b->verdict
        || strcmp(a->output, b->output) != 0)
        return false;
    for (size_t i = 0; i < a->trace.length; i++) {
        if (!is_same_step(&a->trace.steps[i], &b->trace.steps[i]))
            return false;
    }
    return true;
}

/* Whether something else happens if the answer at a step is hidden.  */
static bool matters(const struct execution *e, size_t step)
{
    struct execution other;
    bool goes_apart;

    execution_hide(step);
    goes_apart = replay_once(e->schedule, e->length, &other) >= 0;
    execution_hide(EXECUTION_SHOWS);
    return goes_apart || !is_same(e, &other);
}

static const char *look_at(struct execution *e)
{
    for (size_t i = 0; i < e->trace.length; i++) {
        const struct step *s = &e->trace.steps[i];
        if (!judge_is_misuse(s))
            continue;
        if (s->is_undefined)
            return "a call had no defined effect, and the program went on";
        if (is_looked_at(s->pc))
            continue;
        if (!matters(e, i))
            return "a call answered an error, and nobody looked at it";
        add_looked_at(s->pc);
    }
    return NULL;
}

static bool has_misuse(const struct trace *t)
{
    for (size_t i = 0; i < t->length; i++) {
        if (judge_is_misuse(&t->steps[i]))
            return true;
    }
    return false;
}

/* The engine has one execution at a time, which here is another one.  */
const char *misuse_find(struct execution *e)
{
    static struct execution *kept;

    if (!has_misuse(&e->trace))
        return NULL;
    execution_free(kept);
    kept = execution_keep(e);
    *e = *kept;
    return look_at(e);
}
