/* check_explore_table.c -- the report for a terminal, of results made by hand:
   explore/report/report.h.

   SPDX-License-Identifier: MIT */

#include "explore/report/report.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "explore/report/words.h"
#include "made.h"

static struct made m;
static char *text;

static void print(int width)
{
    size_t size;
    FILE *out = open_memstream(&text, &size);

    report_text_as(out, &m.result, &m.names, width);
    fclose(out);
}

static void end(void)
{
    made_free(&m);
    free(text);
}

/* Fails unless the report has those lines, one after the other.  */
static void expect_lines(const char *lines)
{
    if (!strstr(text, lines))
        ck_abort_msg("the report is:\n%s\nand has not:\n%s", text, lines);
}

/* Fails unless the report is that file.  */
static void expect_file(const char *name)
{
    char path[4096], file[16384];
    size_t n;
    FILE *from;

    snprintf(path, sizeof path, "%s/tests/explore/reports/%s", getenv("SRCDIR"),
             name);
    from = fopen(path, "r");
    ck_assert_msg(from, "there is no %s", path);
    n = fread(file, 1, sizeof file - 1, from);
    fclose(from);
    file[n] = '\0';
    if (strcmp(file, text) != 0)
        ck_abort_msg("the report is:\n%s\nand not as %s", text, name);
}

static size_t longest_line(void)
{
    size_t longest = 0;

    for (const char *line = text; *line;) {
        size_t n = strcspn(line, "\n");
        longest = n > longest ? n : longest;
        line += n + (line[n] == '\n');
    }
    return longest;
}

START_TEST(lost_update)
{
    made_lost_update(&m);
    print(80);
    expect_file("lost-update.txt");
    end();
}
END_TEST

START_TEST(lost_wakeup)
{
    made_lost_wakeup(&m);
    print(80);
    expect_file("lost-wakeup.txt");
    end();
}
END_TEST

START_TEST(all_is_right)
{
    made_right(&m);
    print(80);
    expect_file("right.txt");
    end();
}
END_TEST

START_TEST(six_threads_fit_a_terminal)
{
    made_tellers(&m, 6);
    print(80);
    ck_assert_uint_le(longest_line(), 80);
    expect_file("six-threads.txt");
    end();
}
END_TEST

START_TEST(a_wide_terminal_breaks_nothing)
{
    made_tellers(&m, 6);
    print(200);
    ck_assert_uint_le(longest_line(), 200);
    expect_lines("             |                     | -- PREEMPTED --     |   "
                 "          "
                 "        |                     |                     |        "
                 "          "
                 "   |\n");
    expect_lines(" | read balance -> 100 | ");
    end();
}
END_TEST

/* What has no room is said to be missing; memory that changes never is.  */
START_TEST(what_is_not_shown_is_named)
{
    made_lost_wakeup(&m);
    print(50);
    expect_lines("  not shown, for want of room: lock\n");
    expect_lines("     *50\n");
    end();
}
END_TEST

/* A write after the writer has seen the other's undoes nothing unseen.  */
START_TEST(only_a_stale_write_overwrites)
{
    made_lost_update(&m);
    m.failure.trace.length = 0;
    m.failure.length = 0;
    made_memory(&m, 2, OP_READ, &made_balance, 100, 18);
    made_memory(&m, 2, OP_WRITE, &made_balance, 70, 19);
    made_memory(&m, 1, OP_READ, &made_balance, 70, 11);
    made_memory(&m, 1, OP_WRITE, &made_balance, 120, 12);
    made_memory(&m, 2, OP_WRITE, &made_balance, 0, 19);
    made_memory(&m, 1, OP_WRITE, &made_balance, 0, 12);
    print(80);
    ck_assert_ptr_null(strstr(text, "overwrote"));
    end();
}
END_TEST

/* Under TSO memory has what is written when it leaves the store buffer.  */
START_TEST(a_buffered_store_comes_later)
{
    made_lost_update(&m);
    m.failure.trace.length = 0;
    m.failure.length = 0;
    made_memory(&m, 1, OP_READ, &made_balance, 100, 11);
    made_memory(&m, 1, OP_STORE, &made_balance, 150, 12);
    made_memory(&m, 1, OP_READ, &made_balance, 150, 11);
    made_memory(&m, 2, OP_READ, &made_balance, 100, 18);
    made_memory(&m, 1 + THREADS_MOST, OP_FLUSH, &made_balance, 150, 12);
    print(100);
    expect_lines(
        "     2    12 | store balance = 150       |                     |     "
        "100\n"
        "     3    11 | read balance -> 150       |                     |     "
        "100\n"
        "     4    18 |                           | read balance -> 100 |     "
        "100\n"
        "     5    12 | memory gets balance = 150 |                     |    "
        "*150\n");
    expect_lines("replay: A3.B1.a1#");
    end();
}
END_TEST

