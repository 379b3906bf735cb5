/* check_table.c -- the report for a terminal, of small contests with known
   results.

   SPDX-License-Identifier: MIT */

#include "text/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "support/suite.h"
#include "text/figure.h"
#include "text/paragraph.h"

enum { BLOCKS = 11, MAX_CELLS = 4 };

/* A contest that tests fill, and what was printed of it.  */
static struct results r;
static char *text;

static void begin(void)
{
    r = (struct results){.against = memory_copy("pthread"),
                         .command = memory_copy("contention"),
                         .date = memory_copy("2025-01-01T00:00:00Z"),
                         .planned = BLOCKS,
                         .blocks = BLOCKS,
                         .seconds = 0.05,
                         .step = 0.8};
    r.cells = memory_new(MAX_CELLS, sizeof *r.cells);
}

static void end(void)
{
    results_free(&r);
    free(text);
    text = NULL;
}

static void print(void)
{
    size_t size;
    FILE *out = open_memstream(&text, &size);

    table_print(&r, out);
    fclose(out);
}

/* Adds a cell with room for so many rivals and the baseline.  */
static struct cell *add_cell(const char *workload, unsigned threads,
                             unsigned rivals)
{
    struct cell *cell = &r.cells[r.n_cells++];

    ck_assert_uint_le(r.n_cells, MAX_CELLS);
    *cell = (struct cell){
        .primitive = memory_copy("lock"),
        .workload = memory_copy(workload),
        .operation = memory_copy("one acquire and release"),
        .shape = {.threads = threads, .cs = (double)NAN, .ncs = (double)NAN},
        .contestants =
            memory_new(rivals + BASELINES, sizeof *cell->contestants)};
    return cell;
}

/* Adds a contestant with about that rate in each block, and no other metric
   known.  */
static struct contestant *add(struct cell *cell, const char *peer, double rate)
{
    struct contestant *c = &cell->contestants[cell->count++];

    c->peer = memory_copy(peer);
    c->samples = memory_new(BLOCKS, sizeof *c->samples);
    for (unsigned i = 0; i < r.blocks; i++) {
        struct sample *s = &c->samples[i];
        s->is_there = true;
        for (unsigned m = 0; m < METRICS; m++)
            s->values[m] = (double)NAN;
        s->values[RATE] = rate * (1 + 0.002 * (i * cell->count % 5));
    }
    return c;
}

static void add_baseline(struct cell *cell)
{
    add(cell, "pthread", 1e6);
    add(cell, "pthread", 1e6);
}

static void set(struct contestant *c, enum metric m, double value)
{
    for (unsigned i = 0; i < r.blocks; i++)
        c->samples[i].values[m] = value;
}

/* A contest of one rival in one cell.  */
static struct contestant *add_duel(const char *peer, double rate)
{
    struct cell *cell = add_cell("bank", 2, 1);
    struct contestant *c = add(cell, peer, rate);

    add_baseline(cell);
    return c;
}

static void ck_prints(const char *what)
{
    ck_assert_msg(strstr(text, what) != NULL, "no \"%s\" in:\n%s", what, text);
}

/* Makes each stretch of white space one blank.  */
static char *squeeze(const char *from)
{
    char *to = memory_new(strlen(from) + 1, 1), *end = to;

    for (; *from; from++) {
        bool is_blank = *from == ' ' || *from == '\n';
        if (!is_blank)
            *end++ = *from;
        else if (end > to && end[-1] != ' ')
            *end++ = ' ';
    }
    return to;
}

/* The same, wherever the lines break.  */
static void ck_says(const char *what)
{
    char *line = squeeze(text);

    ck_assert_msg(strstr(line, what) != NULL, "no \"%s\" in:\n%s", what, text);
    free(line);
}

static void ck_prints_not(const char *what)
{
    ck_assert_msg(strstr(text, what) == NULL, "\"%s\" in:\n%s", what, text);
}

/* Counts characters in UTF-8.  */
static void ck_fits(void)
{
    unsigned column = 0;

    for (const char *s = text; *s; s++) {
        if (*s == '\n')
            column = 0;
        else if (((unsigned char)*s & 0xc0) != 0x80)
            column++;
        ck_assert_msg(column <= PAGE_WIDTH, "too long: %.100s", s - column);
    }
}

