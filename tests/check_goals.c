/* check_goals.c -- the goals are judged by the figures, of contests with known
   results.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "goals/judge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "support/contest.h"
#include "support/suite.h"
#include "text/goals.h"
#include "text/paragraph.h"

enum { BLOCKS = 7, MATRIX = 50 };

static struct results r;
static struct court court;

/* Adds the cell that was asked for.  */
static struct cell *add_ask(const struct ask *ask)
{
    struct cell *cell = contest_add(&r, ask->field->workload, ask->threads);

    free(cell->primitive);
    cell->primitive = memory_copy(ask->primitive);
    cell->shape.cs = ask->cs;
    cell->shape.ncs = ask->ncs;
    cell->shape.pin = ask->field->pin;
    cell->shape.beside = ask->field->is_beside;
    return cell;
}

/* Gives the contestants these times of an operation.  */
static void set_times(const struct cell *cell, double ours, double nsync,
                      double pthread)
{
    contest_set(&r, cell, INTERLOCK, RATE, 1e9 / ours, 1);
    contest_set(&r, cell, NSYNC, RATE, 1e9 / nsync, 1);
    contest_set(&r, cell, FIRST_BASELINE, RATE, 1e9 / pthread, 1);
    contest_set(&r, cell, SECOND_BASELINE, RATE, 1e9 / pthread, 1);
}

static const struct goal *find_goal(const char *text, enum rivals rivals)
{
    const struct goal *g = goal_table;

    while (g->text && (strcmp(g->text, text) != 0 || g->rivals != rivals))
        g++;
    ck_assert_ptr_nonnull(g->text);
    return g;
}

/* Begins a contest with all cells of the goal, of equals at 10 ns.  */
static const struct goal *begin(const char *text, enum rivals rivals)
{
    const struct goal *g = find_goal(text, rivals);
    struct ask asks[MAX_ASKS];

    contest_begin(&r, BLOCKS);
    for (unsigned i = 0; i < MAX_FIELDS && g->fields[i].primitives; i++) {
        unsigned n = field_expand(&g->fields[i], asks);
        for (unsigned k = 0; k < n; k++)
            set_times(add_ask(&asks[k]), 10, 10, 10);
    }
    return g;
}

static const struct goal *begin_pair(void)
{
    return begin("Lock pair, other threads alive", BEST);
}

static const struct judgement *judge(const struct goal *g)
{
    court_begin(&court, &r, NULL, 0);
    for (unsigned i = 0; i < court.n; i++) {
        if (court.judgements[i].goal == g)
            return &court.judgements[i];
    }
    ck_abort_msg("it is not judged");
    return NULL;
}

static void end(void)
{
    court_end(&court);
    results_free(&r);
}

static void ck_close(double a, double b)
{
    ck_assert_double_le(fabs(a / b - 1), 0.02);
}

static void ck_outcome(const struct judgement *j, enum outcome wanted)
{
    ck_assert_str_eq(outcome_words[j->all.outcome], outcome_words[wanted]);
}

static void rename_peer(const struct cell *cell, unsigned i, const char *name)
{
    free(cell->contestants[i].peer);
    cell->contestants[i].peer = memory_copy(name);
}

/* Gives interlock these ratios to equals, block by block.  */
static void set_ratios(const double *ratios)
{
    const struct cell *cell = &r.cells[0];

    for (unsigned i = 0; i < BLOCKS; i++) {
        for (unsigned k = 0; k < CONTESTANTS; k++)
            cell->contestants[k].samples[i].values[RATE] = 1e8;
        cell->contestants[INTERLOCK].samples[i].values[RATE] = 1e8 / ratios[i];
    }
}

START_TEST(a_goal_holds_if_the_ratio_meets_the_limit)
{
    const struct goal *g = begin_pair();
    const struct judgement *j;

    set_times(&r.cells[0], 5, 10, 20);
    j = judge(g);
    ck_outcome(j, HOLDS);
    ck_assert_str_eq(j->all.rival, "nsync");
    ck_close(j->all.ratio.median, 0.5);
    ck_close(j->all.ours, 5);
    ck_close(j->all.theirs, 10);
    ck_assert_double_le(j->all.ratio.low, j->all.ratio.median);
    ck_assert_double_le(j->all.ratio.median, j->all.ratio.high);
    ck_assert_double_le(j->all.noise, 1.03);
    ck_assert_uint_eq(court.held, 1);
    end();
}
END_TEST