/* Two rounds of a livelock are shown, and how many there were.  */
START_TEST(a_livelock_is_cut_short)
{
    made_livelock(&m, 20);
    print(80);
    expect_lines(
        "     7    11 | read balance -> 1 |                   |       1     A\n"
        "     8    12 | release lock      |                   |       1    *-\n"
        "             | ... these 3 steps again, 18 times more, and so on\n"
        "  => more than 62 steps\n");
    ck_assert_ptr_null(strstr(text, "     9 "));
    expect_lines("replay: B2.A60#");
    end();
    made_livelock(&m, 4);
    print(80);
    expect_lines("    14    12 | release lock ");
    end();
}
END_TEST

static const struct {
    struct level level;
    const char *text;
} levels[] = {
    {{BOUND_NONE, STRATEGY_FULL, 90, 0, true, true}, "all 90 schedules"},
    {{2, STRATEGY_FULL, 1, 0, true, true}, "the only schedule"},
    {{0, STRATEGY_FULL, 2, 0, true, false}, "all without a preemption: 2"},
    {{1, STRATEGY_FULL, 4, 0, true, false}, "all with at most 1 preemption: 4"},
    {{2, STRATEGY_FULL, 1204, 0, true, false},
     "all with at most 2 preemptions: 1 204"},
    {{3, STRATEGY_FULL, 100000, 0, false, false},
     "the first 100 000 with at most 3 preemptions, no proof"},
    {{BOUND_NONE, STRATEGY_FULL, 1000000, 0, false, false},
     "the first 1 000 000, no proof"},
    {{BOUND_NONE, STRATEGY_DPOR, 27738, 0, true, true},
     "all schedules (27 738 kinds)"},
    {{BOUND_NONE, STRATEGY_DPOR, 5000, 0, false, false},
     "the first 5 000 kinds of schedules, no proof"},
    {{BOUND_NONE, STRATEGY_RANDOM, 20000, 0, true, false},
     "20 000 at random, no proof"},
    {{2, STRATEGY_PCT, 20000, 0, true, false},
     "20 000 at random (PCT of depth 3), no proof"},
    {{BOUND_NONE, STRATEGY_REPLAY, 1, 0, true, false},
     "one schedule that was given"},
};

START_TEST(each_level_says_what_it_guarantees)
{
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        size_t size;
        FILE *out = open_memstream(&text, &size);

        words_level(&levels[i].level, out);
        fclose(out);
        ck_assert_str_eq(text, levels[i].text);
        free(text);
    }
}
END_TEST

/* Fails unless the conclusion on the levels is that sentence.  */
static void expect_conclusion(const char *sentence)
{
    size_t size;
    FILE *out = open_memstream(&text, &size);

    words_conclusion(&m.names, &m.result, out);
    fclose(out);
    ck_assert_str_eq(text, sentence);
    free(text);
}

START_TEST(the_conclusion_claims_what_is_proven)
{
    struct level *l;

    made_right(&m);
    expect_conclusion("RIGHT: all 90 schedules end right.");
    m.result.n_levels = 1;
    expect_conclusion("NO FAILURE FOUND in the 2 schedules without a "
                      "preemption; with more preemptions nothing is proven.");
    l = made_level(&m, BOUND_NONE, 20000, 0);
    *l = (struct level){BOUND_NONE, STRATEGY_RANDOM, 20000, 0, true, false};
    expect_conclusion("NO FAILURE FOUND in the 2 schedules without a "
                      "preemption; with more preemptions nothing is proven.");
    m.result.levels[0].schedules = 1;
    expect_conclusion("NO FAILURE FOUND in the only schedule without a "
                      "preemption; with more preemptions nothing is proven.");
    m.result.levels[0] = *l;
    expect_conclusion(
        "NO FAILURE FOUND in 20 000 random schedules, which is no proof.");
    m.result.failure = &m.failure;
    l->failures = 3;
    m.failure.cost.preemptions = 2;
    expect_conclusion("WRONG: 3 of 20 000 random schedules fail; 2 preemptions "
                      "are enough.");
    *l = (struct level){BOUND_NONE, STRATEGY_FULL, 1, 1, true, true};
    m.failure.cost.preemptions = 0;
    expect_conclusion("WRONG: the only schedule fails; it takes no "
                      "preemption.");
    l->schedules = l->failures = 6;
    expect_conclusion("WRONG: all 6 schedules fail; it takes no preemption.");
    made_free(&m);
}
END_TEST

int main(void)
{
    suite_begin("explore-table");
    suite_add(lost_update);
    suite_add(lost_wakeup);
    suite_add(all_is_right);
    suite_add(six_threads_fit_a_terminal);
    suite_add(a_wide_terminal_breaks_nothing);
    suite_add(what_is_not_shown_is_named);
    suite_add(only_a_stale_write_overwrites);
    suite_add(a_buffered_store_comes_later);
    suite_add(a_livelock_is_cut_short);
    suite_add(each_level_says_what_it_guarantees);
    suite_add(the_conclusion_claims_what_is_proven);
    return suite_end();
}