static void ck_figure(struct figure f, const char *wanted)
{
    ck_assert_str_eq(f.text, wanted);
}

START_TEST(counts_have_three_digits)
{
    ck_figure(figure_count(14.123e6), "14.1M");
    ck_figure(figure_count(1.184), "1.18");
    ck_figure(figure_count(999.4), "999");
    ck_figure(figure_count(999.6), "1.00k");
    ck_figure(figure_count(0), "0.00");
    ck_figure(figure_count(0.0123), "0.012");
    ck_figure(figure_count(0.0001), "1e-04");
    ck_figure(figure_count(1e30), ">999T");
    ck_figure(figure_count((double)NAN), "n/a");
}
END_TEST

START_TEST(times_have_their_unit)
{
    ck_figure(figure_time(92), "92.0ns");
    ck_figure(figure_time(1900), "1.90us");
    ck_figure(figure_spaced_time(4e5), "400 us");
    ck_figure(figure_time(999.7e6), "1.00s");
    ck_figure(figure_time((double)NAN), "n/a");
}
END_TEST

START_TEST(shares_are_percentages)
{
    ck_figure(figure_share(0.38), "38%");
    ck_figure(figure_share(0.004), "0.4%");
    ck_figure(figure_share(1), "100%");
    ck_figure(figure_share(9.985), "998%");
    ck_figure(figure_share(9.999), ">999%");
    ck_figure(figure_share((double)NAN), "n/a");
}
END_TEST

START_TEST(faster_is_said)
{
    begin();
    add_duel("interlock", 1.5e6);
    print();
    ck_prints(" faster\n");
    ck_says("interlock, 2 threads: faster than pthread (1.50 [");
    ck_says("faster in 1 of 1 cells, slower in 0");
    ck_prints("(noise)");
    end();
}
END_TEST

START_TEST(slower_is_said_and_named)
{
    begin();
    add_duel("interlock", 0.5e6);
    print();
    ck_prints(" slower\n");
    ck_says("slower interlock: lock / bank, 2 threads: 0.50 [");
    end();
}
END_TEST

START_TEST(no_difference_is_said)
{
    begin();
    add_duel("interlock", 1e6);
    print();
    ck_prints(" no diff\n");
    ck_says("no difference shown (1.00 [");
    end();
}
END_TEST

START_TEST(few_blocks_make_no_verdict)
{
    begin();
    r.blocks = 3;
    add_duel("interlock", 2e6);
    print();
    ck_prints(" too few\n");
    ck_says("no cell has a verdict: that takes 6 blocks, and 3 are finished");
    ck_prints_not("faster than");
    end();
}
END_TEST

START_TEST(an_interrupted_contest_says_so)
{
    begin();
    r.blocks = 7;
    r.is_cut = true;
    add_duel("interlock", 2e6);
    print();
    ck_says("interrupted after 7 of 11 blocks");
    ck_prints(" faster\n");
    free(text);
    r.is_cut = false;
    print();
    ck_says("after 7 of 11 blocks");
    ck_prints_not("interrupted");
    end();
}
END_TEST

START_TEST(a_contest_without_blocks_is_printed)
{
    begin();
    r.blocks = 0;
    r.is_cut = true;
    add_duel("interlock", 2e6);
    print();
    ck_says("after 0 of 11 blocks");
    ck_says("no cell has a verdict");
    end();
}
END_TEST

START_TEST(broken_has_a_row_with_its_reason)
{
    begin();
    add_duel("interlock", 9e6)->fault = memory_copy("it lost 3 updates");
    print();
    ck_prints("   2 interlock      BROKEN: it lost 3 updates\n");
    ck_says("BROKEN interlock: lock / bank, 2 threads: it lost 3 updates");
    ck_says("no cell has a verdict");
    ck_prints_not("9.00M");
    ck_assert(results_has_fault(&r));
    end();
}
END_TEST

START_TEST(a_broken_baseline_leaves_no_verdict)
{
    begin();
    add_duel("interlock", 9e6);
    r.cells[0].contestants[2].fault = memory_copy("its threads hang");
    print();
    ck_says("BROKEN: its threads hang");
    ck_prints("noise floor   unknown");
    ck_says("no cell has a verdict");
    ck_assert(results_has_fault(&r));
    end();
}
END_TEST

