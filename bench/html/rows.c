/* rows.c -- see rows.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "html/rows.h"

#include "html/panels.h"

enum { BAR_PANELS = 3 }; /* more leave the bars too short */

static const struct panel ratio_panel = {
    .kind = RATIOS,
    .axis = {.quantity = FACTOR, .title = "times as fast"},
};

static const struct panel rate_panel = {
    .kind = BARS,
    .metric = RATE,
    .factor = 1,
    .axis = {.quantity = PER_SECOND, .title = "operations a second"},
};

/* Seconds of a million operations are microseconds of one.  */
static const struct panel cpu_panel = {
    .kind = BARS,
    .metric = CPU,
    .part = KERNEL,
    .factor = 1e3,
    .axis = {.quantity = NANOSECONDS, .title = "for an operation"},
};

static const struct panel beside_panel = {
    .kind = BARS,
    .metric = BESIDE,
    .factor = 1,
    .axis = {.quantity = SHARE, .title = "of its speed alone"},
};

static const struct panel wake_panel = {
    .kind = BARS,
    .factor = 1,
    .axis = {.quantity = NANOSECONDS, .title = "since the call"},
};

bool rows_have_ratios(const struct group *g)
{
    for (unsigned i = 0; i < g->n_entries; i++) {
        for (unsigned k = 0; k < g->n_cells; k++) {
            if (entry_judged(g, &g->entries[i], k))
                return true;
        }
    }
    return false;
}

void rows_draw_ratios(const struct picture *p)
{
    char title[80];
    struct panels c = {.p = p, .title = title};

    snprintf(title, sizeof title, "Speed against that of %.40s",
             group_baseline(p->group));
    panels_add(&c, ratio_panel, MAX_PANELS);
    panels_draw(&c);
}

bool rows_have_rates(const struct group *g)
{
    return group_knows(g, RATE) && (g->n_cells == 1 || !rows_have_ratios(g));
}

void rows_draw_rates(const struct picture *p)
{
    struct panels c = {.p = p, .title = "Speed"};
    panels_add(&c, rate_panel, BAR_PANELS);
    panels_draw(&c);
}

bool rows_have_cpu(const struct group *g)
{
    return group_knows(g, CPU);
}

void rows_draw_cpu(const struct picture *p)
{
    struct panels c = {.p = p, .title = "Processor time"};
    panels_add(&c, cpu_panel, BAR_PANELS);
    panels_draw(&c);
}

bool rows_have_beside(const struct group *g)
{
    return group_knows(g, BESIDE);
}

void rows_draw_beside(const struct picture *p)
{
    struct panels c = {.p = p, .title = "What a bystander kept"};
    panels_add(&c, beside_panel, BAR_PANELS);
    panels_draw(&c);
}

bool rows_have_wakes(const struct group *g)
{
    return group_knows(g, WAKE_FIRST);
}

static unsigned last_with_wakes(const struct group *g)
{
    unsigned cell = g->n_cells - 1;
    while (cell > 0 && !group_knows_in(g, cell, WAKE_FIRST))
        cell--;
    return cell;
}

void rows_draw_wakes(const struct picture *p)
{
    static const char *const titles[] = {"until the first", "until half",
                                         "until the last"};
    unsigned cell = last_with_wakes(p->group);
    char title[64];
    struct panels c = {.p = p, .title = title, .share_scale = true};

    snprintf(title, sizeof title, "Until the woken have run, %u threads",
             p->group->cells[cell]->shape.threads);
    for (; c.n < sizeof titles / sizeof *titles; c.n++) {
        struct panel *panel = &c.all[c.n];
        *panel = wake_panel;
        panel->cell = cell;
        panel->metric = (enum metric)(WAKE_FIRST + c.n);
        snprintf(panel->title, sizeof panel->title, "%s", titles[c.n]);
    }
    panels_draw(&c);
}
