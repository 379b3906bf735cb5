/* state.c -- see state.h.

   Nobody has written the state down: it follows from the steps.  A value that
   is read was there before, since nobody had written it.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "state.h"

#include <stdlib.h>
#include <string.h>

#include "explore/need.h"
#include "schedule.h"
#include "words.h"

enum { BYTES_MOST = 8 };

/* What is known of a column.  */
struct known {
    uint64_t value;
    unsigned bytes; /* which of them: a bit each */
    int holder;     /* of a lock, or -1 */
    int depth;
    bool is_set;
    bool dirty;                /* changed since the row before */
    bool buffered;             /* stores go to store buffers */
    int pending[THREADS_MOST]; /* those of a thread's that are there */
};

static bool is_lock(enum kind kind)
{
    return kind == KIND_MUTEX || kind == KIND_LOCK || kind == KIND_RLOCK
           || kind == KIND_SPINLOCK;
}

static bool is_counted(enum kind kind)
{
    return kind == KIND_SEM || kind == KIND_SEMAPHORE || kind == KIND_BOUNDED;
}

static bool has_state(const struct step *s)
{
    if (s->kind == KIND_MEMORY)
        return s->has_value && s->size > 0 && s->size <= BYTES_MOST;
    return is_lock(s->kind) || is_counted(s->kind) || s->kind == KIND_EVENT;
}

static bool is_column(const struct column *c, const struct step *s)
{
    return c->at == s->object
           && (c->kind == KIND_MEMORY
                   ? s->kind == KIND_MEMORY && c->size == s->size
                   : s->kind == c->kind);
}

static void add_column(struct story *s, const struct step *step)
{
    size_t size = step->kind == KIND_MEMORY ? step->size : 0;
    FILE *out;

    for (size_t i = 0; i < s->n_columns; i++) {
        if (is_column(&s->columns[i], step))
            return;
    }
    s->columns =
        need(realloc(s->columns, (s->n_columns + 1) * sizeof *s->columns));
    s->columns[s->n_columns] = (struct column){
        .kind = step->kind, .at = step->object, .size = (uint32_t)size};
    out = need_stream(&s->columns[s->n_columns++].title);
    names_write(s->names, step->object, size, out);
    fclose(out);
}

void state_find_columns(struct story *s)
{
    const struct trace *t = &s->execution->trace;

    for (int memory = 1; memory >= 0; memory--) {
        for (size_t i = 0; i < t->length; i++) {
            if (has_state(&t->steps[i])
                && (t->steps[i].kind == KIND_MEMORY) == memory)
                add_column(s, &t->steps[i]);
        }
    }
    for (size_t i = 0; i < s->n_rows; i++)
        s->rows[i].cells = need_new(s->n_columns, sizeof(struct cell));
}

/* Learns the bytes of the column that the step tells.  */
static void learn(struct known *k, const struct column *c, const struct step *s)
{
    for (unsigned i = 0; i < s->size && i < BYTES_MOST; i++) {
        uintptr_t at = (uintptr_t)s->object + i;
        unsigned shift = 8 * (unsigned)(at - (uintptr_t)c->at);
        uint64_t byte = s->value >> 8 * i & 255;
        if (at < (uintptr_t)c->at || at >= (uintptr_t)c->at + c->size)
            continue;
        if (!(k->bytes & 1U << shift / 8) || (k->value >> shift & 255) != byte)
            k->dirty = true;
        k->value = (k->value & ~((uint64_t)255 << shift)) | byte << shift;
        k->bytes |= 1U << shift / 8;
    }
}

/* Whether memory is as the step says, once it is over: what is written may
   stay in a store buffer, and who has stored there reads that.  */
static bool tells_memory(const struct known *k, const struct step *s)
{
    if (!s->has_value || s->size > BYTES_MOST)
        return false;
    if (!k->buffered || s->op == OP_FLUSH || s->op == OP_RMW)
        return true;
    return (s->op == OP_READ || s->op == OP_LOAD)
           && k->pending[thread_of(s)] == 0;
}

static void follow_buffer(struct known *k, const struct step *s)
{
    int *pending = &k->pending[thread_of(s)];

    if (s->op == OP_WRITE || s->op == OP_STORE)
        ++*pending;
    else if (s->op == OP_FLUSH && *pending > 0)
        --*pending;
}

static void take_lock(struct known *k, int thread)
{
    k->depth = k->holder == thread ? k->depth + 1 : 1;
    k->holder = thread;
    k->dirty = true;
}

static void give_lock(struct known *k)
{
    if (k->depth > 0 && --k->depth == 0)
        k->holder = -1;
    k->dirty = true;
}

