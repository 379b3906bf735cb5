/* table.c -- see table.h.

   Each thread gets the width that its longest cell needs; if that is too much
   for all, the widest are narrowed, and what they say is broken at spaces.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "table.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "explore/need.h"
#include "schedule.h"
#include "words.h"

enum {
    THREAD_LEAST = 9, /* "PREEMPTED" */
};

static const char preempted[] = "-- PREEMPTED --";
static const char preempted_short[] = "PREEMPTED";

/* The widths of the columns.  */
struct layout {
    const struct story *s;
    FILE *out;
    int total;
    int gap; /* on either side of what divides columns: 1, or 0 for want of
                room */
    int number, line;
    int threads[THREADS_MOST]; /* in the order of the story */
    int *states;               /* 0: not shown */
    char *headings[THREADS_MOST];
};

static int max(int a, int b)
{
    return a > b ? a : b;
}

static int length(const char *text)
{
    return text ? (int)strlen(text) : 0;
}

static int digits(unsigned n)
{
    return n < 10 ? 1 : 1 + digits(n / 10);
}

/* Returns how much of the text goes into a line: to the last space, or at
   the last `.`, `[` or `_` of a name, that lets it fit.  */
static int break_at(const char *text, int width)
{
    int n = length(text);

    if (n <= width)
        return n;
    for (int i = width; i > 0; i--) {
        if (text[i] == ' ' && text[i - 1] != '=' && text[i - 1] != '>')
            return i;
    }
    for (int i = width; i > 1; i--) {
        if (text[i] == '.' || text[i] == '[' || text[i - 1] == '_')
            return i;
    }
    return width;
}

/* Returns the text after its first line.  */
static const char *rest_of(const char *text, int width)
{
    text += break_at(text, width);
    while (*text == ' ')
        text++;
    return text;
}

void table_print_text(const char *text, int indent, int width, FILE *out)
{
    int room = max(width - indent, 20);

    for (bool first = true; *text; first = false) {
        const char *end = strchr(text, '\n');
        int n = end ? (int)(end - text) : length(text);
        int line = first ? width : room;
        int fits = n <= line ? n : break_at(text, line);
        fprintf(out, "%*s%.*s\n", first ? 0 : indent, "", fits, text);
        text += fits;
        while (*text == ' ')
            text++;
        if (*text == '\n')
            text++;
    }
}

static void widen(int *width, int least)
{
    *width = max(*width, least);
}

static void measure_threads(struct layout *l)
{
    const struct story *s = l->s;

    for (int i = 0; i < s->n_threads; i++) {
        int thread = s->threads[i];
        need_print(&l->headings[i], "%c: %s", schedule_letter(thread),
                   s->titles[thread]);
        l->threads[i] = length(l->headings[i]);
        for (size_t k = 0; k < s->n_rows; k++) {
            if (s->rows[k].thread == thread)
                widen(&l->threads[i], length(s->rows[k].text));
            if (s->rows[k].preempted == thread)
                widen(&l->threads[i], length(preempted));
        }
        for (int k = 0; k < s->n_stuck; k++) {
            if (s->stuck[k].thread == thread)
                widen(&l->threads[i], length(s->stuck[k].text));
        }
    }
}

static int value_width(const struct story *s, size_t column)
{
    int width = 1;
    for (size_t k = 0; k < s->n_rows; k++)
        widen(&width, 1 + length(s->rows[k].cells[column].text));
    return width;
}

static void measure_states(struct layout *l)
{
    const struct story *s = l->s;

    l->states = need_new(s->n_columns, sizeof *l->states);
    for (size_t i = 0; i < s->n_columns; i++)
        l->states[i] = max(value_width(s, i), length(s->columns[i].title));
}

/* What divides two columns is so wide.  */
static int divider(const struct layout *l)
{
    return 2 * l->gap + 1;
}

static int sum_states(const struct layout *l)
{
    int sum = 0;
    for (size_t i = 0; i < l->s->n_columns; i++)
        sum += l->states[i] ? l->states[i] + (sum ? 2 : divider(l)) : 0;
    return sum;
}

static int sum_threads(const struct layout *l)
{
    int sum = 0;
    for (int i = 0; i < l->s->n_threads; i++)
        sum += l->threads[i] + divider(l);
    return sum;
}

static int sum_numbers(const struct layout *l)
{
    return 2 * l->gap + l->number + (l->line ? 1 + l->gap + l->line : 0);
}

static int sum_all(const struct layout *l)
{
    return sum_numbers(l) + sum_threads(l) + sum_states(l);
}

/* Makes the widest threads narrower until all fit, or all are as narrow as
   can be.  Returns whether they fit.  */
static bool narrow_threads(struct layout *l)
{
    while (sum_all(l) > l->total) {
        int widest = 0;
        for (int i = 1; i < l->s->n_threads; i++) {
            if (l->threads[i] > l->threads[widest])
                widest = i;
        }
        if (l->threads[widest] <= THREAD_LEAST)
            return false;
        l->threads[widest]--;
    }
    return true;
}

