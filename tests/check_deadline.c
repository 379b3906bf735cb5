/* check_deadline.c -- points in time: deadline.h and clock.h.

   SPDX-License-Identifier: MIT */

#include <interlock.h>

#include "clock.h"
#include "support/suite.h"
#include "support/thread.h"

#include <limits.h>
#include <string.h>

static const il_deadline zero = {0};
static const struct timespec origin = {0, 0};

/* That these are constant expressions is a test too.  */
static const struct {
    int64_t made;
    int64_t ns;
} scaled[] = {
    {IL_US(0), 0},
    {IL_US(1), 1000},
    {IL_US(-1), -1000},
    {IL_MS(1), 1000000},
    {IL_MS(-250), -250000000},
    {IL_SEC(1), 1000000000},
    {IL_SEC(UINT32_MAX), INT64_C(4294967295000000000)},
    {IL_SEC(9223372036), INT64_C(9223372036000000000)},
    {IL_SEC(9223372037), INT64_MAX},
    {IL_SEC(-9223372036), INT64_C(-9223372036000000000)},
    {IL_SEC(-9223372037), INT64_MIN},
    {IL_MS(INT64_MAX / 1000000), INT64_MAX / 1000000 * 1000000},
    {IL_MS(INT64_MAX / 1000000 + 1), INT64_MAX},
    {IL_MS(INT64_MIN / 1000000 - 1), INT64_MIN},
    {IL_US(INT64_MAX / 1000), INT64_MAX / 1000 * 1000},
    {IL_US(INT64_MAX / 1000 + 1), INT64_MAX},
    {IL_US(INT64_MIN / 1000 - 1), INT64_MIN},
    {IL_US(INT64_MAX), INT64_MAX},
    {IL_MS(INT64_MAX), INT64_MAX},
    {IL_SEC(INT64_MAX), INT64_MAX},
    {IL_US(INT64_MIN), INT64_MIN},
    {IL_MS(INT64_MIN), INT64_MIN},
    {IL_SEC(INT64_MIN), INT64_MIN},
};

START_TEST(units_make_constants_that_saturate)
{
    for (size_t i = 0; i < sizeof scaled / sizeof *scaled; i++)
        ck_assert_msg(scaled[i].made == scaled[i].ns, "row %zu", i);
}
END_TEST

START_TEST(units_take_variables)
{
    int64_t few = -3, many = INT64_C(1) << 40;

    ck_assert_int_eq(IL_MS(few), -3000000);
    ck_assert_int_eq(IL_US(many), INT64_C(1099511627776000));
    ck_assert_int_eq(IL_SEC(many), INT64_MAX);
    ck_assert_int_eq(IL_SEC(-many), INT64_MIN);
}
END_TEST

START_TEST(after_lies_that_far_from_now)
{
    int64_t before = test_now();
    il_deadline d = il_after(IL_SEC(10));
    int64_t after = test_now();

    ck_assert_int_ge(d.il_ns, before + IL_SEC(10));
    ck_assert_int_le(d.il_ns, after + IL_SEC(10));
}
END_TEST

START_TEST(after_nothing_or_less_has_passed)
{
    ck_assert_int_eq(il_remaining(il_after(0)), 0);
    ck_assert_int_eq(il_remaining(il_after(-1)), 0);
    ck_assert_int_eq(il_remaining(il_after(INT64_MIN)), 0);
}
END_TEST

START_TEST(after_too_long_is_never)
{
    ck_assert_int_eq(il_after(INT64_MAX).il_ns, il_never().il_ns);
    ck_assert_int_eq(il_after(INT64_MAX - 1).il_ns, il_never().il_ns);
    ck_assert_int_eq(il_after(INT64_MAX - test_now()).il_ns, il_never().il_ns);
}
END_TEST

START_TEST(remaining_tells_what_is_left)
{
    il_deadline d = il_after(IL_SEC(100));
    int64_t before = test_now();
    int64_t left = il_remaining(d);
    int64_t after = test_now();

    ck_assert_int_le(left, d.il_ns - before);
    ck_assert_int_ge(left, d.il_ns - after);
}
END_TEST

START_TEST(remaining_of_a_passed_deadline_is_0)
{
    il_deadline just = il_after(1);

    await(test_now() > just.il_ns);
    ck_assert_int_eq(il_remaining(just), 0);
    ck_assert_int_eq(il_remaining(zero), 0);
    ck_assert_int_eq(il_remaining((il_deadline){-1}), 0);
    ck_assert_int_eq(il_remaining((il_deadline){INT64_MIN}), 0);
}
END_TEST

