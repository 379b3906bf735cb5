/* check_compare.c -- what changed between two contests, of results made up.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "results/compare.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "support/contest.h"
#include "support/suite.h"

enum { BLOCKS = 11 };

/* Two contests with the same lock cell of 2 threads, and nothing changed.  */
struct both {
    struct results before;
    struct results after;
    char *text; /* that was printed */
};

static void begin_one(struct results *r, unsigned blocks, unsigned seed)
{
    contest_begin(r, blocks);
    contest_set_rates(r, contest_add(r, "mutexbench-moderate", 2), seed);
}

static void begin(struct both *b)
{
    begin_one(&b->before, BLOCKS, 1);
    begin_one(&b->after, BLOCKS, 2);
}

/* Returns what the comparison comes to, once it fits the page.  */
static enum comparison run(struct both *b)
{
    size_t size;
    FILE *out = open_memstream(&b->text, &size);
    enum comparison result = compare_results(&b->before, &b->after, out);

    fclose(out);
    for (const char *line = b->text, *end; *line; line = end + 1) {
        end = strchr(line, '\n');
        ck_assert_ptr_nonnull(end);
        ck_assert_int_le(end - line, 80);
    }
    return result;
}

static void ck_says(const struct both *b, const char *words)
{
    ck_assert_msg(strstr(b->text, words), "no \"%s\" in:\n%s", words, b->text);
}

static void end(struct both *b)
{
    free(b->text);
    results_free(&b->before);
    results_free(&b->after);
}

START_TEST(what_did_not_change_passes)
{
    struct both b;
    begin(&b);
    ck_assert_int_eq(run(&b), COMPARED);
    ck_says(&b, "interlock: 1 cell compared: 0 faster, 0 slower, 1 no");
    ck_says(&b, "noise floor");
    end(&b);
}
END_TEST

START_TEST(a_planted_regression_is_found_and_named)
{
    struct both b;
    begin(&b);
    contest_set(&b.after, b.after.cells, INTERLOCK, RATE, 0.8e6, 3);
    ck_assert_int_eq(run(&b), REGRESSED);
    ck_says(&b, "SLOWER   interlock: lock / mutexbench-moderate, threads 2");
    ck_says(&b, "1 cell compared: 0 faster, 1 slower, 0 no difference shown");
    end(&b);
}
END_TEST

START_TEST(a_gain_passes)
{
    struct both b;
    begin(&b);
    contest_set(&b.after, b.after.cells, INTERLOCK, RATE, 1.25e6, 3);
    ck_assert_int_eq(run(&b), COMPARED);
    ck_says(&b, "1 faster, 0 slower");
    end(&b);
}
END_TEST

/* Half as fast, the machine and the peers and all.  */
START_TEST(a_slower_machine_is_no_regression)
{
    struct both b;
    begin(&b);
    for (unsigned i = 0; i < CONTESTANTS; i++)
        contest_set(&b.after, b.after.cells, i, RATE, i == NSYNC ? 1e6 : 0.5e6,
                    3);
    ck_assert_int_eq(run(&b), COMPARED);
    ck_says(&b, "(its own ops/s)");
    end(&b);
}
END_TEST

/* The baseline's two runs differ by 30 % in one of the contests.  */
START_TEST(a_change_within_the_noise_is_not_shown)
{
    struct both b;
    begin(&b);
    contest_set(&b.before, b.before.cells, FIRST_BASELINE, RATE, 1.3e6, 3);
    contest_set(&b.before, b.before.cells, INTERLOCK, RATE, 1.15e6, 3);
    contest_set(&b.after, b.after.cells, INTERLOCK, RATE, 0.8e6, 3);
    ck_assert_int_eq(run(&b), COMPARED);
    ck_says(&b, "1 no difference shown");
    end(&b);
}
END_TEST

START_TEST(another_library_does_not_decide)
{
    struct both b;
    begin(&b);
    contest_set(&b.after, b.after.cells, NSYNC, RATE, 1e6, 3);
    ck_assert_int_eq(run(&b), COMPARED);
    ck_says(&b, "slower");
    end(&b);
}
END_TEST

START_TEST(another_library_decides_if_there_is_no_interlock)
{
    struct both b;
    begin(&b);
    strcpy(b.before.cells->contestants[INTERLOCK].peer, "other");
    contest_set(&b.after, b.after.cells, NSYNC, RATE, 1e6, 3);
    ck_assert_int_eq(run(&b), REGRESSED);
    ck_says(&b, "SLOWER   nsync");
    end(&b);
}
END_TEST

