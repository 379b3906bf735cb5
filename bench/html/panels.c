/* panels.c -- see panels.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "html/panels.h"

#include <math.h>
#include <stdlib.h>

#include "memory.h"
#include "text/figure.h"

enum {
    TOP = 52,
    PITCH = 18,      /* of rows */
    BOTTOM = 42,     /* below the rows */
    GAP = 16,        /* between panels */
    VALUE_ROOM = 62, /* of the value behind a bar */
    RATIO_ROOM = 20, /* of the label of a ratio */
    FAR = 8,         /* a bar this many times the median one is cut off */
};

static struct interval value_of(const struct group *g, const struct panel *p,
                                const struct entry *e)
{
    struct interval x;

    if (p->kind == RATIOS)
        return entry_ratio(g, e, p->cell);
    x = entry_value(g, e, p->cell, p->metric);
    return (struct interval){x.median * p->factor, x.low * p->factor,
                             x.high * p->factor};
}

static struct interval part_of(const struct group *g, const struct panel *p,
                               const struct entry *e)
{
    struct panel of = *p;

    of.metric = p->part;
    return value_of(g, &of, e);
}

static bool is_more_better(const struct panel *p)
{
    return p->kind == RATIOS || metric_infos[p->metric].better > 0;
}

/* Returns what to sort by: the less, the higher up.  */
static double key_of(const struct panels *c, const struct entry *e)
{
    const struct panel *last = &c->all[c->n - 1];
    double value = value_of(c->p->group, last, e).median;
    if (isnan(value))
        return HUGE_VAL;
    return is_more_better(last) ? -value : value;
}

static void sort_rows(struct panels *c)
{
    const struct group *g = c->p->group;

    c->rows = memory_new(g->n_entries, sizeof *c->rows);
    for (unsigned i = 0; i < g->n_entries; i++) {
        const struct entry *e = &g->entries[i];
        unsigned j = c->n_rows++;
        for (; j > 0 && key_of(c, c->rows[j - 1]) > key_of(c, e); j--)
            c->rows[j] = c->rows[j - 1];
        c->rows[j] = e;
    }
}

/* Fills `values` with what is known in the panel, in ascending order.  Returns
   how many.  */
static unsigned collect(const struct panels *c, const struct panel *p,
                        double *values)
{
    unsigned n = 0;

    for (unsigned i = 0; i < c->n_rows; i++) {
        double value = value_of(c->p->group, p, c->rows[i]).median;
        unsigned j = n;
        if (isnan(value))
            continue;
        for (; j > 0 && values[j - 1] > value; j--)
            values[j] = values[j - 1];
        values[j] = value;
        n++;
    }
    return n;
}

/* Bars begin at 0.  A few that are very long do not make all others short:
   they are cut off.  */
static struct scale scale_of_bars(const struct panels *c, const struct panel *p)
{
    double *values = memory_new(c->n_rows, sizeof *values), most = 0;
    unsigned n = collect(c, p, values);
    double middle = n > 0 ? values[n / 2] : 0;

    while (n > 0 && values[n - 1] > FAR * middle && middle > 0)
        n--;
    if (n > 0)
        most = values[n - 1];
    if (p->axis.quantity == SHARE)
        most = fmax(most, 1);
    free(values);
    return (struct scale){
        0, most > 0 ? most : 1, p->box.left, p->box.right, false, 0};
}

/* Ratios of all panels are on one scale, which has 1 and little beyond 1/5 and
   5, or else near ones could not be told apart.  */
static struct scale scale_of_ratios(const struct panels *c)
{
    struct scale s = {0.8, 1.25, 0, 0, true, RATIO_ROOM};

    for (unsigned i = 0; i < c->n; i++) {
        const struct panel *p = &c->all[i];
        for (unsigned j = 0; j < c->n_rows && p->kind == RATIOS; j++) {
            struct interval x = value_of(c->p->group, p, c->rows[j]);
            s.low = fmin(s.low, x.median / 1.05);
            s.high = fmax(s.high, x.median * 1.05);
        }
    }
    s.low = fmax(s.low, 0.19);
    s.high = fmin(s.high, 5.3);
    return s;
}

