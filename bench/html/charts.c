/* charts.c -- see charts.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "html/charts.h"

#include "html/rates.h"
#include "html/rows.h"
#include "html/strips.h"
#include "html/waits.h"

const struct chart charts[CHARTS] = {
    {"throughput",
     "Higher is better.  Shades are 95 % intervals.  Dashed is the baseline; "
     "grey are the others: point at one to see its name.",
     rates_apply, rates_draw},
    {"speed",
     "Longer is better.  Thin lines are 95 % intervals; bars with a cut "
     "are longer than there is room.",
     rows_have_rates, rows_draw_rates},
    {"ratio",
     "Right of 1 is faster than the baseline.  Lines are 95 % intervals; the "
     "shade is by how much the baseline differed from itself: what is within "
     "it shows nothing.  An arrow: farther out than there is room.",
     rows_have_ratios, rows_draw_ratios},
    {"waits",
     "How many waits were longer than the time below; lower and farther left "
     "is better.  Both axes are logarithmic.  Marks are the median, p99 and "
     "p99.9.",
     waits_apply, waits_draw},
    {"holders",
     "Acquisitions of one run in their order, 500 a line, like text; one "
     "colour a thread.  A long stretch of one colour: a thread that took it "
     "again and again while the others waited, or had no processor.",
     strips_apply, strips_draw},
    {"cpu",
     "Shorter is better: what all threads together used of the processors, "
     "also while they waited; the pale end is what the kernel used of it, "
     "which is known roughly.  Thin lines are 95 % intervals; bars with a cut "
     "are longer than there is room.",
     rows_have_cpu, rows_draw_cpu},
    {"beside",
     "Longer is better: the speed of compute threads beside the contest, "
     "as a share of their speed alone.",
     rows_have_beside, rows_draw_beside},
    {"wake", "Shorter is better: the time from the call that wakes all.",
     rows_have_wakes, rows_draw_wakes},
};

void chart_draw(const struct chart *c, const struct group *g, FILE *out,
                bool is_alone)
{
    struct picture p = {
        .group = g, .how = c->how, .out = out, .is_alone = is_alone};
    c->draw(&p);
}