START_TEST(interlock_before_alone_is_refused)
{
    struct both b;
    begin(&b);
    strcpy(b.after.cells->contestants[INTERLOCK].peer, "other");
    ck_assert_int_eq(run(&b), INCOMPARABLE);
    ck_says(&b, "Not compared: peers that take no part after, interlock in 1");
    ck_says(&b, "interlock takes part before, and nowhere after");
    end(&b);
}
END_TEST

START_TEST(a_peer_of_before_alone_is_named)
{
    struct both b;
    begin(&b);
    strcpy(b.after.cells->contestants[NSYNC].peer, "musl");
    ck_assert_int_eq(run(&b), COMPARED);
    ck_says(&b, "Not compared: peers that take no part after, nsync in 1 cell");
    end(&b);
}
END_TEST

static void rename_baseline(const struct results *r, unsigned cell)
{
    for (unsigned i = FIRST_BASELINE; i <= SECOND_BASELINE; i++) {
        char **peer = &r->cells[cell].contestants[i].peer;
        free(*peer);
        *peer = memory_copy("textbook");
    }
}

START_TEST(cells_with_different_baselines_are_not_compared)
{
    struct both b;
    begin(&b);
    rename_baseline(&b.after, 0);
    ck_assert_int_eq(run(&b), INCOMPARABLE);
    ck_says(&b, "cells whose baseline is another peer after, 1.");
    ck_says(&b, "Nothing can be compared: the baseline is another peer after");
    end(&b);
}
END_TEST

/* Adds the cell, in which the baseline's two runs differ by that factor.  */
static void add_noisy(struct results *r, const char *workload, double factor)
{
    const struct cell *cell = contest_add(r, workload, 2);

    contest_set_rates(r, cell, 3);
    contest_set(r, cell, FIRST_BASELINE, RATE, 1e6 * factor, 3);
}

/* Returns what a first cell that is 8 % slower comes to among two others with
   that noise.  */
static enum comparison run_among(struct both *b, double factor)
{
    begin(b);
    contest_set(&b->after, b->after.cells, INTERLOCK, RATE, 0.92e6, 3);
    add_noisy(&b->before, "bank", factor);
    add_noisy(&b->after, "bank", factor);
    add_noisy(&b->before, "fair", factor);
    add_noisy(&b->after, "fair", factor);
    return run(b);
}

START_TEST(a_change_has_to_exceed_the_noise_of_the_median_cell)
{
    struct both b;
    ck_assert_int_eq(run_among(&b, 1.2), COMPARED);
    ck_says(&b, "0 faster, 0 slower, 3 no difference shown");
    end(&b);
    ck_assert_int_eq(run_among(&b, 1), REGRESSED);
    ck_says(&b, "0 faster, 1 slower, 2 no difference shown");
    end(&b);
}
END_TEST

/* A price of 0 says nothing of how much more it is later.  */
START_TEST(ratios_of_nothing_are_left_out)
{
    struct both b;
    begin(&b);
    for (unsigned i = 0; i < CONTESTANTS; i++) {
        contest_set(&b.before, b.before.cells, i, CPU, 0.2, 3);
        contest_set(&b.after, b.after.cells, i, CPU, 0.4, 4);
    }
    for (unsigned i = 0; i < BLOCKS - 1; i++)
        b.before.cells->contestants[INTERLOCK].samples[i].values[CPU] = 0;
    ck_assert_int_eq(run(&b), COMPARED);
    ck_assert_ptr_null(strstr(b.text, "also"));
    end(&b);
}
END_TEST

START_TEST(a_bucket_of_the_histogram_is_not_mentioned)
{
    struct both b;
    begin(&b);
    for (unsigned i = 0; i < CONTESTANTS; i++) {
        contest_set(&b.before, b.before.cells, i, WAIT_P99, 1e3, 3);
        contest_set(&b.after, b.after.cells, i, WAIT_P99, 1e3, 4);
    }
    contest_set(&b.after, b.after.cells, INTERLOCK, WAIT_P99, 1.1e3, 4);
    ck_assert_int_eq(run(&b), COMPARED);
    ck_assert_ptr_null(strstr(b.text, "p99"));
    end(&b);
}
END_TEST

