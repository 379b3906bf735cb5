/* story.c -- see story.h; state.c tells the cells.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "story.h"

#include <stdlib.h>
#include <string.h>

#include "explore/need.h"
#include "state.h"
#include "words.h"

/* Steps with which every thread begins and ends tell nothing about it.  */
static bool is_frame(const struct step *s)
{
    return s->op == OP_BEGIN || s->op == OP_EXIT || s->op == OP_CREATE
           || s->op == OP_JOIN;
}

static bool does_something(const struct trace *t, int thread)
{
    for (size_t i = 0; i < t->length; i++) {
        const struct step *s = &t->steps[i];
        if (thread_of(s) == thread && s->chosen && !is_frame(s))
            return true;
    }
    for (int i = 0; i < t->n_blocked; i++) {
        if (thread_of(&t->blocked[i]) == thread && !is_frame(&t->blocked[i]))
            return true;
    }
    return false;
}

/* A thread that does nothing beside others, but for creating them and waiting
   for them, is left out.  */
static void find_threads(struct story *s)
{
    const struct trace *t = &s->execution->trace;

    for (int i = 0; i < t->n_threads; i++) {
        if (does_something(t, i))
            s->threads[s->n_threads++] = i;
    }
    for (int i = 0; s->n_threads == 0 && i < t->n_threads; i++)
        s->threads[i] = i;
    if (s->n_threads == 0)
        s->n_threads = t->n_threads;
}

static bool takes_part(const struct story *s, int thread)
{
    for (int i = 0; i < s->n_threads; i++) {
        if (s->threads[i] == thread)
            return true;
    }
    return false;
}

static bool is_shown(const struct story *s, const struct step *step)
{
    if (!takes_part(s, thread_of(step)))
        return false;
    return step->chosen || (step->op != OP_BEGIN && step->op != OP_EXIT);
}

static bool overlap(const struct step *a, const struct step *b)
{
    uintptr_t x = (uintptr_t)a->object, y = (uintptr_t)b->object;
    return x < y + b->size && y < x + a->size;
}

static bool writes(const struct step *s)
{
    return s->kind == KIND_MEMORY
           && (s->op == OP_WRITE || s->op == OP_STORE || s->op == OP_RMW);
}

/* The write of another thread that the write at `end` undoes unseen: it comes
   after what that thread has read there last.  NULL if there is none.  */
static const struct step *overwritten(const struct trace *t,
                                      const struct step *end)
{
    const struct step *lost = NULL;

    for (const struct step *s = end; s-- > t->steps;) {
        if (s->kind != KIND_MEMORY || !overlap(s, end))
            continue;
        if (s->actor == end->actor)
            return s->op == OP_READ || s->op == OP_LOAD ? lost : NULL;
        if (writes(s) && !lost)
            lost = s;
    }
    return NULL;
}

/* Writes "line 12 overwrote line 19's write".  */
static char *note_on(const struct story *s, const struct step *step)
{
    const struct trace *t = &s->execution->trace;
    const struct step *lost = NULL;
    const struct place *here, *there;
    char *text, *name;

    if (step->op == OP_WRITE || step->op == OP_STORE)
        lost = overwritten(t, step);
    if (!lost)
        return NULL;
    here = names_place(s->names, step->pc);
    there = names_place(s->names, lost->pc);
    if (here && there && here->line > 0 && there->line > 0) {
        need_print(&text, "line %d overwrote line %d's write", here->line,
                   there->line);
        return text;
    }
    name = words_thread(s->names, t, thread_of(lost));
    need_print(&text, "overwrote the write of %s", name);
    free(name);
    return text;
}

static char *text_of(const struct story *s, const struct step *step)
{
    char *text;
    FILE *out = need_stream(&text);

    words_step(s->names, &s->execution->trace, step, out);
    fclose(out);
    return text;
}

