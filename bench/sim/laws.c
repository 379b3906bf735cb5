/* laws.c -- see laws.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "sim/laws.h"

#include <math.h>
#include <stdbool.h>

static const double tolerance = 0.05;

/* A line that falls is no law here, nor is one that is flat but for noise.  */
static const double least_slope = 0.02;

static bool fits(const struct law *l, const double *x, const double *y,
                 size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!(fabs(l->slope * x[i] + l->offset - y[i])
              <= tolerance * fabs(y[i])))
            return false;
    return true;
}

static struct law find_constant(const double *x, const double *y, size_t n)
{
    double least = y[0], most = y[0];

    for (size_t i = 1; i < n; i++) {
        least = fmin(least, y[i]);
        most = fmax(most, y[i]);
    }
    return (struct law){LAW_CONSTANT, 0, (least + most) / 2, x[0]};
}

/* Least squares of what the line is off, as a part of each y.  */
static struct law find_line(const double *x, const double *y, size_t n)
{
    double w = 0, wx = 0, wy = 0, wxx = 0, wxy = 0;
    struct law l = {LAW_LINEAR, 0, 0, x[0]};

    for (size_t i = 0; i < n; i++) {
        double weight = 1 / (y[i] * y[i]);
        w += weight;
        wx += weight * x[i];
        wy += weight * y[i];
        wxx += weight * x[i] * x[i];
        wxy += weight * x[i] * y[i];
    }
    l.slope = (w * wxy - wx * wy) / (w * wxx - wx * wx);
    l.offset = (wy - l.slope * wx) / w;
    return l;
}

struct law law_find(const double *x, const double *y, size_t n)
{
    for (size_t i = 0; i + LAW_POINTS <= n; i++) {
        struct law l = find_constant(&x[i], &y[i], n - i);
        if (fits(&l, &x[i], &y[i], n - i))
            return l;
        l = find_line(&x[i], &y[i], n - i);
        if (l.slope > least_slope && fits(&l, &x[i], &y[i], n - i))
            return l;
    }
    return (struct law){LAW_NONE, 0, 0, 0};
}

static int sign(double x)
{
    return (x > 0) - (x < 0);
}

double law_kendall(const double *x, const double *y, size_t n)
{
    double agreeing = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            agreeing += sign(x[i] - x[k]) * sign(y[i] - y[k]);
    return n < 2 ? (double)NAN : agreeing / ((double)n * (double)(n - 1) / 2);
}