START_TEST(longer_waits_and_more_cpu_are_mentioned_only)
{
    struct both b;
    begin(&b);
    for (unsigned i = 0; i < CONTESTANTS; i++) {
        contest_set(&b.before, b.before.cells, i, WAIT_P99, 1e3, 3);
        contest_set(&b.before, b.before.cells, i, CPU, 0.2, 3);
        contest_set(&b.after, b.after.cells, i, WAIT_P99, 1e3, 4);
        contest_set(&b.after, b.after.cells, i, CPU, 0.2, 4);
    }
    contest_set(&b.after, b.after.cells, INTERLOCK, WAIT_P99, 2.15e3, 4);
    ck_assert_int_eq(run(&b), COMPARED);
    ck_says(&b, "also: p99 2.1");
    ck_assert_ptr_null(strstr(b.text, "CPU"));
    free(b.text);
    contest_set(&b.after, b.after.cells, INTERLOCK, CPU, 0.3, 4);
    ck_assert_int_eq(run(&b), COMPARED);
    ck_says(&b, ", CPU 1.");
    end(&b);
}
END_TEST

START_TEST(a_newly_broken_peer_is_a_regression)
{
    struct both b;
    begin(&b);
    b.after.cells->contestants[INTERLOCK].fault = memory_copy("lost 3 updates");
    ck_assert_int_eq(run(&b), REGRESSED);
    ck_says(&b, "BROKEN after, not before");
    ck_says(&b, "BROKEN   interlock: lock / mutexbench-moderate, threads 2: "
                "lost 3");
    end(&b);
}
END_TEST

START_TEST(a_peer_that_was_broken_cannot_be_compared)
{
    struct both b;
    begin(&b);
    b.before.cells->contestants[INTERLOCK].fault = memory_copy("lost 3");
    ck_assert_int_eq(run(&b), INCOMPARABLE);
    ck_says(&b, "BROKEN before, not after");
    end(&b);
}
END_TEST

START_TEST(different_baselines_are_refused)
{
    struct both b;
    begin(&b);
    free(b.after.against);
    b.after.against = memory_copy("nsync");
    ck_assert_int_eq(run(&b), INCOMPARABLE);
    ck_says(&b, "the baseline was pthread before, and is nsync after");
    end(&b);
}
END_TEST

START_TEST(nothing_in_common_is_refused)
{
    struct both b;
    begin(&b);
    b.after.cells->shape.threads = 4;
    ck_assert_int_eq(run(&b), INCOMPARABLE);
    ck_says(&b, "Nothing can be compared: the two have no cell in common");
    end(&b);
}
END_TEST

START_TEST(cells_of_one_alone_are_counted)
{
    struct both b;
    begin(&b);
    contest_set_rates(&b.after, contest_add(&b.after, "bank", 2), 1);
    ck_assert_int_eq(run(&b), COMPARED);
    ck_says(&b, "cells that one of the two has alone, 1.");
    end(&b);
}
END_TEST

START_TEST(a_broken_baseline_is_refused)
{
    struct both b;
    begin(&b);
    b.after.cells->contestants[SECOND_BASELINE].fault = memory_copy("hung");
    ck_assert_int_eq(run(&b), INCOMPARABLE);
    ck_says(&b, "Nothing can be compared: the baseline is broken");
    end(&b);
}
END_TEST

START_TEST(few_blocks_are_refused)
{
    struct both b = {.text = NULL};
    begin_one(&b.before, BLOCKS, 1);
    begin_one(&b.after, 5, 1);
    ck_assert_int_eq(run(&b), INCOMPARABLE);
    ck_says(&b, "too few blocks");
    ck_says(&b, "in enough blocks");
    end(&b);
}
END_TEST

int main(void)
{
    suite_begin("compare");
    suite_add(what_did_not_change_passes);
    suite_add(a_planted_regression_is_found_and_named);
    suite_add(a_gain_passes);
    suite_add(a_slower_machine_is_no_regression);
    suite_add(a_change_within_the_noise_is_not_shown);
    suite_add(another_library_does_not_decide);
    suite_add(another_library_decides_if_there_is_no_interlock);
    suite_add(interlock_before_alone_is_refused);
    suite_add(a_peer_of_before_alone_is_named);
    suite_add(cells_with_different_baselines_are_not_compared);
    suite_add(a_change_has_to_exceed_the_noise_of_the_median_cell);
    suite_add(ratios_of_nothing_are_left_out);
    suite_add(a_bucket_of_the_histogram_is_not_mentioned);
    suite_add(longer_waits_and_more_cpu_are_mentioned_only);
    suite_add(a_newly_broken_peer_is_a_regression);
    suite_add(a_peer_that_was_broken_cannot_be_compared);
    suite_add(different_baselines_are_refused);
    suite_add(nothing_in_common_is_refused);
    suite_add(cells_of_one_alone_are_counted);
    suite_add(a_broken_baseline_is_refused);
    suite_add(few_blocks_are_refused);
    return suite_end();
}
