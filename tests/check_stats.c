/* check_stats.c -- the arithmetic of the benchmark, against known answers.

   SPDX-License-Identifier: MIT */

#include "results/stats.h"

#include <math.h>

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

START_TEST(interval_does_not_depend_on_the_order)
{
    const double x[] = {7, 0, 3, 10, 1, 9, 4, 2, 8, 5};
    const double y[] = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10};
    struct interval i = stats_interval(x, LENGTH(x));
    struct interval k = stats_interval(y, LENGTH(y));
    ck_near(i.median, 4.5);
    ck_near(i.low, k.low);
    ck_near(i.high, k.high);
}
END_TEST

START_TEST(interval_is_the_same_after_another_number_of_blocks)
{
    const double x[] = {7, 0, 3, 10, 1, 9, 4, 2, 8, 5, 6};
    struct interval i = stats_interval(x, LENGTH(x)), k;
    stats_interval(x, LENGTH(x) - 1);
    k = stats_interval(x, LENGTH(x));
    ck_near(i.low, k.low);
    ck_near(i.high, k.high);
}
END_TEST

START_TEST(sorted_numbers_have_their_median)
{
    double x[] = {9, 1, 5, 2};
    ck_near(stats_sort(x, LENGTH(x)), 3.5);
    ck_near(x[0], 1);
    ck_near(x[3], 9);
}
END_TEST

START_TEST(quotient_of_constants_is_their_quotient)
{
    const double x[] = {6, 6, 6}, y[] = {4, 4, 4, 4};
    struct interval i = stats_quotient(x, LENGTH(x), y, LENGTH(y));
    ck_near(i.low, 1.5);
    ck_near(i.median, 1.5);
    ck_near(i.high, 1.5);
}
END_TEST

/* The medians are 2 and 4.  As the interval of three numbers is their range,
   the quotient's ends are of a resample of each at its end; the draws are
   independent, so both meet with probability 49/729, 6.7 %.  */
START_TEST(quotient_resamples_both)
{
    const double x[] = {1, 2, 3}, y[] = {4, 2, 8};
    struct interval i = stats_quotient(x, LENGTH(x), y, LENGTH(y));
    ck_near(i.low, 1.0 / 8);
    ck_near(i.median, 0.5);
    ck_near(i.high, 3.0 / 2);
}
END_TEST

START_TEST(quotient_by_a_constant_is_the_interval_scaled)
{
    const double x[] = {7, 0, 3, 10, 1, 9, 4, 2, 8, 5, 6}, y[] = {2, 2};
    struct interval i = stats_quotient(x, LENGTH(x), y, LENGTH(y));
    ck_near(i.low, 1);
    ck_near(i.median, 2.5);
    ck_near(i.high, 4);
}
END_TEST

/* Their median is 5 and the median of their distances 1, so that the limit is
   3.5 * 1.4826 = 5.1891 from 5.  */
START_TEST(outlier_is_beyond_three_and_a_half_robust_deviations)
{
    const double inside[] = {4, 4, 5, 5, 6, 6, 10.18};
    const double outside[] = {4, 4, 5, 5, 6, 6, 10.20};
    const double below[] = {4, 4, 5, 5, 6, 6, -0.20};
    ck_assert(!stats_is_outlier(10.18, inside, LENGTH(inside)));
    ck_assert(stats_is_outlier(10.20, outside, LENGTH(outside)));
    ck_assert(!stats_is_outlier(6, outside, LENGTH(outside)));
    ck_assert(stats_is_outlier(-0.20, below, LENGTH(below)));
}
END_TEST

START_TEST(outlier_stands_out_of_equal_numbers)
{
    const double x[] = {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3};
    ck_assert(stats_is_outlier(3, x, LENGTH(x)));
    ck_assert(!stats_is_outlier(2, x, LENGTH(x)));
}
END_TEST

START_TEST(no_outlier_among_equal_or_few_numbers)
{
    const double equal[] = {2, 2, 2, 2, 2, 2}, few[] = {2, 2.1, 2, 2.2, 99};
    ck_assert(!stats_is_outlier(2, equal, LENGTH(equal)));
    ck_assert(!stats_is_outlier(99, few, LENGTH(few)));
}
END_TEST

START_TEST(geometric_mean_of_inverse_ratios_is_one)
{
    const double x[] = {0.5, 2}, y[] = {1, 3, 9};
    ck_near(stats_geomean(x, LENGTH(x)), 1);
    ck_near(stats_geomean(y, LENGTH(y)), 3);
    ck_assert(isnan(stats_geomean(x, 0)));
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
    suite_add(interval_does_not_depend_on_the_order);
    suite_add(interval_is_the_same_after_another_number_of_blocks);
    suite_add(sorted_numbers_have_their_median);
    suite_add(quotient_of_constants_is_their_quotient);
    suite_add(quotient_resamples_both);
    suite_add(quotient_by_a_constant_is_the_interval_scaled);
    suite_add(outlier_is_beyond_three_and_a_half_robust_deviations);
    suite_add(outlier_stands_out_of_equal_numbers);
    suite_add(no_outlier_among_equal_or_few_numbers);
    suite_add(geometric_mean_of_inverse_ratios_is_one);
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
