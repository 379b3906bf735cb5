/* check_markdown.c -- the page of results in Markdown, of small contests with
   known results.

   SPDX-License-Identifier: MIT */

#include "text/markdown.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "html/html.h"
#include "memory.h"
#include "support/contest.h"
#include "support/suite.h"

enum { BLOCKS = 11 };

/* A contest that tests fill, and the page of it.  */
static struct results r;
static char *text;

static void write_page(void)
{
    size_t size;
    FILE *out = open_memstream(&text, &size);

    ck_assert_int_eq(markdown_write(&r, NULL, out), 0);
    fclose(out);
}

static void write_page_with_goals(void)
{
    size_t size;
    FILE *out = open_memstream(&text, &size);

    ck_assert_int_eq(markdown_write(&r, &r, out), 0);
    fclose(out);
}

static void end(void)
{
    results_free(&r);
    free(text);
}

static void set(struct cell *cell, unsigned i, enum metric m, double value)
{
    for (unsigned block = 0; block < r.planned; block++)
        cell->contestants[i].samples[block].values[m] = value;
}

/* A cell in which nsync is twice as fast as all others, always.  */
static struct cell *add_cell(const char *workload, unsigned threads)
{
    struct cell *cell = contest_add(&r, workload, threads);

    for (unsigned i = 0; i < CONTESTANTS; i++)
        set(cell, i, RATE, i == NSYNC ? 2e6 : 1e6);
    return cell;
}

/* The workload with 1 and 4 threads.  */
static void add_group(const char *workload)
{
    add_cell(workload, 1);
    add_cell(workload, 4);
}

/* Check has room for the first part of the page only.  */
static void ck_says(const char *what)
{
    ck_assert_msg(strstr(text, what) != NULL, "no \"%s\" in:\n%.4000s", what,
                  text);
}

static void ck_says_not(const char *what)
{
    ck_assert_msg(strstr(text, what) == NULL, "\"%s\" is there", what);
}

START_TEST(every_peer_has_a_row)
{
    contest_begin(&r, BLOCKS);
    add_group("bank");
    write_page();
    ck_says("### <a id=\"lock-bank\"></a>lock / bank\n");
    ck_says("\n| nsync | 2.00M\u00a0(2.00\u25b2) | 2.00M\u00a0(2.00\u25b2) | "
            "[2.00,2.00] |");
    ck_says("\n| **interlock** | 1.00M\u00a0(1.00=) |");
    ck_says("\n| **pthread** (baseline) | 1.00M | 1.00M |");
    end();
}
END_TEST

START_TEST(broken_has_its_fault_and_no_figure)
{
    contest_begin(&r, BLOCKS);
    add_group("bank");
    r.cells[1].contestants[NSYNC].fault = memory_copy("it lost 3 <of> 4 | 5\n");
    write_page();
    ck_says("* **BROKEN** nsync, lock / bank, 4 threads: "
            "it lost 3 &lt;of&gt; 4 \\| 5?\n");
    ck_says(" | **BROKEN**: it lost 3 &lt;of&gt; 4 \\| 5? |\n");
    ck_says("| nsync | 1 | 0 | 0 | 0 | 1 | 1 | 2.00 | 1.00 |\n");
    end();
}
END_TEST

START_TEST(without_its_baseline_no_ratio_is_given)
{
    contest_begin(&r, BLOCKS);
    add_group("bank");
    for (unsigned i = 0; i < r.n_cells; i++)
        r.cells[i].contestants[FIRST_BASELINE].fault = memory_copy("it hangs");
    write_page();
    ck_says("no cell has a verdict");
    ck_says("[bank](#lock-bank) | n/a | n/a | n/a |");
    ck_says("| **pthread** (baseline) | **BROKEN**: it hangs");
    end();
}
END_TEST

START_TEST(an_order_is_claimed_only_where_it_is_shown)
{
    contest_begin(&r, BLOCKS);
    add_group("bank");
    write_page();
    ck_says("1.00\u00a0=\u00a02\u20113/3 | nsync 2.00, ahead |\n");
    end();
}
END_TEST

START_TEST(few_blocks_make_no_verdict)
{
    contest_begin(&r, 3);
    add_group("bank");
    write_page();
    ck_says("no cell has a verdict: that takes 6 blocks, and 3 are finished");
    ck_says_not("/3 |");
    ck_says_not("ahead |");
    end();
}
END_TEST

START_TEST(means_are_of_the_same_cells)
{
    contest_begin(&r, BLOCKS);
    add_group("bank");
    set(&r.cells[1], INTERLOCK, RATE, 8e6);
    r.cells[1].contestants[NSYNC].fault = memory_copy("it hangs");
    write_page();
    ck_says("**interlock** | 1 | 0 | 1 | 0 | 0 | 2 | 2.83 | 2.83 |\n");
    ck_says("nsync | 1 | 0 | 0 | 0 | 1 | 1 | 2.00 | 1.00 |\n");
    end();
}
END_TEST

START_TEST(what_nobody_knows_has_no_column)
{
    contest_begin(&r, BLOCKS);
    add_group("bank");
    set(&r.cells[1], INTERLOCK, FUTEXES, 2.5);
    write_page();
    ck_says("| peer | 1 thread | 4 threads | 95 % | futex 1/kop |\n");
    ck_says("] | n/a |\n");
    end();
}
END_TEST