static void add_row(struct story *s, const struct step *step, int last)
{
    struct row *row = &s->rows[s->n_rows];
    unsigned number = 0;

    for (size_t i = 0; i < s->n_rows; i++)
        number += s->rows[i].number != 0;
    *row = (struct row){
        .step = step,
        .number = step->chosen ? number + 1 : 0,
        .thread = thread_of(step),
        .preempted = step->preempts && takes_part(s, last) ? last : -1,
        .place = names_place(s->names, step->pc),
        .text = text_of(s, step),
        .note = note_on(s, step),
    };
    s->n_rows++;
}

static void find_rows(struct story *s)
{
    const struct trace *t = &s->execution->trace;
    int last = -1;

    s->rows = need_new(t->length, sizeof *s->rows);
    for (size_t i = 0; i < t->length; i++) {
        const struct step *step = &t->steps[i];
        if (is_shown(s, step))
            add_row(s, step, last);
        if (step->chosen)
            last = thread_of(step);
    }
}

static void free_row(const struct story *s, struct row *row)
{
    for (size_t i = 0; row->cells && i < s->n_columns; i++)
        free(row->cells[i].text);
    free(row->cells);
    free(row->text);
    free(row->note);
}

static bool is_same_row(const struct row *a, const struct row *b)
{
    return a->thread == b->thread && a->place == b->place
           && strcmp(a->text, b->text) == 0;
}

/* Returns how many of the last rows are as the row `period` before them.  */
static size_t count_repeated(const struct story *s, size_t period)
{
    size_t n = 0;

    while (n + period < s->n_rows
           && is_same_row(&s->rows[s->n_rows - 1 - n],
                          &s->rows[s->n_rows - 1 - n - period]))
        n++;
    return n;
}

/* A livelock goes round until it is ended: two rounds tell as much.  */
static void cut_rounds(struct story *s)
{
    enum { PERIOD_MOST = 200, ROUNDS = 2 };

    for (size_t period = 1; period <= PERIOD_MOST; period++) {
        size_t repeated = count_repeated(s, period);
        size_t end = s->n_rows - repeated + (ROUNDS - 1) * period;
        if (repeated < 2 * ROUNDS * period)
            continue;
        s->period = period;
        s->repeats = (s->n_rows - end) / period;
        for (; s->n_rows > end; s->n_rows--)
            free_row(s, &s->rows[s->n_rows - 1]);
        return;
    }
}

static void find_stuck(struct story *s)
{
    const struct trace *t = &s->execution->trace;

    for (int i = 0; i < t->n_blocked; i++) {
        const struct step *step = &t->blocked[i];
        struct stuck *stuck = &s->stuck[s->n_stuck];
        FILE *out;

        if (!takes_part(s, thread_of(step)))
            continue;
        *stuck = (struct stuck){.thread = thread_of(step),
                                .place = names_place(s->names, step->pc)};
        out = need_stream(&stuck->text);
        fputs("STUCK: ", out);
        words_intent(s->names, t, step, out);
        fclose(out);
        s->n_stuck++;
    }
}

void story_begin(struct story *s, const struct execution *e,
                 const struct names *names)
{
    *s = (struct story){.execution = e, .names = names};
    find_threads(s);
    for (int i = 0; i < e->trace.n_threads; i++)
        s->titles[i] = words_thread(names, &e->trace, i);
    find_rows(s);
    if (e->verdict == VERDICT_DEADLOCK)
        find_stuck(s);
    if (e->verdict == VERDICT_LIVELOCK)
        cut_rounds(s);
    state_find_columns(s);
    state_fill_cells(s);
}

void story_end(struct story *s)
{
    for (size_t i = 0; i < s->n_rows; i++)
        free_row(s, &s->rows[i]);
    free(s->rows);
    for (size_t i = 0; i < s->n_columns; i++) {
        free(s->columns[i].title);
        free(s->columns[i].start);
    }
    free(s->columns);
    for (int i = 0; i < s->n_stuck; i++)
        free(s->stuck[i].text);
    for (int i = 0; i < THREADS_MOST; i++)
        free(s->titles[i]);
}