START_TEST(a_contest_of_the_sound_is_not_broken)
{
    begin();
    add_duel("interlock", 1e6);
    ck_assert(!results_has_fault(&r));
    end();
}
END_TEST

START_TEST(what_nobody_knows_has_no_column)
{
    begin();
    set(add_duel("interlock", 1e6), JAIN, 0.5);
    print();
    ck_prints(" thr peer           Jain\n   2 interlock      0.50\n");
    ck_prints("   2 pthread         n/a\n");
    ck_prints_not("bypass\n");
    end();
}
END_TEST

START_TEST(wakes_stand_where_waits_would)
{
    struct contestant *c;

    begin();
    c = add_duel("interlock", 1e6);
    set(c, WAKE_FIRST, 20e3);
    set(c, WAKE_MEDIAN, 50e3);
    set(c, WAKE_LAST, 120e3);
    print();
    ck_prints("first median   last verdict");
    ck_prints("20.0us 50.0us  120us");
    end();
}
END_TEST

START_TEST(an_order_is_claimed_only_where_it_is_shown)
{
    struct cell *cell;

    begin();
    cell = add_cell("bank", 2, 3);
    add(cell, "interlock", 1.5e6);
    add(cell, "nsync", 1.5e6);
    add(cell, "parking_lot", 2e6);
    add_baseline(cell);
    print();
    ck_says("2nd to 3rd of 4, behind parking_lot 2.0");
    ck_prints_not("nsync 1.50 [");
    end();
}
END_TEST

START_TEST(one_large_ratio_moves_the_mean_alone)
{
    begin();
    add_duel("interlock", 2e6);
    add_duel("interlock", 2e6);
    add_duel("interlock", 250e6);
    print();
    ck_says("geometric mean of the ratios 10.0, median 2.00, each cell");
    end();
}
END_TEST

START_TEST(a_price_that_speed_hides_is_named)
{
    struct contestant *c;

    begin();
    c = add_duel("interlock", 2e6);
    set(c, WAIT_P99, 8e6);
    set(&r.cells[0].contestants[1], WAIT_P99, 2e3);
    set(&r.cells[0].contestants[2], WAIT_P99, 2e3);
    print();
    ck_says("also: p99 wait 8.00 ms, not 2.00 us");
    end();
}
END_TEST

START_TEST(a_price_that_is_the_same_is_not_named)
{
    struct contestant *c;

    begin();
    c = add_duel("interlock", 2e6);
    set(c, WAIT_P99, 8e6);
    set(&r.cells[0].contestants[1], WAIT_P99, 2e3);
    set(&r.cells[0].contestants[2], WAIT_P99, 8e6);
    print();
    ck_prints_not("also:");
    end();
}
END_TEST

static void add_control(const char *peer, double rate)
{
    add_duel(peer, rate);
    r.cells[0].waiting = memory_copy("of an acquisition");
}

START_TEST(a_control_off_the_baseline_is_a_doubt)
{
    begin();
    add_control("uv", 1.2e6);
    print();
    ck_says("1 of 1 differs beyond the noise");
    ck_says("uv, lock / bank, 2 threads: 1.2");
    end();
}
END_TEST

START_TEST(a_control_like_the_baseline_is_fine)
{
    begin();
    add_control("boost", 1e6);
    print();
    ck_says("None of 1 differs beyond the");
    end();
}
END_TEST

START_TEST(where_nobody_waits_there_is_no_control)
{
    begin();
    add_duel("uv", 1.2e6);
    print();
    ck_prints_not("controls");
    end();
}
END_TEST

START_TEST(a_baseline_in_place_of_the_usual_one_is_named)
{
    begin();
    add_duel("interlock", 1.5e6);
    for (unsigned i = 1; i < 3; i++) {
        free(r.cells[0].contestants[i].peer);
        r.cells[0].contestants[i].peer = memory_copy("textbook");
    }
    print();
    ck_says("operation: one acquire and release; baseline: textbook");
    ck_says("interlock, 2 threads: faster than textbook (1.50 [");
    ck_says("interlock against pthread (or the baseline in its place): ");
    end();
}
END_TEST

START_TEST(absences_have_their_reason)
{
    begin();
    add_duel("interlock", 1e6);
    results_miss(&r, "nsync", "libnsync-dev is not installed");
    print();
    ck_prints("absent    nsync: libnsync-dev is not installed\n");
    end();
}
END_TEST

