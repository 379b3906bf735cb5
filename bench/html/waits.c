/* waits.c -- see waits.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "html/waits.h"

#include <math.h>

#include "html/lines.h"

struct plot {
    const struct picture *p;
    struct axis x, y;
    unsigned cell; /* whose waits are shown */
};

/* Returns the waits of an entry; NULL if it has none.  */
static const struct histogram *waits_of(const struct group *g,
                                        const struct entry *e, unsigned cell)
{
    const struct contestant *c = entry_in(g, e, cell);
    if (!c || c->fault || histogram_total(&c->waits) == 0)
        return NULL;
    return &c->waits;
}

/* Returns the last cell in which waits are known; n_cells if none.  */
static unsigned find_waits(const struct group *g)
{
    for (unsigned cell = g->n_cells; cell-- > 0;) {
        for (unsigned i = 0; i < g->n_entries; i++) {
            if (waits_of(g, &g->entries[i], cell))
                return cell;
        }
    }
    return g->n_cells;
}

bool waits_apply(const struct group *g)
{
    return find_waits(g) < g->n_cells;
}

/* Widens the scales so that all waits of h are within.  */
static void fit_waits(struct plot *plot, const struct histogram *h)
{
    struct scale *x = &plot->x.scale, *y = &plot->y.scale;
    unsigned first = 0, last = HISTOGRAM_BUCKETS - 1;

    while (h->counts[first] == 0)
        first++;
    while (h->counts[last] == 0)
        last--;
    x->low = fmin(x->low, fmax((double)histogram_floor(first), 1));
    x->high = fmax(x->high, (double)histogram_floor(last + 1));
    y->low = fmin(y->low, 1 / (double)histogram_total(h));
}

static void scale_waits(struct plot *plot)
{
    const struct group *g = plot->p->group;
    const char *waiting = g->cells[plot->cell]->waiting;

    plot->x =
        (struct axis){{HUGE_VAL, 10, lines_box.left, lines_box.right, true, 0},
                      NANOSECONDS,
                      waiting ? waiting : "time waited"};
    plot->y = (struct axis){{0.1, 1, lines_box.bottom, lines_box.top, true, 0},
                            SHARE,
                            "share of the waits that were longer"};
    for (unsigned i = 0; i < g->n_entries; i++) {
        const struct histogram *h = waits_of(g, &g->entries[i], plot->cell);
        if (h)
            fit_waits(plot, h);
    }
    scale_round(&plot->x.scale);
    plot->y.scale.low = pow(10, floor(log10(plot->y.scale.low)));
}

/* Fills in how many waits were longer than the end of each bucket.  Returns how
   many points.  */
static unsigned fill_waits(const struct plot *plot, const struct histogram *h,
                           struct point *points)
{
    double total = (double)histogram_total(h), rest = total;
    unsigned first = 0, n = 1;

    while (h->counts[first] == 0)
        first++;
    points[0] = (struct point){
        scale_at(&plot->x.scale, fmax((double)histogram_floor(first), 1)),
        lines_box.top};
    for (unsigned i = first; i < HISTOGRAM_BUCKETS && rest > 0; i++) {
        rest -= (double)h->counts[i];
        points[n++] = (struct point){
            scale_at(&plot->x.scale, (double)histogram_floor(i + 1)),
            rest > 0 ? scale_at(&plot->y.scale, rest / total)
                     : lines_box.bottom};
    }
    return n;
}

/* Returns how far b is from the line through a and c.  */
static double distance(struct point a, struct point b, struct point c)
{
    double x = c.x - a.x, y = c.y - a.y;
    return fabs(x * (b.y - a.y) - y * (b.x - a.x)) / fmax(hypot(x, y), 1e-9);
}

/* Makes gaps of the points between the first and the last that are not needed
   to see the line (Douglas and Peucker, 1973).  */
static void simplify(struct point *points, unsigned first, unsigned last)
{
    unsigned farthest = first;
    double most = 0.7;

    for (unsigned i = first + 1; i < last; i++) {
        double d = distance(points[first], points[i], points[last]);
        if (d > most) {
            most = d;
            farthest = i;
        }
    }
    if (farthest > first) {
        simplify(points, first, farthest);
        simplify(points, farthest, last);
        return;
    }
    for (unsigned i = first + 1; i < last; i++)
        points[i].y = (double)NAN;
}

static unsigned drop_gaps(struct point *points, unsigned n)
{
    unsigned kept = 0;

    simplify(points, 0, n - 1);
    for (unsigned i = 0; i < n; i++) {
        if (line_is_known(points[i]))
            points[kept++] = points[i];
    }
    return kept;
}

static void mark_quantiles(const struct plot *plot, const struct entry *e,
                           const struct histogram *h)
{
    static const double shares[] = {0.5, 0.99, 0.999};

    svg_path(plot->p->out, "k");
    for (unsigned i = 0; i < sizeof shares / sizeof *shares; i++) {
        double ns = histogram_quantile(h, shares[i]);
        if (!isnan(ns))
            svg_mark(plot->p->out, scale_at(&plot->x.scale, ns),
                     scale_at(&plot->y.scale, 1 - shares[i]), e->look);
    }
    svg_path_end(plot->p->out);
}

static void draw_waits_of(const struct plot *plot, const struct entry *e,
                          const struct histogram *h)
{
    const struct picture *p = plot->p;
    struct point points[HISTOGRAM_BUCKETS + 1];
    unsigned n = drop_gaps(points, fill_waits(plot, h, points));

    picture_begin_entry(p, e);
    line_draw(p->out, "l", points, n);
    if (e->look == OTHER)
        svg_text(p->out, "hint e", points[n / 2].x - 4, points[n / 2].y,
                 e->peer);
    else
        mark_quantiles(plot, e, h);
    picture_end_entry(p);
}

static void draw_all_waits(const struct plot *plot)
{
    const struct group *g = plot->p->group;
    struct label labels[LOOKS];
    unsigned n = 0, others = 0, level = 0;

    for (const struct entry *e = NULL; (e = lines_layer(g, &level, e));) {
        const struct histogram *h = waits_of(g, e, plot->cell);
        if (!h)
            continue;
        draw_waits_of(plot, e, h);
        if (e->look == OTHER)
            others++;
        else
            labels[n++] = (struct label){e,
                                         {0, (double)NAN},
                                         lines_box.top + 8
                                             + (double)e->look / (double)LOOKS};
    }
    lines_label(plot->p, labels, n, others);
}

void waits_draw(const struct picture *p)
{
    struct plot plot = {.p = p, .cell = find_waits(p->group)};
    unsigned threads = p->group->cells[plot.cell]->shape.threads;
    char title[64];

    snprintf(title, sizeof title, "Waits, %u thread%s", threads,
             threads == 1 ? "" : "s");
    scale_waits(&plot);
    picture_begin(p, title, LINES_HEIGHT);
    svg_y_axis(p->out, &plot.y, lines_box);
    svg_x_axis(p->out, &plot.x, lines_box);
    draw_all_waits(&plot);
    svg_end(p->out);
}
