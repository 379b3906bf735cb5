/* figure.c -- see figure.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "text/figure.h"

#include <math.h>
#include <stdio.h>

enum { UNITS = 5 };

/* Each is 1000 times the one before.  */
static const char *const sizes[UNITS] = {"", "k", "M", "G", "T"};
static const char *const times[UNITS] = {"ns", "us", "ms", "s", "ks"};

/* Returns how many of three digits come after the point.  */
static int decimals(double x)
{
    return x < 9.995 ? 2 : x < 99.95 ? 1 : 0;
}

/* Where even the largest unit leaves more than three digits, nobody needs to
   know how many.  */
static struct figure scale(double x, const char *const *units, const char *gap)
{
    struct figure f = {"n/a"};
    int i = 0;

    if (isnan(x))
        return f;
    while (x >= 999.5 && i < UNITS - 1) {
        x /= 1000;
        i++;
    }
    if (x >= 999.5)
        snprintf(f.text, sizeof f.text, ">999%s%s", gap, units[i]);
    else
        snprintf(f.text, sizeof f.text, "%.*f%s%s", decimals(x), x, gap,
                 units[i]);
    return f;
}

/* Two decimals leave of a small number too few digits.  */
struct figure figure_count(double x)
{
    struct figure f;

    if (!(fabs(x) < 0.0995) || fpclassify(x) == FP_ZERO)
        return scale(x, sizes, "");
    if (x >= 0.0005)
        snprintf(f.text, sizeof f.text, "%.3f", x);
    else
        snprintf(f.text, sizeof f.text, "%.0e", x);
    return f;
}

struct figure figure_time(double ns)
{
    return scale(ns, times, "");
}

struct figure figure_spaced_time(double ns)
{
    return scale(ns, times, " ");
}

struct figure figure_share(double x)
{
    struct figure f = {"n/a"};
    double percent = x * 100;

    if (!isnan(x))
        snprintf(f.text, sizeof f.text, "%s%.*f%%", percent > 999 ? ">" : "",
                 percent < 9.95 ? 1 : 0, percent < 999 ? percent : 999);
    return f;
}

struct figure figure_ends(struct interval x)
{
    struct figure f = {""};

    if (!isnan(x.low) && !isnan(x.high))
        snprintf(f.text, sizeof f.text, "[%.7s,%.7s]", figure_count(x.low).text,
                 figure_count(x.high).text);
    return f;
}

struct figure figure_interval(struct interval x)
{
    struct figure f;

    snprintf(f.text, sizeof f.text, "%.7s %.15s", figure_count(x.median).text,
             figure_ends(x).text);
    return f;
}

struct figure figure_of(enum metric m, double x)
{
    static struct figure (*const formats[METRICS])(double x) = {
        [RATE] = figure_count,       [HANDOVER] = figure_share,
        [WAIT_MEAN] = figure_time,   [WAIT_P50] = figure_time,
        [WAIT_P99] = figure_time,    [WAIT_P999] = figure_time,
        [WAIT_MAX] = figure_time,    [IDLE] = figure_share,
        [IDLE_MAX] = figure_time,    [JAIN] = figure_count,
        [JAIN_SHORT] = figure_count, [BYPASS] = figure_count,
        [CPU] = figure_count,        [SWITCHES] = figure_count,
        [KERNEL] = figure_count,     [FUTEXES] = figure_count,
        [BESIDE] = figure_share,     [WAKE_FIRST] = figure_time,
        [WAKE_MEDIAN] = figure_time, [WAKE_LAST] = figure_time,
        [WAKES] = figure_count,
    };
    return formats[m](x);
}
