/* page_deadlock.c -- the part of page.h on who waits for whom: a picture of the
   cycle, and sentences on all.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "explore/need.h"
#include "page.h"
#include "schedule.h"
#include "words.h"

/* Of the picture, in its own units.  */
enum { WIDTH = 460, NODE = 17, GAP = 7 };

struct point {
    double x, y;
};

static double height_of(int n)
{
    return n == 2 ? 130 : 300;
}

/* Returns where the i-th of n threads is: on a circle, and two side by
   side.  */
static struct point node_at(int i, int n)
{
    double angle = 2 * acos(-1) * i / n - acos(-1) * (n == 2 ? 1 : 0.5);
    double radius = n == 2 ? 130 : 95;

    return (struct point){WIDTH / 2.0 + radius * cos(angle),
                          height_of(n) / 2 + radius * sin(angle)};
}

static struct point between(struct point a, struct point b, double share)
{
    return (struct point){a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

static double distance(struct point a, struct point b)
{
    return hypot(b.x - a.x, b.y - a.y);
}

/* Returns the point that an arrow from a to b bends towards: aside, so that two
   arrows between the same threads do not meet.  */
static struct point bend(struct point a, struct point b)
{
    double aside = 46 / distance(a, b);
    struct point middle = between(a, b, 0.5);

    return (struct point){middle.x + (b.y - a.y) * aside,
                          middle.y - (b.x - a.x) * aside};
}

static void write_node(FILE *out, const struct story *s, int thread,
                       struct point at)
{
    fprintf(out,
            "<g class=\"c%d\"><circle cx=\"%.1f\" cy=\"%.1f\" r=\"%d\"/>"
            "<text x=\"%.1f\" y=\"%.1f\" class=\"node\">%c</text></g>\n",
            page_colour(s, thread), at.x, at.y, NODE, at.x, at.y + 5,
            schedule_letter(thread));
}

static void write_arrow(FILE *out, const struct story *s,
                        const struct wait *wait, struct point a, struct point b)
{
    struct point c = bend(a, b);
    struct point from = between(a, c, (NODE + 1) / distance(a, c));
    struct point to = between(b, c, (NODE + GAP) / distance(b, c));
    struct point label = between(between(a, b, 0.5), c, 0.5);

    fprintf(out,
            "<path d=\"M%.1f %.1fQ%.1f %.1f %.1f %.1f\" "
            "marker-end=\"url(#arrow)\"/>\n<text x=\"%.1f\" y=\"%.1f\">",
            from.x, from.y, c.x, c.y, to.x, to.y, label.x,
            label.y + (c.y < label.y ? -6 : 16));
    page_write_object(out, s, wait->step);
    fputs("</text>\n", out);
}

/* An arrow is from who waits to who has what it waits for.  */
static void write_picture(FILE *out, const struct story *s,
                          const struct deadlock *d)
{
    fprintf(out,
            "<svg class=\"cycle\" viewBox=\"0 0 %d %.0f\" role=\"img\" "
            "aria-label=\"who waits for whom\">\n<defs><marker id=\"arrow\" "
            "viewBox=\"0 0 8 8\" refX=\"4\" refY=\"4\" markerWidth=\"8\" "
            "markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/>"
            "</marker></defs>\n",
            WIDTH, height_of(d->cycle));
    for (int i = 0; i < d->cycle; i++)
        write_arrow(out, s, &d->waits[i], node_at(i, d->cycle),
                    node_at((i + 1) % d->cycle, d->cycle));
    for (int i = 0; i < d->cycle; i++)
        write_node(out, s, d->waits[i].thread, node_at(i, d->cycle));
    fputs("</svg>\n", out);
}

/* Where a thread waits for ever: the script marks the line.  */
static void write_wait(FILE *out, const struct story *s,
                       const struct wait *wait, bool in_cycle)
{
    const struct place *place = names_place(s->names, wait->step->pc);
    char *text;
    FILE *words = need_stream(&text);

    words_wait(s->names, &s->execution->trace, wait, words);
    fclose(words);
    fprintf(out, "<li%s data-t=\"%d\" data-f=\"%d\" data-l=\"%d\">",
            in_cycle ? " class=\"cycle\"" : "", wait->thread,
            page_source(s, place), place ? place->line : 0);
    page_escape(out, text);
    fputs("</li>\n", out);
    free(text);
}

void page_write_deadlock(FILE *out, const struct story *s)
{
    struct deadlock d = judge_deadlock(&s->execution->trace);

    if (d.cycle > 1) {
        fprintf(out, "<p>%d wait for one another:</p>\n", d.cycle);
        write_picture(out, s, &d);
    }
    fputs("<ul class=\"waits\">\n", out);
    for (int i = 0; i < d.n; i++)
        write_wait(out, s, &d.waits[i], i < d.cycle);
    fputs("</ul>\n", out);
}
