/* sparkline.c -- see sparkline.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "text/sparkline.h"

#include <langinfo.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "text/paragraph.h"

enum { MIN_POINTS = 3 };

/* The cells that a line is about.  */
struct line {
    const struct survey *s;
    unsigned first;
    unsigned end;
    FILE *out;
};

/* Whether the reader's terminal shows what is not in ASCII.  */
static bool has_utf8(void)
{
    locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    bool is = false;

    if (locale != (locale_t)0) {
        is = strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") == 0;
        freelocale(locale);
    }
    return is;
}

/* Returns the rate of the peer in the n-th cell of the group; -1: none.  */
static double point(const struct line *l, const char *peer, unsigned n)
{
    const struct cell *cell = l->s->cells[n];

    for (unsigned i = 0; i + 1 < cell->count; i++) {
        if (strcmp(cell->contestants[i].peer, peer) == 0)
            return survey_rate(l->s, cell, i);
    }
    return -1;
}

/* Prints the peer's rates as heights, the largest of them full.  */
static void print_sparkline(const struct line *l, const char *peer)
{
    static const char *const blocks[] = {
        "\u2581", "\u2582", "\u2583", "\u2584",
        "\u2585", "\u2586", "\u2587", "\u2588",
    };
    double most = 0;

    for (unsigned i = l->first; i < l->end; i++)
        most = fmax(most, point(l, peer, i));
    fprintf(l->out, "  %-14.14s ", peer);
    for (unsigned i = l->first; i < l->end; i++) {
        double rate = point(l, peer, i);
        long height = rate > 0 ? lround(rate / most * 8) - 1 : 0;
        fputs(rate < 0 ? "\u00b7" : blocks[height > 0 ? height : 0], l->out);
    }
}

static void print_sparkline_title(const struct line *l)
{
    struct paragraph p;

    paragraph_begin(&p);
    fputs("ops/s with", p.file);
    for (unsigned i = l->first; i < l->end; i++)
        fprintf(p.file, " %u", l->s->cells[i]->shape.threads);
    fputs(" threads, of each one's best:", p.file);
    putc('\n', l->out);
    paragraph_end(&p, l->out, "", 0);
}

/* Names the peers of the cell that has most of them: of other thread numbers
   some may be left out.  */
static const struct cell *largest_cell(const struct line *l)
{
    const struct cell *largest = l->s->cells[l->first];
    for (unsigned i = l->first; i < l->end; i++) {
        if (l->s->cells[i]->count > largest->count)
            largest = l->s->cells[i];
    }
    return largest;
}

void sparklines_print(const struct survey *s, unsigned first, unsigned end,
                      FILE *out)
{
    const struct line line = {s, first, end, out}, *l = &line;
    const struct cell *cell = largest_cell(l);
    unsigned points = l->end - l->first;
    unsigned in_line = PAGE_WIDTH / (2 + 14 + 1 + points);

    if (points < MIN_POINTS || in_line == 0 || !has_utf8())
        return;
    print_sparkline_title(l);
    for (unsigned i = 0; i + 1 < cell->count; i++) {
        print_sparkline(l, cell->contestants[i].peer);
        if ((i + 1) % in_line == 0 || i + 2 == cell->count)
            putc('\n', l->out);
    }
}
