/* words.c -- see words.h: what one step does.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "explore/need.h"
#include "schedule.h"

/* What writes a step: its parts agree on these.  */
struct writer {
    const struct names *names;
    const struct trace *t;
    const struct step *s;
    FILE *out;
    bool is_done; /* else it is about to be */
};

static bool is_same_body(const struct trace *t, int a, int b)
{
    return t->threads[a].body == t->threads[b].body;
}

/* Returns how many threads below `end` begin where that one does.  */
static int count_bodies(const struct trace *t, int thread, int end)
{
    int n = 0;
    for (int i = 0; i < end; i++)
        n += is_same_body(t, i, thread);
    return n;
}

static char *plain_thread(const struct names *names, const struct trace *t,
                          int thread)
{
    void *(*body)(void *) = t->threads[thread].body;
    const char *name = names_function(names, (uintptr_t)body);
    char *text;

    if (thread == 0)
        need_print(&text, "main");
    else if (name)
        need_print(&text, "%s", name);
    else
        need_print(&text, "thread");
    return text;
}

char *words_thread(const struct names *names, const struct trace *t, int thread)
{
    char *name, *text;

    if (thread < 0 || thread >= t->n_threads) {
        need_print(&text, "somebody");
        return text;
    }
    name = plain_thread(names, t, thread);
    if (thread == 0 || count_bodies(t, thread, t->n_threads) == 1)
        return name;
    need_print(&text, "%s %d", name, count_bodies(t, thread, thread) + 1);
    free(name);
    return text;
}

static void write_object(const struct writer *w)
{
    names_write(w->names, w->s->object,
                w->s->kind == KIND_MEMORY ? w->s->size : 0, w->out);
}

/* Writes what is before the object, that, and what comes after.  */
static void write_about(const struct writer *w, const char *before,
                        const char *after)
{
    fputs(before, w->out);
    write_object(w);
    fputs(after, w->out);
}

static void write_memory(const struct writer *w, const char *before,
                         const char *sign)
{
    const struct step *s = w->s;

    write_about(w, before, "");
    if (!s->has_value || !w->is_done)
        return;
    fputs(sign, w->out);
    names_write_value(w->names, s->object, s->size, s->value, w->out);
}

static void write_other(const struct writer *w, const char *before)
{
    char *name = words_thread(w->names, w->t, w->s->other);

    fprintf(w->out, "%s%s", before, name);
    free(name);
}

static bool is_condition(const struct step *s)
{
    return s->kind == KIND_COND || s->kind == KIND_CONDITION;
}

const void *words_lock(const struct step *s)
{
    if (!is_condition(s))
        return NULL;
    for (int i = 0; i < s->touches; i++) {
        if (s->touch[i].is_object && s->touch[i].at != (uintptr_t)s->object)
            return (const void *)s->touch[i].at;
    }
    return NULL;
}

static bool is_barrier(const struct step *s)
{
    return s->kind == KIND_BARRIER || s->kind == KIND_PBARRIER;
}

static bool has_tokens(const struct step *s)
{
    return s->kind == KIND_SEM || s->kind == KIND_SEMAPHORE
           || s->kind == KIND_BOUNDED;
}

static void write_wait(const struct writer *w)
{
    const void *lock = words_lock(w->s);

    if (!is_condition(w->s)) {
        write_about(w, is_barrier(w->s) ? "arrive at " : "wait for ", "");
        return;
    }
    write_about(w, "wait on ", "");
    if (!lock)
        return;
    fputs(" (gives up ", w->out);
    names_write(w->names, lock, 0, w->out);
    putc(')', w->out);
}

static void write_wake(const struct writer *w)
{
    if (is_barrier(w->s))
        write_about(w, w->is_done ? "leave " : "wait at ", "");
    else if (!w->is_done)
        write_about(w, "wait on ", "");
    else
        write_about(w, "woken on ",
                    w->s->chance == CHANCE_SPURIOUS ? " for no reason" : "");
}

static void write_tokens(const struct writer *w)
{
    const struct step *s = w->s;

    if (has_tokens(s) && s->has_value && w->is_done && s->result == 0)
        fprintf(w->out, s->op == OP_RELEASE ? " (now %llu)" : " (%llu left)",
                (unsigned long long)s->value);
}

