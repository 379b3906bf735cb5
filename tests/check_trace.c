/* check_trace.c -- what a trace of holds tells, and the twister, against known
   answers.

   SPDX-License-Identifier: MIT */

#include "run/trace.h"

#include <math.h>

#include "run/twister.h"
#include "support/suite.h"

#define LENGTH(x) (sizeof(x) / sizeof *(x))

static void ck_near(double x, double y)
{
    ck_assert_double_eq_tol(x, y, 1e-9);
}

/* Wanted, got, released, number, holder.  */
START_TEST(a_lock_that_is_taken_at_once_is_idle_only_while_unwanted)
{
    const struct hold holds[] = {
        {0, 0, 10, 0, 0}, {50, 50, 60, 1, 0}, {100, 100, 110, 2, 0}};
    struct trace_facts f = trace_tell(holds, LENGTH(holds), 1, 0);
    ck_near(f.idle, 0);
    ck_near(f.idle_max, 0);
}
END_TEST

/* Free at 10 and wanted since 5, had at 40; free at 50, had at 60: 40 of the
   100 from 10 to 110.  */
START_TEST(a_lock_is_idle_from_its_release_until_a_waiter_has_it)
{
    const struct hold holds[] = {
        {0, 0, 10, 0, 0}, {5, 40, 50, 1, 1}, {45, 60, 110, 2, 0}};
    struct trace_facts f = trace_tell(holds, LENGTH(holds), 2, 0);
    ck_near(f.idle, 0.4);
    ck_near(f.idle_max, 30);
}
END_TEST

/* Thread 1 has wanted it since 5 and is overtaken at 40 by thread 0, who wants
   it only then.  */
START_TEST(a_lock_is_idle_for_a_waiter_who_is_overtaken)
{
    const struct hold holds[] = {
        {0, 0, 10, 0, 0}, {40, 40, 50, 1, 0}, {5, 60, 110, 2, 1}};
    struct trace_facts f = trace_tell(holds, LENGTH(holds), 2, 0);
    ck_near(f.idle, 0.4);
    ck_near(f.idle_max, 30);
}
END_TEST

/* Free at 10, wanted at 25, had at 40.  */
START_TEST(a_lock_is_not_idle_before_it_is_wanted)
{
    const struct hold holds[] = {{0, 0, 10, 0, 0}, {25, 40, 110, 1, 1}};
    struct trace_facts f = trace_tell(holds, LENGTH(holds), 2, 0);
    ck_near(f.idle, 0.15);
    ck_near(f.idle_max, 15);
}
END_TEST

/* Between the two a thread held it that began to wait before the trace did.  */
START_TEST(a_hold_that_is_missing_is_not_idleness)
{
    const struct hold holds[] = {
        {0, 0, 10, 0, 0}, {5, 20, 30, 1, 1}, {5, 90, 110, 3, 0}};
    struct trace_facts f = trace_tell(holds, LENGTH(holds), 2, 0);
    ck_near(f.idle, 10.0 / 40);
    ck_near(f.idle_max, 10);
}
END_TEST

START_TEST(the_cost_of_the_clock_is_not_idleness)
{
    const struct hold holds[] = {
        {0, 0, 10, 0, 0}, {5, 40, 50, 1, 1}, {45, 60, 110, 2, 0}};
    struct trace_facts f = trace_tell(holds, LENGTH(holds), 2, 12);
    ck_near(f.idle, 18.0 / (100 - 2 * 24));
    ck_near(f.idle_max, 18);
}
END_TEST

/* Thread 0 takes it again as soon as it can, before thread 1, who has wanted it
   since 5: between its release and that there are two looks and nothing.  */
START_TEST(who_takes_it_again_leaves_it_idle_no_longer_for_looking)
{
    const struct hold holds[] = {
        {0, 0, 10, 0, 0}, {22, 34, 56, 1, 0}, {5, 68, 90, 2, 1}};
    struct trace_facts f = trace_tell(holds, LENGTH(holds), 2, 12);
    ck_near(f.idle, 0);
    ck_near(f.idle_max, 0);
    f = trace_tell(holds, LENGTH(holds), 2, 10);
    ck_near(f.idle, 6.0 / (80 - 50));
    ck_near(f.idle_max, 4);
}
END_TEST

START_TEST(nothing_is_known_of_too_few_holds)
{
    const struct hold one = {0, 0, 10, 0, 0};
    struct trace_facts none = trace_tell(NULL, 0, 2, 0);
    struct trace_facts few = trace_tell(&one, 1, 2, 0);
    ck_assert(isnan(none.idle) && isnan(none.jain_short));
    ck_assert(isnan(few.idle) && isnan(few.idle_max) && isnan(few.jain_short));
}
END_TEST

/* Fills n holds by so many threads, `run` in a row by each.  */
static void fill(struct hold *holds, unsigned n, unsigned threads, unsigned run)
{
    for (unsigned i = 0; i < n; i++)
        holds[i] = (struct hold){i, i, i, i, i / run % threads};
}

START_TEST(turns_in_order_are_fair_at_once)
{
    struct hold holds[400];
    fill(holds, LENGTH(holds), 4, 1);
    ck_near(trace_tell(holds, LENGTH(holds), 4, 0).jain_short, 1);
}
END_TEST

/* Fair over all, but in each window of 40 one thread has it all.  */
START_TEST(long_runs_of_one_thread_are_not_fair_at_once)
{
    struct hold holds[400];
    fill(holds, LENGTH(holds), 4, 40);
    ck_near(trace_tell(holds, LENGTH(holds), 4, 0).jain_short, 0.25);
}
END_TEST

START_TEST(half_a_window_does_not_count)
{
    struct hold holds[30];
    fill(holds, LENGTH(holds), 2, 1);
    for (unsigned i = 20; i < LENGTH(holds); i++)
        holds[i].holder = 0;
    ck_near(trace_tell(holds, LENGTH(holds), 2, 0).jain_short, 1);
}
END_TEST

/* The 10,000th number that the C++ standard gives for mt19937.  */
START_TEST(the_twister_is_mt19937)
{
    struct twister t;
    uint32_t last = 0;
    twister_seed(&t, 5489);
    for (int i = 0; i < 10000; i++)
        last = twister_step(&t);
    ck_assert_uint_eq(last, 4123659995);
}
END_TEST

int main(void)
{
    suite_begin("trace");
    suite_add(a_lock_that_is_taken_at_once_is_idle_only_while_unwanted);
    suite_add(a_lock_is_idle_from_its_release_until_a_waiter_has_it);
    suite_add(a_lock_is_idle_for_a_waiter_who_is_overtaken);
    suite_add(a_lock_is_not_idle_before_it_is_wanted);
    suite_add(a_hold_that_is_missing_is_not_idleness);
    suite_add(the_cost_of_the_clock_is_not_idleness);
    suite_add(who_takes_it_again_leaves_it_idle_no_longer_for_looking);
    suite_add(nothing_is_known_of_too_few_holds);
    suite_add(turns_in_order_are_fair_at_once);
    suite_add(long_runs_of_one_thread_are_not_fair_at_once);
    suite_add(half_a_window_does_not_count);
    suite_add(the_twister_is_mt19937);
    return suite_end();
}