START_TEST(remaining_of_never_is_the_largest)
{
    ck_assert_int_eq(il_remaining(il_never()), INT64_MAX);
}
END_TEST

START_TEST(remaining_of_the_last_deadline_is_less_than_of_never)
{
    int64_t left = il_remaining((il_deadline){INT64_MAX - 1});
    ck_assert_int_lt(left, INT64_MAX);
    ck_assert_int_gt(left, INT64_MAX / 2);
}
END_TEST

static const clockid_t clocks[] = {
    CLOCK_MONOTONIC,
    CLOCK_REALTIME,
#ifdef CLOCK_BOOTTIME
    CLOCK_BOOTTIME,
#endif
#ifdef CLOCK_TAI
    CLOCK_TAI,
#endif
#ifdef CLOCK_MONOTONIC_RAW
    CLOCK_MONOTONIC_RAW,
#endif
#ifdef CLOCK_MONOTONIC_COARSE
    CLOCK_MONOTONIC_COARSE,
    CLOCK_REALTIME_COARSE,
#endif
};
enum { CLOCKS = sizeof clocks / sizeof *clocks };

START_TEST(at_keeps_the_distance_on_every_clock)
{
    /* More than the tick of a coarse clock.  */
    const int64_t tick = IL_MS(20);

    for (int i = 0; i < CLOCKS; i++) {
        struct timespec t;
        il_deadline d = zero;
        int64_t before = test_now(), after;
        ck_assert_int_eq(clock_gettime(clocks[i], &t), 0);
        t.tv_sec += 10;
        ck_assert_int_eq(il_at(clocks[i], &t, &d), 0);
        after = test_now();
        ck_assert_int_ge(d.il_ns, before + IL_SEC(10) - tick);
        ck_assert_int_le(d.il_ns, after + IL_SEC(10) + tick);
    }
}
END_TEST

START_TEST(at_of_the_monotonic_clock_is_exact)
{
    il_deadline d = zero;
    struct timespec t = {.tv_sec = 3, .tv_nsec = 999999999};

    ck_assert_int_eq(il_at(CLOCK_MONOTONIC, &t, &d), 0);
    ck_assert_int_eq(d.il_ns, INT64_C(3999999999));
    ck_assert_int_eq(il_at(CLOCK_MONOTONIC, &origin, &d), 0);
    ck_assert_int_eq(d.il_ns, 0);
}
END_TEST

START_TEST(at_a_time_before_now_has_passed)
{
    for (int i = 0; i < CLOCKS; i++) {
        il_deadline d = il_never();
        struct timespec t;
        ck_assert_int_eq(clock_gettime(clocks[i], &t), 0);
        t.tv_sec -= 1;
        ck_assert_int_eq(il_at(clocks[i], &t, &d), 0);
        ck_assert_int_eq(il_remaining(d), 0);
    }
}
END_TEST

/* The end of time_t, whatever its width.  */
static time_t last_second(void)
{
    return (time_t)(sizeof(time_t) > 4 ? INT64_MAX : INT32_MAX);
}

START_TEST(at_a_negative_time_has_passed)
{
    const time_t seconds[] = {-1, -1000000, -last_second(), -last_second() - 1};

    for (int i = 0; i < CLOCKS; i++)
        for (int j = 0; j < 4; j++) {
            il_deadline d = il_never();
            struct timespec t = {.tv_sec = seconds[j], .tv_nsec = 5};
            ck_assert_int_eq(il_at(clocks[i], &t, &d), 0);
            ck_assert_int_eq(il_remaining(d), 0);
        }
}
END_TEST

START_TEST(at_the_end_of_time_is_far_away)
{
    for (int i = 0; i < CLOCKS; i++) {
        il_deadline d = zero;
        struct timespec t = {.tv_sec = last_second(), .tv_nsec = 999999999};
        ck_assert_int_eq(il_at(clocks[i], &t, &d), 0);
        ck_assert_int_gt(il_remaining(d), IL_SEC(300000000));
    }
}
END_TEST

START_TEST(at_more_ns_than_there_are_is_never)
{
    il_deadline d = zero;
    struct timespec t = {.tv_sec = last_second(), .tv_nsec = 0};

    if (sizeof(time_t) > 4) {
        ck_assert_int_eq(il_at(CLOCK_MONOTONIC, &t, &d), 0);
        ck_assert_int_eq(d.il_ns, il_never().il_ns);
    }
}
END_TEST

/* That il_at refuses the two, and leaves *deadline as it was.  */
static void refuse(clockid_t clock, const struct timespec *t)
{
    il_deadline d = {4711};
    ck_assert_int_eq(il_at(clock, t, &d), EINVAL);
    ck_assert_int_eq(d.il_ns, 4711);
}

