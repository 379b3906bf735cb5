/* check_laws.c -- laws and orders, against known answers.

   SPDX-License-Identifier: MIT */

#include "sim/laws.h"

#include <math.h>

#include "support/suite.h"

static const double cores[] = {2, 8, 32, 128};
enum { N = sizeof cores / sizeof *cores };

static struct law find(const double *y)
{
    return law_find(cores, y, N);
}

START_TEST(what_stays_within_5_percent_is_constant)
{
    struct law l = find((const double[]){7, 7.1, 6.9, 7});
    ck_assert_int_eq(l.kind, LAW_CONSTANT);
    ck_assert_double_eq_tol(l.offset, 7, 0.01);
    ck_assert_double_eq(l.from, 2);
}
END_TEST

START_TEST(line_has_its_slope_and_offset)
{
    struct law l = find((const double[]){5, 11, 35, 131});
    ck_assert_int_eq(l.kind, LAW_LINEAR);
    ck_assert_double_eq_tol(l.slope, 1, 1e-9);
    ck_assert_double_eq_tol(l.offset, 3, 1e-9);
}
END_TEST

START_TEST(first_points_may_be_left_out)
{
    struct law l = find((const double[]){5, 7, 7, 7});
    ck_assert_int_eq(l.kind, LAW_CONSTANT);
    ck_assert_double_eq(l.from, 8);
}
END_TEST

START_TEST(square_is_no_law)
{
    ck_assert_int_eq(find((const double[]){4, 64, 1024, 16384}).kind, LAW_NONE);
}
END_TEST

START_TEST(what_falls_is_no_law)
{
    ck_assert_int_eq(find((const double[]){128, 122, 98, 2}).kind, LAW_NONE);
}
END_TEST

START_TEST(nothing_is_constantly_nothing)
{
    struct law l = find((const double[]){0, 0, 0, 0});
    ck_assert_int_eq(l.kind, LAW_CONSTANT);
    ck_assert_double_eq(l.offset, 0);
}
END_TEST

START_TEST(two_points_are_too_few)
{
    const double y[] = {7, 7};
    ck_assert_int_eq(law_find(cores, y, 2).kind, LAW_NONE);
}
END_TEST

START_TEST(kendall_of_the_same_order_is_one)
{
    const double x[] = {1, 2, 3, 4}, y[] = {10, 20, 30, 31};
    ck_assert_double_eq_tol(law_kendall(x, y, 4), 1, 1e-9);
}
END_TEST

START_TEST(kendall_of_the_opposite_order_is_minus_one)
{
    const double x[] = {1, 2, 3, 4}, y[] = {4, 3, 2, 1};
    ck_assert_double_eq_tol(law_kendall(x, y, 4), -1, 1e-9);
}
END_TEST

/* Of six pairs five agree.  */
START_TEST(kendall_counts_pairs)
{
    const double x[] = {1, 2, 3, 4}, y[] = {1, 2, 4, 3};
    ck_assert_double_eq_tol(law_kendall(x, y, 4), 4.0 / 6, 1e-9);
}
END_TEST

START_TEST(kendall_of_one_is_not_known)
{
    const double x[] = {1};
    ck_assert(isnan(law_kendall(x, x, 1)));
}
END_TEST

int main(void)
{
    suite_begin("laws");
    suite_add(what_stays_within_5_percent_is_constant);
    suite_add(line_has_its_slope_and_offset);
    suite_add(first_points_may_be_left_out);
    suite_add(square_is_no_law);
    suite_add(what_falls_is_no_law);
    suite_add(nothing_is_constantly_nothing);
    suite_add(two_points_are_too_few);
    suite_add(kendall_of_the_same_order_is_one);
    suite_add(kendall_of_the_opposite_order_is_minus_one);
    suite_add(kendall_counts_pairs);
    suite_add(kendall_of_one_is_not_known);
    return suite_end();
}
