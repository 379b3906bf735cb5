/* rates.c -- see rates.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "html/rates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "html/lines.h"
#include "memory.h"

enum {
    INSET = 14,     /* of the first and last point */
    MARK_ROOM = 10, /* between marks on a line */
    MAX_TICKS = 10, /* with more, powers of two have them */
};

struct plot {
    const struct picture *p;
    struct axis x, y;
};

bool rates_apply(const struct group *g)
{
    return g->n_cells > 1
           && g->cells[0]->shape.threads
                  < g->cells[g->n_cells - 1]->shape.threads
           && group_knows(g, RATE);
}

static struct point rate_point(const struct plot *plot, unsigned cell,
                               double rate)
{
    double threads = plot->p->group->cells[cell]->shape.threads;
    struct point a = {scale_at(&plot->x.scale, threads), (double)NAN};
    if (!isnan(rate))
        a.y = scale_at(&plot->y.scale, rate);
    return a;
}

static unsigned fill_rates(const struct plot *plot, const struct entry *e,
                           struct point *points)
{
    const struct group *g = plot->p->group;
    unsigned known = 0;

    for (unsigned i = 0; i < g->n_cells; i++) {
        points[i] = rate_point(plot, i, entry_value(g, e, i, RATE).median);
        known += line_is_known(points[i]);
    }
    return known;
}

/* Draws the intervals of cells [first, end), which are all known.  */
static void draw_band(const struct plot *plot, const struct entry *e,
                      unsigned first, unsigned end)
{
    const struct group *g = plot->p->group;
    FILE *out = plot->p->out;

    svg_path(out, "n");
    for (unsigned i = first; i < end; i++) {
        struct point a = rate_point(plot, i, entry_value(g, e, i, RATE).high);
        svg_pen(out, i == first ? 'M' : 'L', a.x, a.y);
    }
    for (unsigned i = end; i-- > first;) {
        struct point a = rate_point(plot, i, entry_value(g, e, i, RATE).low);
        svg_pen(out, 'L', a.x, a.y);
    }
    putc('z', out);
    svg_path_end(out);
}

static void draw_bands(const struct plot *plot, const struct entry *e,
                       const struct point *points)
{
    unsigned n = plot->p->group->n_cells;

    for (unsigned first = 0, end; first < n; first = end + 1) {
        for (end = first; end < n && line_is_known(points[end]);)
            end++;
        if (end - first > 1)
            draw_band(plot, e, first, end);
    }
}

/* Returns the last known point.  */
static struct point end_of(const struct point *points, unsigned n)
{
    while (n > 1 && !line_is_known(points[n - 1]))
        n--;
    return points[n - 1];
}

/* Marks points, but not those on a line that are very near the one before.  */
static void mark_points(FILE *out, const struct entry *e,
                        const struct point *points, unsigned n)
{
    double before = -MARK_ROOM;

    svg_path(out, "k");
    for (unsigned i = 0; i < n; i++) {
        bool joins = i > 0 && line_is_known(points[i - 1]);
        if (!line_is_known(points[i])
            || (joins && points[i].x - before < MARK_ROOM))
            continue;
        svg_mark(out, points[i].x, points[i].y, e->look);
        before = points[i].x;
    }
    svg_path_end(out);
}

static void draw_rates_of(const struct plot *plot, const struct entry *e,
                          const struct point *points)
{
    const struct picture *p = plot->p;
    unsigned n = p->group->n_cells;
    struct point end = end_of(points, n);

    picture_begin_entry(p, e);
    if (e->look == OTHER)
        line_draw(p->out, "hit", points, n);
    else
        draw_bands(plot, e, points);
    line_draw(p->out, "l", points, n);
    mark_points(p->out, e, points, n);
    if (e->look == OTHER)
        svg_text(p->out, "hint e", end.x - 4, end.y - 6, e->peer);
    picture_end_entry(p);
}