/* Returns the widest part of the text that is not broken.  */
static int widest_part(const char *text)
{
    int width = 0, n = 0;

    for (; *text; text++) {
        n = *text == ' ' ? 0 : strchr(".[", *text) ? 1 : n + 1;
        widen(&width, n);
        if (*text == '_')
            n = 0;
    }
    return width;
}

/* Titles may be broken, but neither values nor words.  */
static void narrow_states(struct layout *l)
{
    const struct story *s = l->s;

    for (size_t i = 0; i < s->n_columns && sum_all(l) > l->total; i++)
        l->states[i] = max(value_width(s, i), widest_part(s->columns[i].title));
}

/* Returns how much a column of the state tells: an object little, memory the
   more the more often it changes.  */
static int telling(const struct story *s, size_t column)
{
    int changes = 1;

    if (s->columns[column].kind != KIND_MEMORY)
        return 0;
    for (size_t k = 0; k < s->n_rows; k++)
        changes += s->rows[k].cells[column].changed;
    return changes;
}

/* Leaves out the column of the state that tells least, if that is not more than
   `most`.  Returns whether there was one.  */
static bool drop_state(struct layout *l, int most)
{
    size_t least = l->s->n_columns;

    for (size_t i = l->s->n_columns; i-- > 0;) {
        int tells = telling(l->s, i);
        if (l->states[i] > 0 && tells <= most) {
            most = tells - 1;
            least = i;
        }
    }
    if (least == l->s->n_columns)
        return false;
    l->states[least] = 0;
    return true;
}

/* Titles are broken before what threads do is, that before what stays the same
   is left out, and if all that does not help the table is too wide.  What
   changes is left out only where there is so much of it that it takes half of
   the room.  */
static void fit(struct layout *l)
{
    enum { DULL = 1 };

    if (sum_all(l) <= l->total)
        return;
    narrow_states(l);
    while (sum_states(l) > l->total / 2 && drop_state(l, INT_MAX))
        continue;
    while (!narrow_threads(l)) {
        if (!drop_state(l, DULL)) {
            l->gap = 0;
            narrow_threads(l);
            return;
        }
    }
}

static void begin(struct layout *l)
{
    const struct story *s = l->s;
    int line = 0;

    for (size_t k = 0; k < s->n_rows; k++) {
        widen(&l->number, digits(s->rows[k].number));
        if (s->rows[k].place && s->rows[k].place->line > 0)
            line = max(line, digits((unsigned)s->rows[k].place->line));
    }
    widen(&l->number, length("step"));
    l->line = line ? max(line, length("line")) : 0;
    measure_threads(l);
    measure_states(l);
    fit(l);
}

static void end(struct layout *l)
{
    for (int i = 0; i < l->s->n_threads; i++)
        free(l->headings[i]);
    free(l->states);
}

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
    int blank = max(width - n, 0);

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
    put(l->out, spaces, line->number, length(line->number), l->number, true);
    if (l->line) {
        *spaces += 1 + l->gap;
        put(l->out, spaces, line->line, length(line->line), l->line, true);
    }
    line->number[0] = line->line[0] = '\0';
}

static int put_threads(const struct layout *l, struct line *line, int *spaces)
{
    int more = 0;

    for (int i = 0; i < l->s->n_threads; i++) {
        const char *text = line->threads[i] ? line->threads[i] : "";
        put_separator(l, spaces);
        put(l->out, spaces, text, break_at(text, l->threads[i]), l->threads[i],
            false);
        line->threads[i] = rest_of(text, l->threads[i]);
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
        put(l->out, spaces, text, break_at(text, width), width, true);
        line->states[i] = rest_of(text, width);
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
            if (sum_all(l) + 3 + length(line->note) <= l->total) {
                spaces += 3;
                put(l->out, &spaces, line->note, length(line->note), 0, false);
                line->note = NULL;
            }
        }
        putc('\n', l->out);
    } while (more);
}

static void put_note(const struct layout *l, const char *note)
{
    int indent = sum_numbers(l) + divider(l);

    fprintf(l->out, "%*s^ ", indent, "");
    table_print_text(note, indent + 2, l->total, l->out);
}

static void print_preempted(const struct layout *l, const struct row *row,
                            const char **states)
{
    struct line line = {.states = states};

    for (int i = 0; i < l->s->n_threads; i++) {
        if (l->s->threads[i] == row->preempted)
            line.threads[i] =
                l->threads[i] < length(preempted) ? preempted_short : preempted;
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
    for (int i = sum_all(l) - 2 * l->gap; i > 0; i--)
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

    begin(&l);
    print_heading(&l, states);
    for (size_t i = 0; i < s->n_rows; i++) {
        if (s->rows[i].preempted >= 0)
            print_preempted(&l, &s->rows[i], states);
        print_row(&l, &s->rows[i], states);
    }
    if (s->period > 0) {
        fprintf(out, "%*s| ... ", sum_numbers(&l) + l.gap, "");
        words_rounds(s->period, s->repeats, out);
        putc('\n', out);
    }
    print_stuck(&l, states);
    print_dropped(&l);
    end(&l);
    free(states);
}