START_TEST(anything_fits_in_80_columns)
{
    static const double values[] = {0,      1e-9, 1e-3, 0.9996,
                                    123456, 1e10, 1e18, 1e300};

    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct contestant *c;
        begin();
        c = add_duel("a_peer_with_14", values[i]);
        for (unsigned m = HANDOVER; m < METRICS; m++)
            set(c, (enum metric)m, values[i]);
        r.cells[0].shape.threads = 1024;
        results_note(&r, "a key with words",
                     "a value as long as this one is, "
                     "and it goes on and on and on");
        print();
        ck_says("a_peer_with_14");
        ck_fits();
        end();
    }
}
END_TEST

START_TEST(long_names_and_faults_fit_in_80_columns)
{
    char name[200];
    struct cell *cell;

    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    begin();
    cell = add_cell(name, 2, 2);
    add(cell, name, 1e6);
    add(cell, "tas", 1e6)->fault = memory_copy(name);
    add_baseline(cell);
    results_miss(&r, name, name);
    print();
    ck_fits();
    end();
}
END_TEST

START_TEST(a_memory_file_gets_no_control_characters)
{
    begin();
    unsetenv("NO_COLOR");
    setenv("TERM", "xterm", 1);
    add_duel("interlock", 2e6)->fault = memory_copy("it wrote \033[31m\a");
    print();
    ck_says("it wrote ?[31m?");
    ck_prints_not("\033");
    end();
}
END_TEST

/* Speeds 1, 2, 4 with 1, 2, 4 threads.  */
static void print_scaling(const char *locale)
{
    setenv("LC_ALL", locale, 1);
    begin();
    for (unsigned threads = 1; threads <= 4; threads *= 2) {
        struct cell *cell = add_cell("bank", threads, 1);
        add(cell, "interlock", threads * 1e6);
        add_baseline(cell);
    }
    print();
}

START_TEST(sparklines_show_the_scaling)
{
    print_scaling("C.UTF-8");
    ck_prints("interlock      \u2582\u2584\u2588");
    ck_fits();
    end();
}
END_TEST

START_TEST(no_sparklines_where_they_cannot_be_seen)
{
    print_scaling("C");
    ck_prints_not("\u2588");
    end();
}
END_TEST

START_TEST(threads_of_a_workload_are_one_group)
{
    print_scaling("C");
    ck_assert_ptr_null(
        strstr(strstr(text, "lock / bank\n") + 1, "lock / bank\n"));
    ck_says("interlock, 1 thread: ");
    ck_says("interlock, 4 threads: ");
    end();
}
END_TEST

int main(void)
{
    suite_begin("table");
    suite_add(counts_have_three_digits);
    suite_add(times_have_their_unit);
    suite_add(shares_are_percentages);
    suite_add(faster_is_said);
    suite_add(slower_is_said_and_named);
    suite_add(no_difference_is_said);
    suite_add(few_blocks_make_no_verdict);
    suite_add(an_interrupted_contest_says_so);
    suite_add(a_contest_without_blocks_is_printed);
    suite_add(broken_has_a_row_with_its_reason);
    suite_add(a_broken_baseline_leaves_no_verdict);
    suite_add(a_contest_of_the_sound_is_not_broken);
    suite_add(what_nobody_knows_has_no_column);
    suite_add(wakes_stand_where_waits_would);
    suite_add(an_order_is_claimed_only_where_it_is_shown);
    suite_add(one_large_ratio_moves_the_mean_alone);
    suite_add(a_price_that_speed_hides_is_named);
    suite_add(a_price_that_is_the_same_is_not_named);
    suite_add(a_control_off_the_baseline_is_a_doubt);
    suite_add(where_nobody_waits_there_is_no_control);
    suite_add(a_baseline_in_place_of_the_usual_one_is_named);
    suite_add(a_control_like_the_baseline_is_fine);
    suite_add(absences_have_their_reason);
    suite_add(anything_fits_in_80_columns);
    suite_add(long_names_and_faults_fit_in_80_columns);
    suite_add(a_memory_file_gets_no_control_characters);
    suite_add(sparklines_show_the_scaling);
    suite_add(no_sparklines_where_they_cannot_be_seen);
    suite_add(threads_of_a_workload_are_one_group);
    return suite_end();
}
