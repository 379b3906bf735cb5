/* units.c -- see units.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "html/units.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const enum quantity metric_quantities[METRICS] = {
    [RATE] = PER_SECOND,
    [HANDOVER] = SHARE,
    [WAIT_MEAN] = NANOSECONDS,
    [WAIT_P50] = NANOSECONDS,
    [WAIT_P99] = NANOSECONDS,
    [WAIT_P999] = NANOSECONDS,
    [WAIT_MAX] = NANOSECONDS,
    [IDLE] = SHARE,
    [IDLE_MAX] = NANOSECONDS,
    [JAIN] = FACTOR,
    [JAIN_SHORT] = FACTOR,
    [BYPASS] = COUNT,
    [CPU] = COUNT,
    [KERNEL] = COUNT,
    [SWITCHES] = COUNT,
    [FUTEXES] = COUNT,
    [BESIDE] = SHARE,
    [WAKE_FIRST] = NANOSECONDS,
    [WAKE_MEDIAN] = NANOSECONDS,
    [WAKE_LAST] = NANOSECONDS,
    [WAKES] = COUNT,
};

struct unit {
    double size;
    const char *name; /* with the space before it */
};

static const struct unit rates[] = {
    {1, " /s"}, {1e3, " k/s"}, {1e6, " M/s"}, {1e9, " G/s"}, {0, NULL}};
static const struct unit times[] = {
    {1, " ns"}, {1e3, " \u00b5s"}, {1e6, " ms"}, {1e9, " s"}, {0, NULL}};
static const struct unit shares[] = {{0.01, " %"}, {0, NULL}};
static const struct unit factors[] = {{1, ""}, {0, NULL}};
static const struct unit counts[] = {
    {1, ""}, {1e3, " k"}, {1e6, " M"}, {1e9, " G"}, {0, NULL}};

static const struct unit *const units[] = {
    [PER_SECOND] = rates, [NANOSECONDS] = times, [SHARE] = shares,
    [FACTOR] = factors,   [COUNT] = counts,
};

/* Returns the largest unit that there is at least one of; 999.6 is one of the
   next unit, since three digits make it 1000.  */
static struct unit unit_of(double value, enum quantity q)
{
    const struct unit *u = units[q];
    while (u[1].name && fabs(value) >= u[1].size * 0.9995)
        u++;
    return *u;
}

/* Writes three digits, or as many as it has before the point.  */
static void write_digits(char text[UNITS_SIZE], double value)
{
    double size = fabs(value);
    int decimals = size < 9.995 ? 2 : size < 99.95 ? 1 : 0;

    if (size < 0.0995 && size >= 0.00095)
        decimals = 3;
    if (size < 0.00095 && fpclassify(size) != FP_ZERO)
        snprintf(text, UNITS_SIZE, "%.1g", value);
    else
        snprintf(text, UNITS_SIZE, "%.*f", decimals, value);
}

/* Drops zeros at the end behind the point.  */
static void trim(char *text)
{
    size_t n = strlen(text);

    if (!strchr(text, '.'))
        return;
    while (text[n - 1] == '0')
        n--;
    if (text[n - 1] == '.')
        n--;
    text[n] = '\0';
}

static void add_unit(char text[UNITS_SIZE], struct unit u)
{
    size_t n = strlen(text);
    snprintf(text + n, UNITS_SIZE - n, "%s", u.name);
}

void units_write(char text[UNITS_SIZE], double value, enum quantity q)
{
    struct unit u = unit_of(value, q);

    if (isnan(value)) {
        snprintf(text, UNITS_SIZE, "n/a");
        return;
    }
    write_digits(text, value / u.size);
    add_unit(text, u);
}

void units_write_round(char text[UNITS_SIZE], double value, enum quantity q)
{
    struct unit u = unit_of(value, q);

    write_digits(text, value / u.size);
    trim(text);
    add_unit(text, u);
}

void units_write_ends(char text[UNITS_SIZE], struct interval x, enum quantity q)
{
    struct unit u = unit_of(x.median, q);
    char low[UNITS_SIZE], high[UNITS_SIZE];

    text[0] = '\0';
    if (isnan(x.low) || isnan(x.high))
        return;
    write_digits(low, x.low / u.size);
    write_digits(high, x.high / u.size);
    if (strcmp(low, high) != 0)
        snprintf(text, UNITS_SIZE, "%.20s\u2013%.20s", low, high);
}
