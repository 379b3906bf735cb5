/* deadline.c -- the only place that reads, adds, compares or converts time.

   A deadline is ns on CLOCK_MONOTONIC: INT64_MAX is never, and what is 0 or
   less has always passed, the clock counting from the start of the machine.
   Every sum saturates at never.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "clock.h"

extern inline il_deadline il_never(void);

#define NS_PER_S INT64_C(1000000000)

static const int64_t never = INT64_MAX;

/* a + b, or the end of the range that it would pass.  */
static int64_t add(int64_t a, int64_t b)
{
    int64_t sum;
    if (__builtin_add_overflow(a, b, &sum))
        return b < 0 ? INT64_MIN : INT64_MAX;
    return sum;
}

/* t in ns, saturating.  */
static int64_t from_timespec(const struct timespec *t)
{
    int64_t ns;
    if (__builtin_mul_overflow((int64_t)t->tv_sec, NS_PER_S, &ns))
        return t->tv_sec < 0 ? INT64_MIN : INT64_MAX;
    return add(ns, t->tv_nsec);
}

static int64_t now_on(clockid_t clock)
{
    struct timespec t = {0, 0};
    clock_gettime(clock, &t);
    return from_timespec(&t);
}

static int64_t now(void)
{
    return now_on(CLOCK_MONOTONIC);
}

il_deadline il_after(int64_t ns)
{
    return (il_deadline){ns <= 0 ? 0 : add(now(), ns)};
}

int64_t il_remaining(il_deadline until)
{
    int64_t left;
    if (until.il_ns == never)
        return never;
    if (until.il_ns <= 0)
        return 0;
    left = until.il_ns - now();
    return left > 0 ? left : 0;
}

bool il__deadline_passed(il_deadline until)
{
    return il_remaining(until) == 0;
}

struct timespec_64 il__deadline_to_timespec_64(il_deadline until)
{
    int64_t ns = until.il_ns > 0 ? until.il_ns : 0;
    return (struct timespec_64){ns / NS_PER_S, ns % NS_PER_S};
}

struct timespec il__deadline_to_timespec(il_deadline until)
{
    struct timespec_64 wide = il__deadline_to_timespec_64(until);
    struct timespec t = {(time_t)wide.tv_sec, (long)wide.tv_nsec};
    if (t.tv_sec != wide.tv_sec)
        t.tv_sec = INT32_MAX;
    return t;
}

/* Whether `clock` counts the time that passes outside too.  */
static bool counts_real_time(clockid_t clock)
{
    switch (clock) {
    case CLOCK_MONOTONIC:
    case CLOCK_REALTIME:
#ifdef CLOCK_BOOTTIME
    case CLOCK_BOOTTIME:
#endif
#ifdef CLOCK_TAI
    case CLOCK_TAI:
#endif
#ifdef CLOCK_MONOTONIC_RAW
    case CLOCK_MONOTONIC_RAW:
#endif
#ifdef CLOCK_MONOTONIC_COARSE
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_REALTIME_COARSE:
#endif
        return true;
    default:
        return false;
    }
}

/* The same point on CLOCK_MONOTONIC.  `clock` is read before CLOCK_MONOTONIC:
   what passes in between makes the deadline later, never too early.  */
static int64_t to_monotonic(clockid_t clock, int64_t point)
{
    int64_t distance = add(point, -now_on(clock));
    if (point == never)
        return never;
    return distance <= 0 ? 0 : add(now(), distance);
}

/* Whether the system at hand has the clock too.  */
static bool is_there(clockid_t clock)
{
    struct timespec t;
    int saved = errno;
    bool there = clock_gettime(clock, &t) == 0;
    errno = saved;
    return there;
}

int il_at(clockid_t clock, const struct timespec *time, il_deadline *deadline)
{
    int64_t point;
    if (!counts_real_time(clock) || time->tv_nsec < 0
        || time->tv_nsec >= NS_PER_S || !is_there(clock))
        return EINVAL;
    point = from_timespec(time);
    if (clock != CLOCK_MONOTONIC)
        point = to_monotonic(clock, point);
    deadline->il_ns = point < 0 ? 0 : point;
    return 0;
}