START_TEST(a_planted_slow_one_is_missed)
{
    const struct goal *g = begin_pair();

    set_times(&r.cells[0], 500, 10, 20);
    ck_outcome(judge(g), MISSED);
    ck_assert_uint_eq(court.held, 0);
    end();
}
END_TEST

START_TEST(a_limit_within_the_interval_is_not_shown)
{
    static const double ratios[BLOCKS] = {0.40, 0.40, 0.40, 0.60,
                                          0.70, 0.70, 0.70};
    const struct goal *g = begin_pair();
    const struct judgement *j;

    set_ratios(ratios);
    j = judge(g);
    ck_outcome(j, NOT_SHOWN);
    ck_close(j->all.ratio.median, 0.60);
    ck_assert_uint_eq(court.held, 0);
    end();
}
END_TEST

START_TEST(the_median_is_judged_and_not_the_interval)
{
    static const double ratios[BLOCKS] = {0.40, 0.40, 0.40, 0.50,
                                          0.70, 0.70, 0.70};
    const struct goal *g = begin_pair();
    const struct judgement *j;

    set_ratios(ratios);
    j = judge(g);
    ck_outcome(j, HOLDS);
    ck_assert_double_gt(j->all.ratio.high, j->all.limit);
    end();
}
END_TEST

START_TEST(the_best_rival_is_the_one_with_the_best_median)
{
    const struct goal *g = begin_pair();

    set_times(&r.cells[0], 10, 30, 20);
    for (unsigned i = 0; i < BLOCKS / 2; i++)
        r.cells[0].contestants[NSYNC].samples[i].values[RATE] = 1e9;
    ck_assert_str_eq(judge(g)->all.rival, "pthread");
    end();
}
END_TEST

START_TEST(who_never_parks_is_no_rival)
{
    const struct goal *g = begin_pair();

    set_times(&r.cells[0], 10, 1, 20);
    rename_peer(&r.cells[0], NSYNC, "tas");
    ck_assert_str_eq(judge(g)->all.rival, "pthread");
    end();
    ck_assert(!rivals_include(BEST, "ck", "rlock"));
    ck_assert(rivals_include(BEST, "ck", "event"));
    ck_assert(!rivals_include(BEST, "interlock", "lock"));
    ck_assert(!rivals_include(BEST, "absl-note", "event")); /* serves once */
    ck_assert(rivals_include(BEST, "absl", "event"));
    ck_assert(!rivals_include(MUTEX_BUILT, "std", "event"));
    ck_assert(rivals_include(MUTEX_BUILT, "pthread", "event"));
}
END_TEST

START_TEST(who_is_broken_is_no_rival_and_holds_nothing)
{
    const struct goal *g = begin_pair();

    set_times(&r.cells[0], 5, 1, 20);
    r.cells[0].contestants[NSYNC].fault = memory_copy("it lost updates");
    ck_assert_str_eq(judge(g)->all.rival, "pthread");
    court_end(&court);
    r.cells[0].contestants[INTERLOCK].fault = memory_copy("it hangs");
    ck_outcome(judge(g), OUT_OF_ORDER);
    ck_assert_uint_eq(court.held, 0);
    end();
}
END_TEST

START_TEST(without_a_rival_nothing_holds)
{
    const struct goal *g = begin_pair();

    for (unsigned i = NSYNC; i < CONTESTANTS; i++)
        rename_peer(&r.cells[0], i, "tas");
    ck_outcome(judge(g), NO_RIVAL);
    ck_assert_uint_eq(court.held, 0);
    end();
}
END_TEST

START_TEST(what_is_not_measured_does_not_hold)
{
    const struct goal *g = begin_pair();

    for (unsigned i = 0; i < BLOCKS; i++)
        r.cells[0].contestants[INTERLOCK].samples[i].is_there = false;
    ck_outcome(judge(g), NOT_MEASURED);
    ck_outcome(&court.judgements[1], NOT_MEASURED);
    ck_assert_uint_eq(court.held, 0);
    end();
}
END_TEST

START_TEST(several_cells_come_to_their_geometric_mean)
{
    const struct goal *g = begin("contended Lock", THE_C_LIB);
    const struct judgement *j;

    ck_assert_uint_eq(r.n_cells, MATRIX);
    for (unsigned i = 0; i < MATRIX; i++)
        set_times(&r.cells[i], i % 2 ? 10 : 2.5, 1, 10);
    j = judge(g);
    ck_outcome(j, HOLDS);
    ck_assert_uint_eq(j->n_cells, MATRIX);
    ck_assert_str_eq(j->all.rival, "pthread");
    ck_close(j->all.ratio.median, 0.5);
    ck_close(j->all.ours, 5);
    ck_close(j->all.theirs, 10);
    end();
}
END_TEST

