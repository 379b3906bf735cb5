/* table_layout.c -- how wide the columns of a table are.

   Each thread gets the width that its longest cell needs; if that is too much
   for all, the widest are narrowed, and what they say is broken at spaces.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "table_layout.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "explore/need.h"
#include "schedule.h"
#include "table.h"
#include "words.h"

enum {
    THREAD_LEAST = 9, /* "PREEMPTED" */
};

const char table_preempted[] = "-- PREEMPTED --";

static int max(int a, int b)
{
    return a > b ? a : b;
}

int table_length(const char *text)
{
    return text ? (int)strlen(text) : 0;
}

static int digits(unsigned n)
{
    return n < 10 ? 1 : 1 + digits(n / 10);
}

int table_break(const char *text, int width)
{
    int n = table_length(text);

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

const char *table_rest(const char *text, int width)
{
    text += table_break(text, width);
    while (*text == ' ')
        text++;
    return text;
}

void table_print_text(const char *text, int indent, int width, FILE *out)
{
    int room = max(width - indent, 20);

    for (bool first = true; *text; first = false) {
        const char *end = strchr(text, '\n');
        int n = end ? (int)(end - text) : table_length(text);
        int line = first ? width : room;
        int fits = n <= line ? n : table_break(text, line);
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
        l->threads[i] = table_length(l->headings[i]);
        for (size_t k = 0; k < s->n_rows; k++) {
            if (s->rows[k].thread == thread)
                widen(&l->threads[i], table_length(s->rows[k].text));
            if (s->rows[k].preempted == thread)
                widen(&l->threads[i], table_length(table_preempted));
        }
        for (int k = 0; k < s->n_stuck; k++) {
            if (s->stuck[k].thread == thread)
                widen(&l->threads[i], table_length(s->stuck[k].text));
        }
    }
}

static int value_width(const struct story *s, size_t column)
{
    int width = 1;
    for (size_t k = 0; k < s->n_rows; k++)
        widen(&width, 1 + table_length(s->rows[k].cells[column].text));
    return width;
}

static void measure_states(struct layout *l)
{
    const struct story *s = l->s;

    l->states = need_new(s->n_columns, sizeof *l->states);
    for (size_t i = 0; i < s->n_columns; i++)
        l->states[i] =
            max(value_width(s, i), table_length(s->columns[i].title));
}

int table_divider(const struct layout *l)
{
    return 2 * l->gap + 1;
}

static int sum_states(const struct layout *l)
{
    int sum = 0;
    for (size_t i = 0; i < l->s->n_columns; i++)
        sum += l->states[i] ? l->states[i] + (sum ? 2 : table_divider(l)) : 0;
    return sum;
}

static int sum_threads(const struct layout *l)
{
    int sum = 0;
    for (int i = 0; i < l->s->n_threads; i++)
        sum += l->threads[i] + table_divider(l);
    return sum;
}

int table_sum_numbers(const struct layout *l)
{
    return 2 * l->gap + l->number + (l->line ? 1 + l->gap + l->line : 0);
}

int table_sum(const struct layout *l)
{
    return table_sum_numbers(l) + sum_threads(l) + sum_states(l);
}

/* Makes the widest threads narrower until all fit, or all are as narrow as
   can be.  Returns whether they fit.  */
static bool narrow_threads(struct layout *l)
{
    while (table_sum(l) > l->total) {
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

    for (size_t i = 0; i < s->n_columns && table_sum(l) > l->total; i++)
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

    if (table_sum(l) <= l->total)
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

void layout_begin(struct layout *l)
{
    const struct story *s = l->s;
    int line = 0;

    for (size_t k = 0; k < s->n_rows; k++) {
        widen(&l->number, digits(s->rows[k].number));
        if (s->rows[k].place && s->rows[k].place->line > 0)
            line = max(line, digits((unsigned)s->rows[k].place->line));
    }
    widen(&l->number, table_length("step"));
    l->line = line ? max(line, table_length("line")) : 0;
    measure_threads(l);
    measure_states(l);
    fit(l);
}

void layout_end(struct layout *l)
{
    for (int i = 0; i < l->s->n_threads; i++)
        free(l->headings[i]);
    free(l->states);
}
