/* check_analysis.c -- what the samples of a cell come to, of results made up.

   SPDX-License-Identifier: MIT */

#include "results/analysis.h"

#include <math.h>
#include <string.h>

#include "memory.h"
#include "support/contest.h"
#include "support/suite.h"

enum { BLOCKS = 7, LOST = 3 };

static struct cell *begin(struct results *r)
{
    struct cell *cell;
    contest_begin(r, BLOCKS);
    cell = contest_add(r, "mutexbench-moderate", 2);
    contest_set_rates(r, cell, 1);
    return cell;
}

static void set_rate(const struct cell *cell, unsigned i, unsigned block,
                     double rate)
{
    cell->contestants[i].samples[block].values[RATE] = rate;
}

static void ck_interval(struct interval x, double low, double median,
                        double high)
{
    ck_assert_double_eq_tol(x.low, low, 1e-9);
    ck_assert_double_eq_tol(x.median, median, 1e-9);
    ck_assert_double_eq_tol(x.high, high, 1e-9);
}

/* Block k is 10^k times as fast as the first for all, so that any comparison
   across blocks is far off.  */
START_TEST(ratios_are_taken_within_a_block)
{
    struct results r;
    struct cell *cell = begin(&r);
    struct summary s;

    for (unsigned k = 0; k < BLOCKS; k++) {
        set_rate(cell, INTERLOCK, k, 3 * pow(10, k));
        set_rate(cell, FIRST_BASELINE, k, 3 * pow(10, k));
        set_rate(cell, SECOND_BASELINE, k, 1 * pow(10, k));
    }
    s = analyze(&r, cell, INTERLOCK);
    ck_assert(s.is_judged);
    ck_interval(s.ratio, 1.5, 1.5, 1.5);
    s = analyze(&r, cell, FIRST_BASELINE);
    ck_interval(s.ratio, 3, 3, 3);
    ck_assert_double_eq_tol(analyze_noise(&r, cell), 3, 1e-9);
    results_free(&r);
}
END_TEST

START_TEST(verdicts_are_those_of_the_ratios)
{
    struct results r;
    struct cell *cell = begin(&r);

    ck_assert_int_eq(analyze(&r, cell, INTERLOCK).verdict, NO_DIFFERENCE);
    ck_assert_int_eq(analyze(&r, cell, NSYNC).verdict, FASTER);
    contest_set(&r, cell, NSYNC, RATE, 0.5e6, 1);
    ck_assert_int_eq(analyze(&r, cell, NSYNC).verdict, SLOWER);
    ck_assert_int_eq(analyze(&r, cell, FIRST_BASELINE).verdict, NO_DIFFERENCE);
    results_free(&r);
}
END_TEST

START_TEST(a_block_without_a_sample_is_left_out)
{
    struct results r;
    struct cell *cell = begin(&r);

    set_rate(cell, INTERLOCK, LOST, 1e9);
    cell->contestants[SECOND_BASELINE].samples[LOST].is_there = false;
    ck_assert_double_lt(analyze(&r, cell, INTERLOCK).ratio.high, 1.1);
    ck_assert_int_eq(analyze(&r, cell, INTERLOCK).verdict, NO_DIFFERENCE);
    cell->contestants[INTERLOCK].samples[0].is_there = false;
    ck_assert_int_eq(analyze(&r, cell, INTERLOCK).verdict, TOO_FEW);
    ck_assert_int_eq(analyze(&r, cell, NSYNC).verdict, FASTER);
    results_free(&r);
}
END_TEST

START_TEST(what_is_not_known_stays_so)
{
    struct results r;
    struct cell *cell = begin(&r);
    struct summary s;

    cell->contestants[INTERLOCK].samples[2].values[WAIT_MAX] = 5;
    s = analyze(&r, cell, INTERLOCK);
    ck_assert(isnan(s.values[CPU].median));
    ck_interval(s.values[WAIT_MAX], 5, 5, 5);
    results_free(&r);
}
END_TEST