START_TEST(a_mean_needs_all_its_cells)
{
    const struct goal *g = begin("contended Lock", THE_C_LIB);

    for (unsigned i = 0; i < MATRIX; i++)
        set_times(&r.cells[i], 1, 1, 10);
    r.cells[3].shape.threads = 77;
    ck_outcome(judge(g), NOT_MEASURED);
    end();
}
END_TEST

/* nsync is faster in most, but pthread over all.  */
START_TEST(the_best_of_all_is_that_over_all_cells_in_time)
{
    const struct goal *g = begin("its CPU time", BEST_OF_ALL);
    const struct judgement *j;

    for (unsigned i = 0; i < MATRIX; i++) {
        const struct cell *cell = &r.cells[i];
        set_times(cell, 10, i < 40 ? 9 : 1000, 10);
        contest_set(&r, cell, INTERLOCK, CPU, 8, 1);
        contest_set(&r, cell, NSYNC, CPU, 1, 1);
        contest_set(&r, cell, FIRST_BASELINE, CPU, 16, 1);
        contest_set(&r, cell, SECOND_BASELINE, CPU, 16, 1);
    }
    j = judge(g);
    ck_assert_str_eq(j->all.rival, "pthread");
    ck_close(j->all.ratio.median, 0.5);
    ck_outcome(j, HOLDS);
    end();
}
END_TEST

START_TEST(each_cell_has_to_hold_and_the_worst_is_named)
{
    const struct goal *g = begin("contended Lock", BEST);
    const struct judgement *j;

    set_times(&r.cells[17], 30, 10, 20);
    set_times(&r.cells[18], 20, 10, 20);
    j = judge(g);
    ck_outcome(j, MISSED);
    ck_assert_uint_eq(j->held, MATRIX - 2);
    ck_assert_ptr_eq(j->all.cell, &r.cells[17]);
    ck_close(j->all.ratio.median, 3);
    end();
}
END_TEST

START_TEST(a_limit_may_be_the_noise_floor)
{
    const struct goal *g =
        begin("hand-offs, buffer, two threads a CPU", THE_C_LIB);
    const struct judgement *j;

    for (unsigned i = 0; i < r.n_cells; i++)
        r.cells[i].shape.threads = 4;
    contest_set(&r, &r.cells[1], FIRST_BASELINE, RATE, 0.8e8, 1);
    j = judge(g);
    ck_close(j->cells[1].limit, 1.25);
    ck_assert_int_eq(j->cells[1].outcome, HOLDS);
    set_times(&r.cells[2], 20, 10, 10);
    court_end(&court);
    ck_outcome(judge(g), MISSED);
    end();
}
END_TEST

START_TEST(a_figure_may_have_its_own_limit)
{
    const struct goal *g =
        begin("its longest wait of all, 16 threads, 1000 ns inside", NOBODY);
    const struct judgement *j;

    for (unsigned i = 0; i < r.n_cells; i++)
        contest_set(&r, &r.cells[i], INTERLOCK, WAIT_MAX, 1e6, 1);
    ck_outcome(judge(g), HOLDS);
    court_end(&court);
    r.cells[1].contestants[INTERLOCK].samples[3].values[WAIT_MAX] = 6e6;
    j = judge(g);
    ck_outcome(j, MISSED);
    ck_assert_double_eq(j->all.ours, 6e6);
    end();
}
END_TEST

START_TEST(of_shares_more_is_better)
{
    const struct goal *g =
        begin("its shares over a second (Jain's index), at least", NOBODY);
    const struct judgement *j;

    for (unsigned i = 0; i < r.n_cells; i++)
        contest_set(&r, &r.cells[i], INTERLOCK, JAIN, 0.95, 1);
    ck_outcome(judge(g), HOLDS);
    court_end(&court);
    contest_set(&r, &r.cells[2], INTERLOCK, JAIN, 0.5, 1);
    j = judge(g);
    ck_outcome(j, MISSED);
    ck_assert_ptr_eq(j->all.cell, &r.cells[2]);
    end();
}
END_TEST