START_TEST(at_refuses_ns_that_are_no_part_of_a_second)
{
    const long bad[] = {-1, 1000000000, LONG_MIN, LONG_MAX};

    for (int i = 0; i < CLOCKS; i++)
        for (int j = 0; j < 4; j++) {
            struct timespec t = {.tv_sec = 1, .tv_nsec = bad[j]};
            refuse(clocks[i], &t);
        }
}
END_TEST

START_TEST(at_refuses_clocks_of_a_processor)
{
    clockid_t clock;

    refuse(CLOCK_PROCESS_CPUTIME_ID, &origin);
    refuse(CLOCK_THREAD_CPUTIME_ID, &origin);
    ck_assert_int_eq(clock_getcpuclockid(0, &clock), 0);
    refuse(clock, &origin);
    ck_assert_int_eq(pthread_getcpuclockid(pthread_self(), &clock), 0);
    refuse(clock, &origin);
}
END_TEST

START_TEST(at_refuses_clocks_that_do_not_exist)
{
    refuse((clockid_t)-1, &origin);
    refuse((clockid_t)12345, &origin);
}
END_TEST

START_TEST(no_call_touches_errno)
{
    il_deadline d;

    errno = 12345;
    (void)il_after(1);
    (void)il_remaining(il_after(1));
    ck_assert_int_eq(il_at(CLOCK_REALTIME, &origin, &d), 0);
    ck_assert_int_eq(il_at((clockid_t)-1, &origin, &d), EINVAL);
    ck_assert_int_eq(errno, 12345);
}
END_TEST

START_TEST(all_zero_bytes_have_passed)
{
    il_deadline d;

    memset(&d, 0, sizeof d);
    ck_assert(il__deadline_passed(d));
}
END_TEST

START_TEST(passed_agrees_with_remaining)
{
    ck_assert(il__deadline_passed((il_deadline){INT64_MIN}));
    ck_assert(il__deadline_passed((il_deadline){1}));
    ck_assert(!il__deadline_passed(il_after(IL_SEC(100))));
    ck_assert(!il__deadline_passed((il_deadline){INT64_MAX - 1}));
    ck_assert(!il__deadline_passed(il_never()));
}
END_TEST

START_TEST(a_timespec_has_the_same_ns)
{
    struct timespec t = il__deadline_to_timespec((il_deadline){1999999999});

    ck_assert_int_eq(t.tv_sec, 1);
    ck_assert_int_eq(t.tv_nsec, 999999999);
    t = il__deadline_to_timespec(zero);
    ck_assert_int_eq(t.tv_sec, 0);
    ck_assert_int_eq(t.tv_nsec, 0);
}
END_TEST

START_TEST(a_timespec_holds_the_last_deadline)
{
    struct timespec t = il__deadline_to_timespec((il_deadline){INT64_MAX - 1});

    if (sizeof(time_t) > 4)
        ck_assert_int_eq(t.tv_sec, 9223372036);
    else
        ck_assert_int_eq(t.tv_sec, INT32_MAX);
    ck_assert_int_eq(t.tv_nsec, 854775806);
}
END_TEST

int main(void)
{
    suite_begin("deadline");
    suite_add(units_make_constants_that_saturate);
    suite_add(units_take_variables);
    suite_add(after_lies_that_far_from_now);
    suite_add(after_nothing_or_less_has_passed);
    suite_add(after_too_long_is_never);
    suite_add(remaining_tells_what_is_left);
    suite_add(remaining_of_a_passed_deadline_is_0);
    suite_add(remaining_of_never_is_the_largest);
    suite_add(remaining_of_the_last_deadline_is_less_than_of_never);
    suite_add(at_keeps_the_distance_on_every_clock);
    suite_add(at_of_the_monotonic_clock_is_exact);
    suite_add(at_a_time_before_now_has_passed);
    suite_add(at_a_negative_time_has_passed);
    suite_add(at_the_end_of_time_is_far_away);
    suite_add(at_more_ns_than_there_are_is_never);
    suite_add(at_refuses_ns_that_are_no_part_of_a_second);
    suite_add(at_refuses_clocks_of_a_processor);
    suite_add(at_refuses_clocks_that_do_not_exist);
    suite_add(no_call_touches_errno);
    suite_add(all_zero_bytes_have_passed);
    suite_add(passed_agrees_with_remaining);
    suite_add(a_timespec_has_the_same_ns);
    suite_add(a_timespec_holds_the_last_deadline);
    return suite_end();
}