/* Behind bars there is room for their values.  */
static void place_panels(struct panels *c)
{
    double width = (SVG_WIDTH - 12 - NAMES_WIDTH - GAP * (c->n - 1.0)) / c->n;
    struct scale ratios = scale_of_ratios(c);

    for (unsigned i = 0; i < c->n; i++) {
        struct panel *p = &c->all[i];
        double left = NAMES_WIDTH + i * (width + GAP);
        p->box = (struct box){left, TOP,
                              left + width - (p->kind == BARS ? VALUE_ROOM : 0),
                              TOP + c->n_rows * (double)PITCH};
        p->axis.scale = p->kind == RATIOS ? ratios : scale_of_bars(c, p);
        p->axis.scale.begin = p->box.left;
        p->axis.scale.end = p->box.right;
    }
}

static void share_scale(struct panels *c)
{
    double most = 0;

    for (unsigned i = 0; i < c->n; i++)
        most = fmax(most, c->all[i].axis.scale.high);
    for (unsigned i = 0; i < c->n; i++)
        c->all[i].axis.scale.high = most;
}

static bool is_beyond(const struct panel *p, struct interval x)
{
    const struct scale *s = &p->axis.scale;
    return (p->kind == RATIOS && x.median < s->low)
           || x.median > s->high * 1.0001;
}

/* Calls `part` for each panel in which the row has a value.  */
static void draw_path(const struct panels *c, const struct entry *e,
                      const char *class, double y,
                      void (*part)(FILE *, const struct panel *,
                                   struct interval, double))
{
    svg_path(c->p->out, class);
    for (unsigned i = 0; i < c->n; i++) {
        const struct panel *p = &c->all[i];
        struct interval x = value_of(c->p->group, p, e);
        if (!isnan(x.median))
            part(c->p->out, p, x, y);
    }
    svg_path_end(c->p->out);
}

/* A bar, with a slanted end if it is cut off; or the mark of a ratio.  */
static void draw_value(FILE *out, const struct panel *p, struct interval x,
                       double y)
{
    double end = scale_at(&p->axis.scale, x.median);
    double slant = is_beyond(p, x) ? 6 : 0;

    if (p->kind == BARS) {
        svg_span(out, y - 5, p->box.left, end);
        svg_pen(out, 'L', end - slant, y + 5);
        svg_pen(out, 'L', p->box.left, y + 5);
        putc('z', out);
    } else if (!is_beyond(p, x)) {
        svg_mark(out, end, y, OTHER);
    }
}

/* The part of each bar that is at its end, if it is known.  */
static void draw_parts(const struct panels *c, const struct entry *e, double y)
{
    svg_path(c->p->out, "part");
    for (unsigned i = 0; i < c->n; i++) {
        const struct panel *p = &c->all[i];
        struct interval all = value_of(c->p->group, p, e);
        double part = part_of(c->p->group, p, e).median;
        if (isnan(all.median) || !(part > 0) || is_beyond(p, all))
            continue;
        part = fmin(part, all.median);
        svg_span(c->p->out, y, scale_at(&p->axis.scale, all.median - part),
                 scale_at(&p->axis.scale, all.median));
    }
    svg_path_end(c->p->out);
}

static void draw_whisker(FILE *out, const struct panel *p, struct interval x,
                         double y)
{
    const struct scale *s = &p->axis.scale;
    if (!is_beyond(p, x) && x.high > x.low)
        svg_span(out, y, scale_at(s, x.low), scale_at(s, x.high));
}

static void write_value(FILE *out, const struct panel *p, struct interval x,
                        double y)
{
    const struct scale *s = &p->axis.scale;
    char text[UNITS_SIZE], label[UNITS_SIZE + 4];

    units_write(text, x.median, p->axis.quantity);
    if (p->kind == BARS) {
        double end = is_beyond(p, x) ? s->end : scale_at(s, x.high);
        svg_text(out, "t", fmax(end, scale_at(s, x.median)) + 4, y + 4, text);
    } else if (x.median < s->low) {
        snprintf(label, sizeof label, "\u2190 %s", text);
        svg_text(out, "y", s->begin, y + 4, label);
    } else if (x.median > s->high) {
        snprintf(label, sizeof label, "%s \u2192", text);
        svg_text(out, "y e", s->end, y + 4, label);
    }
}

static void write_missing(const struct panels *c, const struct panel *p,
                          const struct entry *e, double y)
{
    const struct contestant *who = entry_in(c->p->group, e, p->cell);

    svg_text(c->p->out, "t", p->box.left + 4, y + 4,
             who && who->fault ? "BROKEN"
             : who             ? "n/a"
                               : "takes no part");
}