START_TEST(a_deadline_is_compared_with_none)
{
    const struct goal *g = begin("with a deadline, nobody in the way", UNTIMED);
    const struct judgement *j;

    for (unsigned i = 0; i < r.n_cells; i++) {
        rename_peer(&r.cells[i], INTERLOCK, "interlock-until");
        rename_peer(&r.cells[i], FIRST_BASELINE, "interlock");
        rename_peer(&r.cells[i], SECOND_BASELINE, "interlock");
        set_times(&r.cells[i], 20, 1, 10);
    }
    j = judge(g);
    ck_outcome(j, MISSED);
    ck_assert_str_eq(j->all.rival, "interlock");
    ck_close(j->all.ratio.median, 2);
    end();
}
END_TEST

START_TEST(goals_can_be_chosen_by_primitive)
{
    static const char *const barrier[] = {"barrier"};

    contest_begin(&r, BLOCKS);
    court_begin(&court, &r, barrier, 1);
    ck_assert_uint_eq(court.n, 5);
    end();
}
END_TEST

static char *print(bool is_full)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    goals_print(&court, is_full, out);
    fclose(out);
    return text;
}

static void ck_fits(const char *text)
{
    unsigned column = 0;

    for (const char *s = text; *s; s++) {
        column = *s == '\n' ? 0 : column + 1;
        ck_assert_msg(column <= PAGE_WIDTH, "too long: %.100s", s - column + 1);
    }
}

static void ck_prints(const char *text, const char *what)
{
    ck_assert_msg(strstr(text, what) != NULL, "no \"%s\" in:\n%s", what, text);
}

START_TEST(the_table_has_figures_and_fits)
{
    const struct goal *g = begin("contended Lock", BEST);
    char *text;

    set_times(&r.cells[17], 30, 10, 20);
    judge(g);
    text = print(true);
    ck_fits(text);
    ck_prints(text, "contended Lock, to the best\n  missed ");
    ck_prints(text, "49 of 50 cells hold; this is the worst: lock / sweep");
    ck_prints(text, "nsync");
    ck_prints(text, "not measured");
    ck_prints(text, "\n0 of 37 goals hold.\n");
    free(text);
    end();
}
END_TEST

START_TEST(a_table_of_few_blocks_says_that_it_is_coarse)
{
    const struct goal *g = begin_pair();
    char *text;

    r.blocks = 3;
    judge(g);
    text = print(false);
    ck_prints(text, "COARSE");
    free(text);
    end();
}
END_TEST

START_TEST(the_markdown_has_a_row_a_goal)
{
    const struct goal *g = begin_pair();
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    set_times(&r.cells[0], 5, 10, 20);
    judge(g);
    goals_write_markdown(&court, out);
    fclose(out);
    ck_prints(text,
              "| Lock pair, other threads alive, to the best | 0.55 | 0.");
    ck_prints(text, "| nsync | ");
    ck_prints(text, "% | holds |\n");
    ck_prints(text, "**1 of 37 goals hold.**");
    free(text);
    end();
}
END_TEST

int main(void)
{
    suite_begin("goals");
    suite_add(a_goal_holds_if_the_ratio_meets_the_limit);
    suite_add(a_planted_slow_one_is_missed);
    suite_add(a_limit_within_the_interval_is_not_shown);
    suite_add(the_median_is_judged_and_not_the_interval);
    suite_add(the_best_rival_is_the_one_with_the_best_median);
    suite_add(who_never_parks_is_no_rival);
    suite_add(who_is_broken_is_no_rival_and_holds_nothing);
    suite_add(without_a_rival_nothing_holds);
    suite_add(what_is_not_measured_does_not_hold);
    suite_add(several_cells_come_to_their_geometric_mean);
    suite_add(a_mean_needs_all_its_cells);
    suite_add(the_best_of_all_is_that_over_all_cells_in_time);
    suite_add(each_cell_has_to_hold_and_the_worst_is_named);
    suite_add(a_limit_may_be_the_noise_floor);
    suite_add(a_figure_may_have_its_own_limit);
    suite_add(of_shares_more_is_better);
    suite_add(a_deadline_is_compared_with_none);
    suite_add(goals_can_be_chosen_by_primitive);
    suite_add(the_table_has_figures_and_fits);
    suite_add(a_table_of_few_blocks_says_that_it_is_coarse);
    suite_add(the_markdown_has_a_row_a_goal);
    return suite_end();
}