START_TEST(the_broken_are_not_judged_and_judge_nobody)
{
    struct results r;
    struct cell *cell = begin(&r);
    struct summary s;

    cell->contestants[NSYNC].fault = memory_copy("lost 3 updates");
    s = analyze(&r, cell, NSYNC);
    ck_assert(!s.is_judged);
    ck_assert(isnan(s.values[RATE].median));
    ck_assert(isnan(s.ratio.median));
    ck_assert(analyze(&r, cell, INTERLOCK).is_judged);
    cell->contestants[SECOND_BASELINE].fault = memory_copy("hung");
    s = analyze(&r, cell, INTERLOCK);
    ck_assert(!s.is_judged);
    ck_assert(!isnan(s.values[RATE].median));
    ck_assert(isnan(analyze_noise(&r, cell)));
    results_free(&r);
}
END_TEST

START_TEST(noise_has_a_median_and_a_worst_cell)
{
    struct results r;
    struct noise noise;

    begin(&r);
    contest_set_rates(&r, contest_add(&r, "bank", 2), 2);
    contest_add(&r, "sweep", 2);
    contest_set(&r, &r.cells[1], FIRST_BASELINE, RATE, 2e6, 2);
    noise = analyze_all_noise(&r);
    ck_assert_ptr_eq(noise.where, &r.cells[1]);
    ck_assert_double_eq_tol(noise.worst, 2, 0.1);
    ck_assert_double_eq_tol(noise.median, 1.5, 0.1);
    results_free(&r);
    contest_begin(&r, BLOCKS);
    ck_assert_ptr_null(analyze_all_noise(&r).where);
    ck_assert(isnan(analyze_all_noise(&r).median));
    results_free(&r);
}
END_TEST

START_TEST(outliers_are_marked_and_kept)
{
    struct results r;
    struct cell *cell = begin(&r);

    set_rate(cell, NSYNC, LOST, 5e6);
    analyze_outliers(&r);
    for (unsigned k = 0; k < BLOCKS; k++)
        ck_assert_int_eq(cell->contestants[NSYNC].samples[k].is_outlier,
                         k == LOST);
    ck_assert_uint_eq(analyze(&r, cell, NSYNC).outliers, 1);
    ck_assert_uint_eq(analyze(&r, cell, INTERLOCK).outliers, 0);
    results_free(&r);
}
END_TEST

START_TEST(a_cell_is_described_by_what_was_asked_for)
{
    struct results r;
    struct cell *cell = begin(&r);
    char text[100], tiny[8];

    cell_describe(cell, text, sizeof text);
    ck_assert_str_eq(text, "");
    cell->shape = (struct shape){2, 100, 1500, 64, 2, 1, UNBOUND, false};
    cell_describe(cell, text, sizeof text);
    ck_assert_str_eq(
        text, "cs 100 ns, outside 1.5 us, 64 locks, 2 permits, 1 beside");
    cell->shape.pin = BOUND_ONE;
    cell_describe(cell, text, sizeof text);
    ck_assert_ptr_nonnull(strstr(text, ", 1 beside, on one CPU"));
    cell->shape.shake = true;
    cell_describe(cell, text, sizeof text);
    ck_assert_ptr_nonnull(strstr(text, ", on one CPU, shaken"));
    cell_describe(cell, tiny, sizeof tiny);
    ck_assert_str_eq(tiny, "cs 100 ");
    results_free(&r);
}
END_TEST

int main(void)
{
    suite_begin("analysis");
    suite_add(ratios_are_taken_within_a_block);
    suite_add(verdicts_are_those_of_the_ratios);
    suite_add(a_block_without_a_sample_is_left_out);
    suite_add(what_is_not_known_stays_so);
    suite_add(the_broken_are_not_judged_and_judge_nobody);
    suite_add(noise_has_a_median_and_a_worst_cell);
    suite_add(outliers_are_marked_and_kept);
    suite_add(a_cell_is_described_by_what_was_asked_for);
    return suite_end();
}