static void write_notify(const struct writer *w, const char *before)
{
    write_about(w, before, "");
    if (w->is_done)
        fprintf(w->out, " (%u waiting)", (unsigned)w->s->count);
}

static void write_release(const struct writer *w)
{
    write_about(w, "release ", "");
    if (w->s->count > 1)
        fprintf(w->out, " %u times", (unsigned)w->s->count);
    write_tokens(w);
}

static void write_look(const struct writer *w)
{
    write_about(w, "look at ", "");
    if (w->s->has_value && w->is_done)
        fprintf(w->out, " -> %llu", (unsigned long long)w->s->value);
}

static void write_choose(const struct writer *w)
{
    if (w->s->has_value && w->is_done)
        fprintf(w->out, "choose %llu of 0 to %u",
                (unsigned long long)w->s->value,
                w->s->count ? (unsigned)w->s->count - 1 : 0);
    else
        fputs("choose", w->out);
}

static void write_acquire(const struct writer *w, const char *before)
{
    write_about(w, before, "");
    write_tokens(w);
}

static void write_step(const struct writer *w)
{
    switch (w->s->op) {
    case OP_BEGIN:
        fputs("begin", w->out);
        break;
    case OP_CREATE:
        write_other(w, "create ");
        break;
    case OP_JOIN:
        write_other(w, "join ");
        break;
    case OP_EXIT:
        fputs("end", w->out);
        break;
    case OP_READ:
        write_memory(w, "read ", " -> ");
        break;
    case OP_WRITE:
        write_memory(w, w->is_done && w->s->has_value ? "" : "write ", " = ");
        break;
    case OP_LOAD:
        write_memory(w, "load ", " -> ");
        break;
    case OP_STORE:
        write_memory(w, "store ", " = ");
        break;
    case OP_RMW:
        write_memory(w, "update ", " = ");
        break;
    case OP_FENCE:
        fputs("fence", w->out);
        break;
    case OP_FLUSH:
        write_memory(w, "memory gets ", " = ");
        break;
    case OP_ACQUIRE:
        write_acquire(w, "acquire ");
        break;
    case OP_TRY_ACQUIRE:
        write_acquire(w, "try ");
        break;
    case OP_RELEASE:
        write_release(w);
        break;
    case OP_WAIT:
        write_wait(w);
        break;
    case OP_WAKE:
        write_wake(w);
        break;
    case OP_NOTIFY:
        write_notify(w, "notify ");
        break;
    case OP_SET:
        write_notify(w, "set ");
        break;
    case OP_CLEAR:
        write_about(w, "clear ", "");
        break;
    case OP_LOOK:
        write_look(w);
        break;
    case OP_ABORT:
        write_about(w, "abort ", "");
        break;
    case OP_RESET:
        write_about(w, w->s->kind == KIND_BARRIER ? "reset " : "destroy ", "");
        break;
    case OP_FUTEX_WAIT:
        write_about(w, "futex wait on ", "");
        break;
    case OP_FUTEX_WAKE:
        write_about(w, "futex wake on ", "");
        break;
    case OP_SLEEP:
        fputs("sleep", w->out);
        break;
    case OP_YIELD:
        fputs("yield", w->out);
        break;
    case OP_CHOOSE:
        write_choose(w);
        break;
    }
}

static void write_result(const struct step *s, FILE *out)
{
    const char *name;

    if (s->chance == CHANCE_TIME_OUT) {
        fputs(" times out", out);
        return;
    }
    if (s->result <= 0)
        return;
    name = strerrorname_np(s->result);
    if (name)
        fprintf(out, " -> %s", name);
    else
        fprintf(out, " -> %d", s->result);
}

void words_step(const struct names *names, const struct trace *t,
                const struct step *s, FILE *out)
{
    struct writer w = {names, t, s, out, s->chance != CHANCE_TIME_OUT};

    write_step(&w);
    write_result(s, out);
}

void words_intent(const struct names *names, const struct trace *t,
                  const struct step *s, FILE *out)
{
    write_step(&(struct writer){names, t, s, out, false});
}

void words_place(const struct names *names, const struct step *s, FILE *out)
{
    const struct place *place = names_place(names, s->pc);
    const char *slash;

    if (!place || !place->file || place->line == 0)
        return;
    slash = strrchr(place->file, '/');
    fprintf(out, "%s:%d", slash ? slash + 1 : place->file, place->line);
}
