/* check_histogram.c -- the buckets of times, against known answers.

   SPDX-License-Identifier: MIT */

#include "results/histogram.h"

#include <math.h>

#include "support/suite.h"

START_TEST(short_times_have_a_bucket_each)
{
    for (unsigned ns = 0; ns < 16; ns++) {
        ck_assert_uint_eq(histogram_bucket(ns), ns);
        ck_assert_uint_eq(histogram_floor(ns), ns);
    }
}
END_TEST

START_TEST(each_power_of_two_has_eight_buckets)
{
    ck_assert_uint_eq(histogram_bucket(16), histogram_bucket(17));
    ck_assert_uint_eq(histogram_bucket(18), histogram_bucket(17) + 1);
    ck_assert_uint_eq(histogram_bucket(2048), histogram_bucket(1024) + 8);
    ck_assert_uint_eq(histogram_floor(histogram_bucket(1024)), 1024);
    ck_assert_uint_eq(histogram_floor(histogram_bucket(1151)), 1024);
    ck_assert_uint_eq(histogram_floor(histogram_bucket(1152)), 1152);
}
END_TEST

/* So that the buckets follow each other without gap or overlap.  */
START_TEST(a_floor_is_in_its_bucket_and_the_time_before_is_not)
{
    for (unsigned i = 1; i < HISTOGRAM_BUCKETS; i++) {
        ck_assert_uint_eq(histogram_bucket(histogram_floor(i)), i);
        ck_assert_uint_eq(histogram_bucket(histogram_floor(i) - 1), i - 1);
    }
}
END_TEST

START_TEST(a_bucket_is_at_most_an_eighth_wide)
{
    for (unsigned i = 8; i < HISTOGRAM_BUCKETS; i++) {
        uint64_t floor = histogram_floor(i);
        ck_assert_uint_le(histogram_floor(i + 1) - floor, floor / 8);
    }
}
END_TEST

START_TEST(times_beyond_the_last_bucket_count_there)
{
    const uint64_t end = UINT64_C(1) << HISTOGRAM_BITS;
    ck_assert_uint_eq(histogram_floor(HISTOGRAM_BUCKETS), end);
    ck_assert_uint_eq(histogram_bucket(end - 1), HISTOGRAM_BUCKETS - 1);
    ck_assert_uint_eq(histogram_bucket(end), HISTOGRAM_BUCKETS - 1);
    ck_assert_uint_eq(histogram_bucket(UINT64_MAX), HISTOGRAM_BUCKETS - 1);
}
END_TEST

static void add_times(struct histogram *h, uint64_t ns, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        histogram_add(h, ns);
}

START_TEST(total_and_merge_count_all)
{
    struct histogram a = {{0}}, b = {{0}};
    add_times(&a, 5, 3);
    add_times(&b, 5, 2);
    add_times(&b, 1000000, 1);
    histogram_merge(&a, &b);
    ck_assert_uint_eq(histogram_total(&a), 6);
    ck_assert_uint_eq(a.counts[5], 5);
    ck_assert_uint_eq(a.counts[histogram_bucket(1000000)], 1);
    ck_assert_uint_eq(histogram_total(&b), 3);
}
END_TEST

/* The buckets of 5 and 7 have a width of 1: their middle is themselves.  */
START_TEST(quantile_is_the_time_that_the_share_is_not_above)
{
    struct histogram h = {{0}};
    add_times(&h, 5, 99);
    add_times(&h, 7, 1);
    ck_assert_double_eq(histogram_quantile(&h, 0.5), 5);
    ck_assert_double_eq(histogram_quantile(&h, 0.99), 5);
    add_times(&h, 7, 1);
    ck_assert_double_eq(histogram_quantile(&h, 0.99), 7);
}
END_TEST

START_TEST(quantile_is_the_middle_of_its_bucket)
{
    struct histogram h = {{0}};
    add_times(&h, 1030, 10);
    ck_assert_double_eq(histogram_quantile(&h, 0.5), (1024 + 1151) / 2.0);
}
END_TEST

START_TEST(mean_is_of_the_middles_of_buckets)
{
    struct histogram h = {{0}};
    ck_assert(isnan(histogram_mean(&h)));
    add_times(&h, 3, 3);
    add_times(&h, 7, 1);
    ck_assert_double_eq(histogram_mean(&h), 4);
}
END_TEST

START_TEST(quantile_of_too_few_is_not_known)
{
    struct histogram h = {{0}};
    ck_assert(isnan(histogram_quantile(&h, 0.5)));
    add_times(&h, 5, 99);
    ck_assert(isnan(histogram_quantile(&h, 0.99)));
    ck_assert(isnan(histogram_quantile(&h, 0.999)));
    histogram_add(&h, 5);
    ck_assert_double_eq(histogram_quantile(&h, 0.99), 5);
    add_times(&h, 5, 899);
    ck_assert(isnan(histogram_quantile(&h, 0.999)));
    histogram_add(&h, 5);
    ck_assert_double_eq(histogram_quantile(&h, 0.999), 5);
}
END_TEST

int main(void)
{
    suite_begin("histogram");
    suite_add(short_times_have_a_bucket_each);
    suite_add(each_power_of_two_has_eight_buckets);
    suite_add(a_floor_is_in_its_bucket_and_the_time_before_is_not);
    suite_add(a_bucket_is_at_most_an_eighth_wide);
    suite_add(times_beyond_the_last_bucket_count_there);
    suite_add(total_and_merge_count_all);
    suite_add(quantile_is_the_time_that_the_share_is_not_above);
    suite_add(quantile_is_the_middle_of_its_bucket);
    suite_add(mean_is_of_the_middles_of_buckets);
    suite_add(quantile_of_too_few_is_not_known);
    return suite_end();
}
