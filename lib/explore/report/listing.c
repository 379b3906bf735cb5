/* listing.c -- the second part of table.h: the lines of source.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "explore/need.h"
#include "table.h"

enum { LINE_LEAST = 20 };

/* The places of the rows, and of who can't go on: those that have a text.  */
struct listing {
    const struct place **places;
    size_t n;
};

static void add(struct listing *l, const struct names *names,
                const struct place *p)
{
    if (names_line(names, p))
        l->places[l->n++] = p;
}

static int compare(const void *a, const void *b)
{
    const struct place *p = *(const struct place *const *)a;
    const struct place *q = *(const struct place *const *)b;
    int files = strcmp(p->file, q->file);

    return files ? files : p->line - q->line;
}

static struct listing find_places(const struct story *s)
{
    struct listing l = {.n = 0};

    l.places = need_new(s->n_rows + (size_t)s->n_stuck, sizeof *l.places);
    for (size_t i = 0; i < s->n_rows; i++)
        add(&l, s->names, s->rows[i].place);
    for (int i = 0; i < s->n_stuck; i++)
        add(&l, s->names, s->stuck[i].place);
    qsort(l.places, l.n, sizeof *l.places, compare);
    return l;
}

void table_print_source(const struct story *s, int width, FILE *out)
{
    struct listing l = find_places(s);
    int room = width - 8 > LINE_LEAST ? width - 8 : LINE_LEAST;

    for (size_t i = 0; i < l.n; i++) {
        const struct place *p = l.places[i];
        if (i == 0 || strcmp(l.places[i - 1]->file, p->file) != 0)
            fprintf(out, "\n  %s\n", p->file);
        if (i == 0 || compare(&l.places[i - 1], &l.places[i]) != 0)
            fprintf(out, "  %4d  %.*s\n", p->line, room,
                    names_line(s->names, p));
    }
    free(l.places);
}
