/* turns.c -- what the loop of templates/lock.h asks for, on simulated cores: a
   section writes some lines, and works, and so does a core outside.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "sim/turns.h"

struct turns turns;

static struct {
    ON_ITS_LINE char bytes[LINE];
} lines[SIM_LINES_MOST];

void turns_begin(const struct turns_settings *s)
{
    turns = (struct turns){.settings = *s, .holder = -1, .last = -1};
}

static struct turns_mark mark(void)
{
    return (struct turns_mark){simulation_counts(), simulation_now(),
                               turns.handovers};
}

static bool is_over(void)
{
    return turns.had >= turns.settings.warm_up + turns.settings.counted;
}

/* A turn is over.  */
static void count(unsigned core)
{
    if (turns.had >= turns.settings.warm_up && !is_over())
        turns.by[core]++;
    turns.had++;
    if (turns.had == turns.settings.warm_up)
        turns.begin = mark();
    if (is_over() && turns.end.at == 0)
        turns.end = mark();
}

/* A fixed time lets the cores fall into a rhythm that no program has.  */
static void work_outside(struct worker *w)
{
    simulation_work(random_below(&w->seed, 2 * turns.settings.ncs + 1));
}

int turn_next(struct worker *w)
{
    if (w->began) {
        count(w->index);
        work_outside(w);
    }
    w->began = true;
    return is_over() ? -1 : 0;
}

/* Nobody else runs between two accesses of a core, so that no care is needed
   to find two in here.  */
void turn_inside(struct worker *w, int lock)
{
    int me = (int)w->index;

    (void)lock;
    turns.was_violated |= turns.holder >= 0;
    turns.holder = me;
    turns.handovers += turns.last != me;
    turns.last = me;
    for (unsigned i = 0; i < turns.settings.lines; i++)
        simulation_write(&lines[i]);
    simulation_work(turns.settings.cs);
    turns.was_violated |= turns.holder != me;
    turns.holder = -1;
}

/* The other loops are not simulated.  */

bool bank_next(struct worker *w, struct held *held)
{
    (void)w, (void)held;
    return false;
}

void bank_inside(struct worker *w, const struct held *held)
{
    (void)w, (void)held;
}
