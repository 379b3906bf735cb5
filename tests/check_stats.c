/* check_stats.c -- the arithmetic of the benchmark, against known answers.

   SPDX-License-Identifier: MIT */

#include "stats.h"

#include "support/suite.h"

#define LENGTH(x) (sizeof(x) / sizeof *(x))

static void ck_near(double x, double y)
{
    ck_assert_double_eq_tol(x, y, 1e-9);
}

START_TEST(median_of_an_odd_number_is_the_middle_one)
{
    const double x[] = {9, 1, 5, 2, 100};
    ck_near(stats_median(x, LENGTH(x)), 5);
}
END_TEST

START_TEST(median_of_an_even_number_is_between_the_middle_two)
{
    const double x[] = {8, 1, 3, 100};
    ck_near(stats_median(x, LENGTH(x)), 5.5);
}
END_TEST

START_TEST(median_leaves_the_numbers_in_their_order)
{
    const double x[] = {3, 1, 2};
    stats_median(x, LENGTH(x));
    ck_near(x[0], 3);
    ck_near(x[1], 1);
    ck_near(x[2], 2);
}
END_TEST

START_TEST(interval_of_one_number_is_that_number)
{
    const double x[] = {1.5};
    struct interval i = stats_interval(x, LENGTH(x));
    ck_near(i.low, 1.5);
    ck_near(i.median, 1.5);
    ck_near(i.high, 1.5);
}
END_TEST

/* Of 3 numbers a resample's median is the least with probability 7/27.  */
START_TEST(interval_of_three_numbers_is_their_range)
{
    const double x[] = {1.5, 1.2, 1.9};
    struct interval i = stats_interval(x, LENGTH(x));
    ck_near(i.low, 1.2);
    ck_near(i.median, 1.5);
    ck_near(i.high, 1.9);
}
END_TEST

/* Of 0 .. 10 the median of a resample is at most k if 6 draws or more are,
   each with probability (k + 1) / 11: 0.7 % for k = 1, 5.1 % for k = 2.  So
   the 2.5 % point is 2, and the other, by symmetry, 8.  */
START_TEST(interval_of_eleven_numbers_is_from_the_third_to_the_ninth)
{
    const double x[] = {7, 0, 3, 10, 1, 9, 4, 2, 8, 5, 6};
    struct interval i = stats_interval(x, LENGTH(x));
    ck_near(i.low, 2);
    ck_near(i.median, 5);
    ck_near(i.high, 8);
}
END_TEST

START_TEST(an_outlier_does_not_move_the_interval)
{
    const double x[] = {1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 50};
    struct interval i = stats_interval(x, LENGTH(x));
    ck_near(i.low, 1.1);
    ck_near(i.high, 1.1);
}
END_TEST

START_TEST(interval_takes_as_many_numbers_as_promised)
{
    double x[STATS_MAX];
    struct interval i;

    for (int n = 0; n < STATS_MAX; n++)
        x[n] = n;
    i = stats_interval(x, STATS_MAX);
    ck_near(i.median, (STATS_MAX - 1) / 2.0);
    ck_assert_double_lt(i.low, i.median);
    ck_assert_double_gt(i.high, i.median);
    ck_assert_double_gt(i.low, 400);
    ck_assert_double_lt(i.high, 600);
}
END_TEST

START_TEST(jain_of_equal_shares_is_one)
{
    const double x[] = {7, 7, 7, 7};
    ck_near(stats_jain(x, LENGTH(x)), 1);
}
END_TEST

START_TEST(jain_is_one_nth_if_one_has_it_all)
{
    const double x[] = {0, 0, 12, 0};
    ck_near(stats_jain(x, LENGTH(x)), 0.25);
}
END_TEST

START_TEST(jain_of_one_to_three_is_four_fifths)
{
    const double x[] = {1, 3};
    ck_near(stats_jain(x, LENGTH(x)), 0.8);
}
END_TEST

START_TEST(jain_of_nothing_for_anybody_is_one)
{
    const double x[] = {0, 0};
    ck_near(stats_jain(x, LENGTH(x)), 1);
}
END_TEST

START_TEST(noise_is_the_end_that_is_farther_from_one)
{
    ck_near(stats_noise((struct interval){1.0, 0.9, 1.25}), 1.25);
    ck_near(stats_noise((struct interval){1.0, 0.5, 1.25}), 2);
    ck_near(stats_noise((struct interval){0.9, 0.8, 0.95}), 1.25);
    ck_near(stats_noise((struct interval){1.0, 1.0, 1.0}), 1);
}
END_TEST

START_TEST(faster_is_an_interval_above_one_and_a_median_above_the_noise)
{
    const struct interval above = {1.2, 1.1, 1.3};
    ck_assert_int_eq(stats_verdict(above, 1.05, 11), FASTER);
    ck_assert_int_eq(stats_verdict(above, 1.25, 11), NO_DIFFERENCE);
}
END_TEST

START_TEST(slower_is_an_interval_below_one_and_a_median_below_the_noise)
{
    const struct interval below = {0.8, 0.75, 0.9};
    ck_assert_int_eq(stats_verdict(below, 1.05, 11), SLOWER);
    ck_assert_int_eq(stats_verdict(below, 1.30, 11), NO_DIFFERENCE);
}
END_TEST

START_TEST(no_difference_is_shown_by_an_interval_around_one)
{
    ck_assert_int_eq(stats_verdict((struct interval){1.2, 0.99, 1.4}, 1, 11),
                     NO_DIFFERENCE);
    ck_assert_int_eq(stats_verdict((struct interval){0.8, 0.7, 1.01}, 1, 11),
                     NO_DIFFERENCE);
}
END_TEST

START_TEST(there_is_no_verdict_on_few_blocks)
{
    const struct interval above = {5, 4, 6};
    ck_assert_int_eq(stats_verdict(above, 1, STATS_MIN_BLOCKS - 1), TOO_FEW);
    ck_assert_int_eq(stats_verdict(above, 1, STATS_MIN_BLOCKS), FASTER);
}
END_TEST

int main(void)
{
    suite_begin("stats");
    suite_add(median_of_an_odd_number_is_the_middle_one);
    suite_add(median_of_an_even_number_is_between_the_middle_two);
    suite_add(median_leaves_the_numbers_in_their_order);
    suite_add(interval_of_one_number_is_that_number);
    suite_add(interval_of_three_numbers_is_their_range);
    suite_add(interval_of_eleven_numbers_is_from_the_third_to_the_ninth);
    suite_add(an_outlier_does_not_move_the_interval);
    suite_add(interval_takes_as_many_numbers_as_promised);
    suite_add(jain_of_equal_shares_is_one);
    suite_add(jain_is_one_nth_if_one_has_it_all);
    suite_add(jain_of_one_to_three_is_four_fifths);
    suite_add(jain_of_nothing_for_anybody_is_one);
    suite_add(noise_is_the_end_that_is_farther_from_one);
    suite_add(faster_is_an_interval_above_one_and_a_median_above_the_noise);
    suite_add(slower_is_an_interval_below_one_and_a_median_below_the_noise);
    suite_add(no_difference_is_shown_by_an_interval_around_one);
    suite_add(there_is_no_verdict_on_few_blocks);
    return suite_end();
}