/* Returns how many CPUs there are; 0 if that is not known.  */
static unsigned count_cpus(const struct results *r)
{
    for (unsigned i = 0; i < r->n_facts; i++) {
        if (strcmp(r->facts[i].key, "CPUs") == 0)
            return (unsigned)strtoul(r->facts[i].value, NULL, 10);
    }
    return 0;
}

/* Draws where there begin to be more threads than CPUs.  */
static void draw_cpus(const struct plot *plot)
{
    unsigned cpus = count_cpus(plot->p->group->survey->r);
    double x = scale_at(&plot->x.scale, cpus);
    char text[32];

    if (cpus < plot->x.scale.low || cpus >= plot->x.scale.high)
        return;
    snprintf(text, sizeof text, "%u CPU%s \u2192 more threads", cpus,
             cpus == 1 ? "" : "s");
    svg_line(plot->p->out, "z",
             (struct box){x, lines_box.top, x, lines_box.bottom});
    svg_text(plot->p->out, "t", x + 5, lines_box.top + 11, text);
}

/* Thread counts have a tick each, as far as there is room.  */
static void draw_threads_axis(const struct plot *plot)
{
    const struct group *g = plot->p->group;
    FILE *out = plot->p->out;
    double last = g->cells[g->n_cells - 1]->shape.threads, before = -100;

    for (unsigned i = 0; i < g->n_cells; i++) {
        unsigned threads = g->cells[i]->shape.threads;
        double x = scale_at(&plot->x.scale, threads);
        char text[16];
        if (g->n_cells > MAX_TICKS && (threads & (threads - 1)) != 0)
            continue;
        if (x - before < 24
            || (threads < last && scale_at(&plot->x.scale, last) - x < 24))
            continue;
        snprintf(text, sizeof text, "%u", threads);
        svg_line(out, "x",
                 (struct box){x, lines_box.bottom, x, lines_box.bottom + 4});
        svg_text(out, "t m", x, lines_box.bottom + 18, text);
        before = x;
    }
    svg_line(out, "x",
             (struct box){lines_box.left, lines_box.bottom, lines_box.right,
                          lines_box.bottom});
    svg_text(out, "t m", (lines_box.left + lines_box.right) / 2,
             lines_box.bottom + 36, "threads (logarithmic)");
}

static void scale_rates(struct plot *plot)
{
    const struct group *g = plot->p->group;
    double most = 0;

    for (unsigned i = 0; i < g->n_entries; i++) {
        for (unsigned j = 0; j < g->n_cells; j++)
            most = fmax(most, entry_value(g, &g->entries[i], j, RATE).median);
    }
    plot->x.scale = (struct scale){g->cells[0]->shape.threads,
                                   g->cells[g->n_cells - 1]->shape.threads,
                                   lines_box.left + INSET,
                                   lines_box.right - INSET,
                                   true,
                                   0};
    plot->y = (struct axis){
        {0, most > 0 ? most : 1, lines_box.bottom, lines_box.top, false, 0},
        PER_SECOND,
        "operations a second, all threads together"};
    scale_round(&plot->y.scale);
}

void rates_draw(const struct picture *p)
{
    struct plot plot = {.p = p};
    const struct group *g = p->group;
    struct point *points = memory_new(g->n_cells, sizeof *points);
    struct label labels[LOOKS];
    unsigned n = 0, others = 0, level = 0;

    scale_rates(&plot);
    picture_begin(p, "Throughput against threads", LINES_HEIGHT);
    svg_y_axis(p->out, &plot.y, lines_box);
    draw_threads_axis(&plot);
    draw_cpus(&plot);
    for (const struct entry *e = NULL; (e = lines_layer(g, &level, e));) {
        struct point end;
        if (fill_rates(&plot, e, points) == 0)
            continue;
        draw_rates_of(&plot, e, points);
        end = end_of(points, g->n_cells);
        if (e->look == OTHER)
            others++;
        else
            labels[n++] = (struct label){e, end, end.y};
    }
    lines_label(p, labels, n, others);
    svg_end(p->out);
    free(points);
}