/* What the mouse shows: the name, and the ratios with their intervals.  */
static void write_title(const struct panels *c, const struct entry *e)
{
    const char *between = ": ";

    fputs("<title>", c->p->out);
    svg_escape(c->p->out, e->peer);
    for (unsigned i = 0; i < c->n; i++) {
        struct interval x = value_of(c->p->group, &c->all[i], e);
        if (isnan(x.median) || c->all[i].kind != RATIOS)
            continue;
        fprintf(c->p->out, "%s%s", between, figure_interval(x).text);
        between = "; ";
    }
    fputs("</title>", c->p->out);
}

static void draw_row(const struct panels *c, const struct entry *e, double y)
{
    FILE *out = c->p->out;

    fprintf(out, "<g class=\"%s\">", look_classes[e->look]);
    write_title(c, e);
    picture_name_row(c->p, e, y + 4);
    if (c->all[c->n - 1].kind == RATIOS) {
        draw_path(c, e, "w", y, draw_whisker);
        draw_path(c, e, "dot", y, draw_value);
    } else {
        draw_path(c, e, "r", y, draw_value);
        if (c->all[0].part != RATE)
            draw_parts(c, e, y);
        draw_path(c, e, "rw", y, draw_whisker);
    }
    for (unsigned i = 0; i < c->n; i++) {
        struct interval x = value_of(c->p->group, &c->all[i], e);
        if (isnan(x.median))
            write_missing(c, &c->all[i], e, y);
        else
            write_value(out, &c->all[i], x, y);
    }
    fputs("</g>\n", out);
}

/* The shade is where the baseline's own ratio to itself was.  */
static void draw_noise(const struct panels *c, const struct panel *p)
{
    const struct group *g = c->p->group;
    double noise = survey_noise(g->survey, g->cells[p->cell]);
    double one = scale_at(&p->axis.scale, 1);

    if (!isnan(noise))
        svg_rect(c->p->out, "noise",
                 (struct box){scale_at(&p->axis.scale, 1 / noise), p->box.top,
                              scale_at(&p->axis.scale, noise), p->box.bottom});
    svg_line(c->p->out, "x", (struct box){one, p->box.top, one, p->box.bottom});
}

/* Thin lines lead from the names to the marks.  */
static void draw_guides(const struct panels *c, const struct panel *p)
{
    svg_path(c->p->out, "g");
    for (unsigned i = 0; i < c->n_rows; i++)
        svg_span(c->p->out, TOP + (i + 0.5) * PITCH, p->box.left, p->box.right);
    svg_path_end(c->p->out);
}

static void draw_frame(const struct panels *c, const struct panel *p)
{
    svg_text(c->p->out, "t", p->box.left, TOP - 10, p->title);
    svg_x_axis(c->p->out, &p->axis, p->box);
    if (p->kind == RATIOS) {
        draw_guides(c, p);
        draw_noise(c, p);
    }
}

void panels_draw(struct panels *c)
{
    sort_rows(c);
    place_panels(c);
    if (c->share_scale)
        share_scale(c);
    picture_begin(c->p, c->title, TOP + c->n_rows * (double)PITCH + BOTTOM);
    for (unsigned i = 0; i < c->n; i++)
        draw_frame(c, &c->all[i]);
    for (unsigned i = 0; i < c->n_rows; i++)
        draw_row(c, c->rows[i], TOP + (i + 0.5) * PITCH);
    svg_end(c->p->out);
    free(c->rows);
}

static void title_panel(struct panel *p, const struct group *g)
{
    unsigned threads = g->cells[p->cell]->shape.threads;
    snprintf(p->title, sizeof p->title, "%u thread%s", threads,
             threads == 1 ? "" : "s");
}

static bool has_any(const struct group *g, const struct panel *p)
{
    for (unsigned i = 0; i < g->n_entries; i++) {
        if (!isnan(value_of(g, p, &g->entries[i]).median))
            return true;
    }
    return false;
}

void panels_add(struct panels *c, struct panel like, unsigned most)
{
    const struct group *g = c->p->group;
    unsigned *cells = memory_new(g->n_cells, sizeof *cells), n = 0;
    unsigned shown;

    for (like.cell = 0; like.cell < g->n_cells; like.cell++) {
        if (has_any(g, &like))
            cells[n++] = like.cell;
    }
    shown = n < most ? n : most;
    for (unsigned i = 0; i < shown; i++) {
        like.cell = cells[shown > 1 ? i * (n - 1) / (shown - 1) : n - 1];
        title_panel(&like, g);
        c->all[c->n++] = like;
    }
    free(cells);
}