static void follow_lock(struct known *k, const struct column *c,
                        const struct step *s)
{
    const void *lock = words_lock(s);

    if (s->op == OP_WAIT && lock == c->at) {
        k->depth = 1;
        give_lock(k);
    }
    if (s->object != c->at || s->result != 0 || s->chance == CHANCE_TIME_OUT)
        return;
    if (s->op == OP_ACQUIRE || s->op == OP_TRY_ACQUIRE)
        take_lock(k, thread_of(s));
    else if (s->op == OP_RELEASE)
        give_lock(k);
}

static void follow_event(struct known *k, const struct step *s)
{
    bool before = k->is_set;

    if (s->op == OP_SET)
        k->is_set = true;
    else if (s->op == OP_CLEAR)
        k->is_set = false;
    k->dirty = k->dirty || k->is_set != before;
}

static void follow_count(struct known *k, const struct step *s)
{
    if (!s->has_value)
        return;
    k->dirty = k->dirty || (k->bytes && k->value != s->value);
    k->value = s->value;
    k->bytes = 1;
}

static bool overlaps(const struct column *c, const struct step *s)
{
    uintptr_t x = (uintptr_t)c->at, y = (uintptr_t)s->object;
    return x < y + s->size && y < x + c->size;
}

static void follow_memory(struct known *k, const struct column *c,
                          const struct step *s)
{
    if (tells_memory(k, s))
        learn(k, c, s);
    follow_buffer(k, s);
}

static void follow(struct known *k, const struct column *c,
                   const struct step *s)
{
    if (c->kind == KIND_MEMORY) {
        if (s->kind == KIND_MEMORY && overlaps(c, s))
            follow_memory(k, c, s);
    } else if (is_lock(c->kind))
        follow_lock(k, c, s);
    else if (s->object != c->at || s->kind != c->kind)
        return;
    else if (c->kind == KIND_EVENT)
        follow_event(k, s);
    else
        follow_count(k, s);
}

static char *text_of(const struct story *s, const struct column *c,
                     const struct known *k)
{
    char *text;
    FILE *out = need_stream(&text);

    if (c->kind == KIND_MEMORY)
        names_write_value(s->names, c->at, c->size, k->value, out);
    else if (is_counted(c->kind))
        fprintf(out, "%llu", (unsigned long long)k->value);
    else if (c->kind == KIND_EVENT)
        fputs(k->is_set ? "set" : "-", out);
    else if (k->holder < 0)
        putc('-', out);
    else
        fputc(schedule_letter(k->holder), out);
    if (k->depth > 1)
        fprintf(out, "%d", k->depth);
    fclose(out);
    return text;
}

static bool is_known(const struct column *c, const struct known *k)
{
    if (c->kind == KIND_MEMORY)
        return k->bytes == (1U << c->size) - 1;
    return !is_counted(c->kind) || k->bytes != 0;
}

static bool is_buffered(const struct trace *t)
{
    for (size_t i = 0; i < t->length; i++) {
        if (t->steps[i].actor >= THREADS_MOST)
            return true;
    }
    return false;
}

/* What is read before anybody writes it was there from the start.  */
static void know_start(struct known *k, const struct column *c,
                       const struct trace *t)
{
    *k = (struct known){.holder = -1, .buffered = is_buffered(t)};
    for (size_t i = 0; c->kind == KIND_MEMORY && i < t->length; i++) {
        const struct step *s = &t->steps[i];
        bool reads = s->op == OP_READ || s->op == OP_LOAD;
        if (s->kind != KIND_MEMORY || !overlaps(c, s))
            continue;
        if (!reads && tells_memory(k, s))
            break;
        follow_memory(k, c, s);
    }
    memset(k->pending, 0, sizeof k->pending);
    k->dirty = false;
}

static void fill_column(struct story *s, size_t column)
{
    const struct trace *t = &s->execution->trace;
    struct column *c = &s->columns[column];
    struct known k;
    size_t row = 0;

    know_start(&k, c, t);
    if (is_known(c, &k))
        c->start = text_of(s, c, &k);
    for (size_t i = 0; i < t->length && row < s->n_rows; i++) {
        follow(&k, c, &t->steps[i]);
        if (s->rows[row].step != &t->steps[i])
            continue;
        if (is_known(c, &k))
            s->rows[row].cells[column] =
                (struct cell){text_of(s, c, &k), k.dirty};
        k.dirty = false;
        row++;
    }
}

void state_fill_cells(struct story *s)
{
    for (size_t i = 0; i < s->n_columns; i++)
        fill_column(s, i);
}
