/* strips.c -- see strips.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "html/strips.h"

#include <stdlib.h>

#include "html/png.h"
#include "memory.h"

enum {
    WIDTH = 500,     /* turns in a line */
    LINES = 4,       /* at most */
    LINE_HEIGHT = 4, /* of a turn, in pixels */
    PITCH = LINES * LINE_HEIGHT + 6,
    TOP = 32,
    BOTTOM = 30,
    FEW_THREADS = 4, /* more are too many colours, if there is a choice */
};

/* Neighbours are told apart with any colour vision, on light and dark.  */
static const uint32_t colours[PNG_COLOURS] = {
    0x0072b2, 0xe69f00, 0x009e73, 0xcc79a7, 0x56b4e9, 0xd55e00,
    0xf0e442, 0x7f7f7f, 0x00466e, 0x8f6300, 0x00614a, 0x834d6b,
    0x2f7fae, 0x853b00, 0x9c942b, 0x474747,
};

static bool has_holders(const struct group *g, const struct entry *e,
                        unsigned cell)
{
    const struct contestant *c = entry_in(g, e, cell);
    return c && !c->fault && c->n_holders > 0;
}

static bool cell_has_holders(const struct group *g, unsigned cell)
{
    for (unsigned i = 0; i < g->n_entries; i++) {
        if (has_holders(g, &g->entries[i], cell))
            return true;
    }
    return false;
}

/* Returns the cell to show: the most threads that still can be told apart.
   Returns n_cells if none has any holders.  */
static unsigned choose_cell(const struct group *g)
{
    unsigned best = g->n_cells;

    for (unsigned i = 0; i < g->n_cells; i++) {
        if (!cell_has_holders(g, i))
            continue;
        if (best == g->n_cells || g->cells[i]->shape.threads <= FEW_THREADS)
            best = i;
    }
    return best;
}

bool strips_apply(const struct group *g)
{
    unsigned cell = choose_cell(g);
    return cell < g->n_cells && g->cells[cell]->shape.threads > 1;
}

/* A line that is not full is left out, unless it is the first.  */
static void draw_strip(FILE *out, const struct contestant *c, unsigned threads,
                       double y)
{
    unsigned width = c->n_holders < WIDTH ? c->n_holders : WIDTH;
    unsigned lines = c->n_holders / width;
    unsigned n = threads < PNG_COLOURS ? threads : PNG_COLOURS;
    uint8_t *pixels;
    struct png png;

    if (lines > LINES)
        lines = LINES;
    pixels = memory_new(width, lines);
    for (unsigned i = 0; i < width * lines; i++)
        pixels[i] = (uint8_t)(c->holders[i] % n);
    png = (struct png){width, lines, n, pixels, colours};
    fprintf(out,
            "<image x=\"%d\" y=\"%g\" width=\"%u\" height=\"%u\""
            " class=\"strip\" preserveAspectRatio=\"none\" href=\"",
            NAMES_WIDTH, y, width, lines * LINE_HEIGHT);
    png_write_url(out, &png);
    fputs("\"/>", out);
    free(pixels);
}

static void draw_row(const struct picture *p, const struct entry *e,
                     unsigned cell, double y)
{
    const struct contestant *c = entry_in(p->group, e, cell);

    picture_begin_entry(p, e);
    picture_name_row(p, e, y + 12);
    draw_strip(p->out, c, p->group->cells[cell]->shape.threads, y);
    picture_end_entry(p);
}

/* Says which colour is which thread's.  */
static void draw_key(const struct picture *p, unsigned threads, double y)
{
    unsigned n = threads < PNG_COLOURS ? threads : PNG_COLOURS;
    double x = NAMES_WIDTH;

    svg_text(p->out, "t e", x - 8, y + 10, "thread");
    for (unsigned i = 0; i < n; i++, x += 30) {
        char text[16];
        fprintf(p->out,
                "<rect x=\"%g\" y=\"%g\" width=\"11\" height=\"11\""
                " fill=\"#%06x\"/>",
                x, y, colours[i]);
        snprintf(text, sizeof text, "%u", i + 1);
        svg_text(p->out, "t", x + 14, y + 10, text);
    }
    if (threads > n)
        svg_text(p->out, "t", x, y + 10, "again\u2026");
}

/* The most important entries are at the top.  */
static unsigned order(const struct group *g, unsigned cell,
                      const struct entry **entries)
{
    unsigned n = 0;

    for (unsigned i = 0; i < g->n_entries; i++) {
        const struct entry *e = &g->entries[i];
        unsigned j = n;
        if (!has_holders(g, e, cell))
            continue;
        for (; j > 0; j--) {
            const struct entry *before = entries[j - 1];
            unsigned mine = e->look - 1U, its = before->look - 1U;
            if (its < mine || (its == mine && before->rank >= e->rank))
                break;
            entries[j] = before;
        }
        entries[j] = e;
        n++;
    }
    return n;
}

void strips_draw(const struct picture *p)
{
    const struct group *g = p->group;
    unsigned cell = choose_cell(g);
    unsigned threads = g->cells[cell]->shape.threads;
    const struct entry **entries = memory_new(g->n_entries, sizeof *entries);
    unsigned n = order(g, cell, entries);
    double end = TOP + n * (double)PITCH;
    char title[64];

    snprintf(title, sizeof title, "Who held it, %u threads", threads);
    picture_begin(p, title, end + BOTTOM);
    for (unsigned i = 0; i < n; i++)
        draw_row(p, entries[i], cell, TOP + i * (double)PITCH);
    draw_key(p, threads, end + 4);
    svg_end(p->out);
    free(entries);
}