/* Whether a bar in the row ends a cell.  */
static bool is_bar(const char *s)
{
    return *s == '|' && (s == text || s[-1] != '\\');
}

/* Each row of a table has as many cells as the one before.  */
static void ck_tables(void)
{
    unsigned wanted = 0;

    for (char *line = text, *after; *line; line = after + 1) {
        unsigned n = 0;
        after = strchr(line, '\n');
        ck_assert_ptr_nonnull(after);
        for (const char *s = line; s < after; s++)
            n += is_bar(s);
        ck_assert_msg(wanted == 0 || n == wanted || n == 0, "%u bars in %.*s",
                      n, (int)(after - line), line);
        wanted = n;
    }
}

START_TEST(tables_are_rectangles)
{
    contest_begin(&r, BLOCKS);
    add_group("bank");
    add_cell("alone", 1);
    for (unsigned m = HANDOVER; m < METRICS; m++)
        set(&r.cells[1], NSYNC, (enum metric)m, 0.5);
    results_note(&r, "a | b", "c \\ d");
    results_miss(&r, "musl", "it | is not there");
    write_page();
    ck_tables();
    ck_says("| musl | it \\| is not there |\n");
    end();
}
END_TEST

START_TEST(the_machine_is_only_what_its_facts_say)
{
    contest_begin(&r, BLOCKS);
    add_group("bank");
    write_page();
    ck_says("What this machine can't show");
    ck_says_not("oversubscribed");
    ck_says_not("virtual machine");
    free(text);
    results_note(&r, "CPUs", "2 usable of 2, SMT n/a, NUMA nodes 1");
    results_note(&r, "VM", "yes");
    write_page();
    ck_says("What 2 CPUs can't show\n\nWith 4 threads the machine is "
            "oversubscribed");
    ck_says("nothing here is about NUMA");
    ck_says_not("SMT is");
    ck_says("It is a virtual machine");
    end();
}
END_TEST

/* Removes the directory and the pictures in it.  Returns how many of them the
   page links to.  */
static unsigned count_linked(const char *directory)
{
    DIR *files = opendir(directory);
    const struct dirent *file;
    unsigned n = 0;

    ck_assert_ptr_nonnull(files);
    while ((file = readdir(files))) {
        char link[300];
        snprintf(link, sizeof link, "](pictures/%s)", file->d_name);
        n += strstr(text, link) != NULL;
        unlinkat(dirfd(files), file->d_name, 0);
    }
    closedir(files);
    ck_assert_int_eq(rmdir(directory), 0);
    return n;
}

START_TEST(only_the_page_of_make_says_so)
{
    contest_begin(&r, BLOCKS);
    add_group("bank");
    write_page();
    ck_says_not("make bench-results");
    free(text);
    free(r.command);
    r.command = memory_copy("contention --markdown bench/RESULTS.md");
    write_page();
    ck_says("`make bench-results`, which runs");
    end();
}
END_TEST

START_TEST(pictures_are_where_they_are_written)
{
    char directory[] = "/tmp/check_markdown.XXXXXX";

    ck_assert_ptr_nonnull(mkdtemp(directory));
    contest_begin(&r, BLOCKS);
    add_group("mutexbench-moderate");
    for (unsigned i = 0; i < r.n_cells; i++) {
        r.cells[i].shape.cs = 1500;
        histogram_add(&r.cells[i].contestants[NSYNC].waits, 100);
    }
    write_page();
    ck_assert_int_eq(html_write_plots(&r, directory), 0);
    ck_says("lock-mutexbench-moderate-cs-1.5-us-waits.svg)");
    ck_assert_uint_eq(count_linked(directory), 2);
    end();
}
END_TEST

START_TEST(other_workloads_have_no_pictures)
{
    contest_begin(&r, BLOCKS);
    add_group("bank");
    write_page();
    ck_says_not("](pictures/");
    end();
}
END_TEST

START_TEST(goals_have_their_table_if_there_are_results)
{
    contest_begin(&r, BLOCKS);
    add_cell("pair", 1);
    write_page();
    ck_assert_ptr_null(strstr(text, "#goals"));
    free(text);
    write_page_with_goals();
    ck_assert_ptr_nonnull(strstr(text, "[Goals](#goals)"));
    ck_assert_ptr_nonnull(strstr(text, "<a id=\"goals\"></a>Goals\n"));
    ck_assert_ptr_nonnull(strstr(text, " | nsync | "));
    ck_assert_ptr_nonnull(strstr(text, "**0 of 37 goals hold.**"));
    end();
}
END_TEST

int main(void)
{
    suite_begin("markdown");
    suite_add(every_peer_has_a_row);
    suite_add(broken_has_its_fault_and_no_figure);
    suite_add(without_its_baseline_no_ratio_is_given);
    suite_add(an_order_is_claimed_only_where_it_is_shown);
    suite_add(few_blocks_make_no_verdict);
    suite_add(means_are_of_the_same_cells);
    suite_add(what_nobody_knows_has_no_column);
    suite_add(tables_are_rectangles);
    suite_add(the_machine_is_only_what_its_facts_say);
    suite_add(only_the_page_of_make_says_so);
    suite_add(pictures_are_where_they_are_written);
    suite_add(other_workloads_have_no_pictures);
    suite_add(goals_have_their_table_if_there_are_results);
    return suite_end();
}
