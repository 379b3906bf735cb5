/* table.c -- see table.h.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "explore/need.h"
#include "schedule.h"
#include "table_layout.h"
#include "words.h"

static const char preempted_short[] = "PREEMPTED";

/* A line of the table: what remains to be said in each column.  */
struct line {
    char number[16], line[16];
    const char *threads[THREADS_MOST];
    const char **states;
    const char *note;
};

/* Prints without the spaces at the end of a line, by keeping them until
   something follows.  */
static void put(FILE *out, int *spaces, const char *text, int n, int width,
                bool right)
{
    int blank = width > n ? width - n : 0;

    if (right)
        *spaces += blank;
    if (n > 0) {
        fprintf(out, "%*s%.*s", *spaces, "", n, text);
        *spaces = 0;
    }
    if (!right)
        *spaces += blank;
}

static void put_separator(const struct layout *l, int *spaces)
{
    *spaces += l->gap;
    put(l->out, spaces, "|", 1, 1, false);
    *spaces += l->gap;
}

static void put_number(const struct layout *l, struct line *line, int *spaces)
{
    *spaces += 2 * l->gap;
    put(l->out, spaces, line->number, table_length(line->number), l->number,
        true);
    if (l->line) {
        *spaces += 1 + l->gap;
        put(l->out, spaces, line->line, table_length(line->line), l->line,
            true);
    }
    line->number[0] = line->line[0] = '\0';
}

static int put_threads(const struct layout *l, struct line *line, int *spaces)
{
    int more = 0;

    for (int i = 0; i < l->s->n_threads; i++) {
        const char *text = line->threads[i] ? line->threads[i] : "";
        put_separator(l, spaces);
        put(l->out, spaces, text, table_break(text, l->threads[i]),
            l->threads[i], false);
        line->threads[i] = table_rest(text, l->threads[i]);
        more |= *line->threads[i] != '\0';
    }
    return more;
}

static int put_states(const struct layout *l, struct line *line, int *spaces)
{
    int more = 0;
    bool first = true;

    for (size_t i = 0; i < l->s->n_columns; i++) {
        const char *text = line->states[i] ? line->states[i] : "";
        int width = l->states[i];
        if (width == 0)
            continue;
        if (first)
            put_separator(l, spaces);
        else
            *spaces += 2;
        first = false;
        put(l->out, spaces, text, table_break(text, width), width, true);
        line->states[i] = table_rest(text, width);
        more |= *line->states[i] != '\0';
    }
    return more;
}

/* Prints a row in as many lines as it needs.  */
static void put_line(const struct layout *l, struct line *line)
{
    int more;

    do {
        int spaces = 0;
        put_number(l, line, &spaces);
        more = put_threads(l, line, &spaces);
        more |= put_states(l, line, &spaces);
        if (line->note && !more) {
            if (table_sum(l) + 3 + table_length(line->note) <= l->total) {
                spaces += 3;
                put(l->out, &spaces, line->note, table_length(line->note), 0,
                    false);
                line->note = NULL;
            }
        }
        putc('\n', l->out);
    } while (more);
}

static void put_note(const struct layout *l, const char *note)
{
    int indent = table_sum_numbers(l) + table_divider(l);

    fprintf(l->out, "%*s^ ", indent, "");
    table_print_text(note, indent + 2, l->total, l->out);
}

static void print_preempted(const struct layout *l, const struct row *row,
                            const char **states)
{
    struct line line = {.states = states};

    for (int i = 0; i < l->s->n_threads; i++) {
        if (l->s->threads[i] == row->preempted)
            line.threads[i] = l->threads[i] < table_length(table_preempted)
                                  ? preempted_short
                                  : table_preempted;
    }
    put_line(l, &line);
}

static void print_row(const struct layout *l, const struct row *row,
                      const char **states)
{
    struct line line = {.states = states, .note = row->note};
    char **values = need_new(l->s->n_columns, sizeof *values);

    if (row->number)
        snprintf(line.number, sizeof line.number, "%u", row->number);
    if (row->place && row->place->line > 0)
        snprintf(line.line, sizeof line.line, "%d", row->place->line);
    for (int i = 0; i < l->s->n_threads; i++) {
        if (l->s->threads[i] == row->thread)
            line.threads[i] = row->text;
    }
    for (size_t i = 0; i < l->s->n_columns; i++) {
        const struct cell *c = &row->cells[i];
        need_print(&values[i], "%s%s", c->changed ? "*" : "",
                   c->text ? c->text : "");
        states[i] = values[i];
    }
    put_line(l, &line);
    if (line.note)
        put_note(l, line.note);
    for (size_t i = 0; i < l->s->n_columns; i++) {
        free(values[i]);
        states[i] = NULL;
    }
    free(values);
}

/* Prints who can't go on, each in its column.  */
static void print_stuck(const struct layout *l, const char **states)
{
    const struct story *s = l->s;
    struct line line = {.states = states};

    for (int i = 0; i < s->n_threads; i++) {
        for (int k = 0; k < s->n_stuck; k++) {
            if (s->stuck[k].thread == s->threads[i])
                line.threads[i] = s->stuck[k].text;
        }
    }
    if (s->n_stuck > 0)
        put_line(l, &line);
}

static void print_rule(const struct layout *l)
{
    fprintf(l->out, "%*s", 2 * l->gap, "");
    for (int i = table_sum(l) - 2 * l->gap; i > 0; i--)
        putc('-', l->out);
    putc('\n', l->out);
}

/* Prints the titles so that the last lines of all stand together.  */
static void print_heading(const struct layout *l, const char **states)
{
    const struct story *s = l->s;
    struct line line = {.number = "step", .states = states};

    if (l->line)
        strcpy(line.line, "line");
    for (int i = 0; i < s->n_threads; i++)
        line.threads[i] = l->headings[i];
    for (size_t i = 0; i < s->n_columns; i++)
        states[i] = s->columns[i].title;
    put_line(l, &line);
    for (size_t i = 0; i < s->n_columns; i++)
        states[i] = NULL;
    print_rule(l);
}

static void print_dropped(const struct layout *l)
{
    const char *before = "  not shown, for want of room: ";
    char *text;
    FILE *out = need_stream(&text);

    for (size_t i = 0; i < l->s->n_columns; i++) {
        if (l->states[i] > 0)
            continue;
        fprintf(out, "%s%s", before, l->s->columns[i].title);
        before = ", ";
    }
    fclose(out);
    table_print_text(text, 4, l->total, l->out);
    free(text);
}

void table_print(const struct story *s, int width, FILE *out)
{
    struct layout l = {.s = s, .out = out, .total = width, .gap = 1};
    const char **states = need_new(s->n_columns, sizeof *states);

    layout_begin(&l);
    print_heading(&l, states);
    for (size_t i = 0; i < s->n_rows; i++) {
        if (s->rows[i].preempted >= 0)
            print_preempted(&l, &s->rows[i], states);
        print_row(&l, &s->rows[i], states);
    }
    if (s->period > 0) {
        fprintf(out, "%*s| ... ", table_sum_numbers(&l) + l.gap, "");
        words_rounds(s->period, s->repeats, out);
        putc('\n', out);
    }
    print_stuck(&l, states);
    print_dropped(&l);
    layout_end(&l);
    free(states);
}
