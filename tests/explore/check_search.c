/* check_search.c -- the strategies try the schedules that they promise:
   explore/search/search.h.  The programs are toys (toy.h): of some the number
   of schedules is known in closed form, and of thousands that are made at
   random the reduction must find all that full search does.

   SPDX-License-Identifier: MIT */

#include "any_toy.h"
#include "support/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* balance = balance + 50 beside balance = balance - 30.  */
static const struct toy_program lost_update = {
    .ops = {{{TOY_READ, 0, 0}, {TOY_ADD, 0, 50}},
            {{TOY_READ, 0, 0}, {TOY_ADD, 0, 30}}}};

START_TEST(two_threads_of_two_steps_have_6_schedules)
{
    ck_assert_uint_eq(count(&lost_update, STRATEGY_FULL, BOUND_NONE), 6);
}
END_TEST

static const struct toy_program twice[2] = {{.ops = {{{TOY_READ, 0, 0},
                                                      {TOY_ADD, 0, 1},
                                                      {TOY_READ, 0, 0},
                                                      {TOY_ADD, 0, 1}},
                                                     {{TOY_READ, 0, 0},
                                                      {TOY_ADD, 0, 1},
                                                      {TOY_READ, 0, 0},
                                                      {TOY_ADD, 0, 1}},
                                                     {{TOY_READ, 0, 0},
                                                      {TOY_ADD, 0, 1},
                                                      {TOY_READ, 0, 0},
                                                      {TOY_ADD, 0, 1}}}},
                                            {.ops = {{{TOY_ACQUIRE, 0, 0},
                                                      {TOY_RELEASE, 0, 0},
                                                      {TOY_ACQUIRE, 0, 0},
                                                      {TOY_RELEASE, 0, 0}},
                                                     {{TOY_ACQUIRE, 0, 0},
                                                      {TOY_RELEASE, 0, 0},
                                                      {TOY_ACQUIRE, 0, 0},
                                                      {TOY_RELEASE, 0, 0}},
                                                     {{TOY_ACQUIRE, 0, 0},
                                                      {TOY_RELEASE, 0, 0},
                                                      {TOY_ACQUIRE, 0, 0},
                                                      {TOY_RELEASE, 0, 0}}}}};

START_TEST(three_threads_of_four_steps_have_34650_schedules)
{
    ck_assert_uint_eq(count(&twice[0], STRATEGY_FULL, BOUND_NONE), 34650);
}
END_TEST

START_TEST(three_threads_of_two_sections_have_90_schedules)
{
    ck_assert_uint_eq(count(&twice[1], STRATEGY_FULL, BOUND_NONE), 90);
    ck_assert_uint_eq(count(&twice[1], STRATEGY_DPOR, BOUND_NONE), 90);
}
END_TEST

START_TEST(a_bound_leaves_schedules_out)
{
    struct found f = explored(&lost_update, STRATEGY_FULL, 0, 0);

    ck_assert_uint_eq(f.report.executions, 2);
    ck_assert(f.report.complete && f.report.bounded);
    found_free(&f);
    f = explored(&lost_update, STRATEGY_FULL, 1, 0);
    ck_assert_uint_eq(f.report.executions, 4);
    ck_assert(f.report.complete && f.report.bounded);
    found_free(&f);
    f = explored(&lost_update, STRATEGY_FULL, 2, 0);
    ck_assert_uint_eq(f.report.executions, 6);
    ck_assert(f.report.complete && !f.report.bounded);
    found_free(&f);
}
END_TEST

START_TEST(the_reduction_has_one_execution_of_each_trace)
{
    static const struct toy_program audit = {.ops = {{{TOY_ACQUIRE, 0, 0},
                                                      {TOY_RELEASE, 0, 0},
                                                      {TOY_ACQUIRE, 1, 0},
                                                      {TOY_RELEASE, 1, 0}},
                                                     {{TOY_ACQUIRE, 0, 0},
                                                      {TOY_RELEASE, 0, 0},
                                                      {TOY_ACQUIRE, 1, 0},
                                                      {TOY_RELEASE, 1, 0}}}};
    static const struct toy_program apart = {
        .ops = {{{TOY_READ, 0, 0}, {TOY_ADD, 0, 1}},
                {{TOY_READ, 1, 0}, {TOY_ADD, 1, 1}},
                {{TOY_READ, 2, 0}, {TOY_ADD, 2, 1}}}};

    ck_assert_uint_eq(count(&lost_update, STRATEGY_DPOR, BOUND_NONE), 4);
    ck_assert_uint_eq(count(&audit, STRATEGY_DPOR, BOUND_NONE), 4);
    ck_assert_uint_eq(count(&apart, STRATEGY_DPOR, BOUND_NONE), 1);
}
END_TEST

static bool reduction_is_sound(const struct toy_program *p,
                               const struct found *full)
{
    struct found dpor = explored(p, STRATEGY_DPOR, BOUND_NONE, 1000000);
    bool right = dpor.report.complete && dpor.report.diverged < 0
                 && same(&full->states, &dpor.states);

    found_free(&dpor);
    return right;
}

static bool reduction_is_exact(const struct toy_program *p,
                               const struct found *full)
{
    struct found dpor = explored(p, STRATEGY_DPOR, BOUND_NONE, 1000000);
    bool right = dpor.report.complete && dpor.report.diverged < 0
                 && same(&full->states, &dpor.states)
                 && same(&full->traces, &dpor.traces)
                 && dpor.report.executions == full->traces.n;

    found_free(&dpor);
    return right;
}

START_TEST(the_reduction_is_exact_for_memory)
{
    check_many(WITH_MEMORY, 1000, reduction_is_exact);
}
END_TEST

START_TEST(the_reduction_is_exact_for_locks)
{
    check_many(WITH_LOCKS, 1000, reduction_is_exact);
}
END_TEST

START_TEST(the_reduction_is_exact_for_conditions)
{
    check_many(WITH_CONDITIONS, 1500, reduction_is_exact);
}
END_TEST

START_TEST(the_reduction_is_exact_for_time_outs)
{
    check_many(WITH_TIME_OUTS, 1500, reduction_is_exact);
}
END_TEST

START_TEST(the_reduction_is_exact_for_programs_that_end_early)
{
    check_many(WITH_ENDS, 1500, reduction_is_exact);
}
END_TEST

START_TEST(the_reduction_is_sound_for_threads_that_come_and_go)
{
    check_many(WITH_THREADS, 1000, reduction_is_sound);
}
END_TEST

START_TEST(the_reduction_is_sound_for_values)
{
    check_many(WITH_VALUES, 1000, reduction_is_sound);
}
END_TEST

START_TEST(the_reduction_is_sound_for_yields)
{
    check_many(WITH_YIELDS, 1500, reduction_is_sound);
}
END_TEST

START_TEST(the_reduction_is_sound_for_loops_that_yield)
{
    check_many(WITH_LOOPS, 300, reduction_is_sound);
}
END_TEST

/* With the bound b there are all schedules of at most b preemptions, and with
   a high one all.  */
static bool bounds_grow(const struct toy_program *p, const struct found *full)
{
    uint64_t within = 0;
    bool right = true, all = false;

    for (int bound = 0; right && !all; bound++) {
        struct found some = explored(p, STRATEGY_FULL, bound, 0);
        within += full->cost[bound];
        all = !some.report.bounded;
        right = some.report.complete && some.report.executions == within
                && some.schedules.n == within
                && all == (within == full->report.executions);
        found_free(&some);
    }
    return right;
}

START_TEST(growing_bounds_reach_all_schedules)
{
    check_many(WITH_YIELDS, 500, bounds_grow);
}
END_TEST

/* Runs one execution of the schedule.  */
static struct search_report replay(const struct toy_program *p,
                                   const struct choice *schedule, size_t length,
                                   struct toy_run *r)
{
    struct search_settings settings = {
        .strategy = STRATEGY_REPLAY, .schedule = schedule, .length = length};
    struct search *s = search_new(&settings);
    struct search_report report;

    ck_assert(search_next(s));
    toy_run(p, s, r);
    ck_assert(!search_next(s));
    report = search_report(s);
    ck_assert(report.complete);
    ck_assert_uint_eq(report.executions, 1);
    search_free(s);
    return report;
}

static bool replays(const struct toy_program *p, const struct found *full)
{
    static struct toy_run first, second;
    struct search_settings settings = {.strategy = STRATEGY_RANDOM, .most = 20};
    struct search *s = search_new(&settings);
    bool right = true;

    (void)full;
    while (search_next(s)) {
        struct choice schedule[TOY_STEPS];
        size_t n = 0;
        toy_run(p, s, &first);
        for (int i = 0; i < first.n; i++)
            if (first.events[i].chosen)
                schedule[n++] = first.events[i].choice;
        if (replay(p, schedule, n, &second).diverged >= 0
            || toy_hash_schedule(&first) != toy_hash_schedule(&second)
            || toy_hash_state(&first) != toy_hash_state(&second))
            right = false;
    }
    search_free(s);
    return right;
}

START_TEST(a_replay_comes_to_the_same_state)
{
    check_many(WITH_YIELDS, 300, replays);
}
END_TEST

START_TEST(a_replay_tells_where_it_diverges)
{
    static const struct choice a = {0, CHANCE_GO}, b = {1, CHANCE_GO};
    static struct toy_run r;
    const struct choice lost[] = {a, b, b, a}, shorter[] = {b},
                        too_many[] = {a, b, b, b}, longer[] = {a, a, b, b, b};

    ck_assert_int_eq(replay(&lost_update, lost, 4, &r).diverged, -1);
    ck_assert_uint_eq(r.variables[0], 50);
    ck_assert_int_eq(r.cost.preemptions, 1);
    ck_assert_int_eq(r.cost.switches, 2);
    ck_assert_uint_eq(r.cost.steps, 4);
    ck_assert_int_eq(replay(&lost_update, shorter, 1, &r).diverged, -1);
    ck_assert_int_eq(r.cost.preemptions, 0);
    ck_assert_uint_eq(r.variables[0], 80);
    ck_assert_int_eq(replay(&lost_update, too_many, 4, &r).diverged, 3);
    ck_assert_uint_eq(r.variables[0], 50);
    ck_assert_int_eq(replay(&lost_update, longer, 5, &r).diverged, 4);
}
END_TEST

static struct found seeded(const struct toy_program *p, enum strategy strategy,
                           int depth, uint64_t seed)
{
    struct search_settings settings = {
        .strategy = strategy, .bound = depth - 1, .seed = seed, .most = 200};
    struct found f;

    explore(p, &settings, &f);
    ck_assert(!f.report.complete);
    ck_assert_uint_eq(f.report.executions, 200);
    return f;
}

START_TEST(a_seed_determines_what_is_tried)
{
    for (enum strategy i = STRATEGY_RANDOM; i <= STRATEGY_PCT; i++) {
        struct found a = seeded(&twice[0], i, 3, 1);
        struct found b = seeded(&twice[0], i, 3, 1);
        struct found c = seeded(&twice[0], i, 3, 2);
        ck_assert(same(&a.schedules, &b.schedules));
        ck_assert(!same(&a.schedules, &c.schedules));
        ck_assert_uint_gt(a.schedules.n, 50);
        found_free(&a);
        found_free(&b);
        found_free(&c);
    }
}
END_TEST

START_TEST(chance_finds_all_six)
{
    struct found f = seeded(&lost_update, STRATEGY_RANDOM, 1, 7);

    ck_assert_uint_eq(f.schedules.n, 6);
    found_free(&f);
}
END_TEST

typedef bool is_bad(const struct toy_run *r);

/* Returns in how many of 20000 executions PCT of the depth finds the bug.  */
static double frequency(const struct toy_program *p, int depth, is_bad *bad)
{
    static struct toy_run r;
    struct search_settings settings = {
        .strategy = STRATEGY_PCT, .bound = depth - 1, .seed = 1, .most = 20000};
    struct search *s = search_new(&settings);
    double n = 0;

    while (search_next(s)) {
        toy_run(p, s, &r);
        n += bad(&r);
    }
    search_free(s);
    return n / 20000;
}

static bool has_failed(const struct toy_run *r)
{
    return r->end == TOY_FAILED;
}

static bool is_lost(const struct toy_run *r)
{
    return r->variables[0] != 80;
}

static bool saw_both(const struct toy_run *r)
{
    return r->variables[2] == 1 && r->registers[1] == 1;
}

/* At least 1 / (n k^(d-1)), but for the width of the sample.  */
START_TEST(pct_finds_bugs_as_often_as_is_proven)
{
    static const struct toy_program order = {
        .ops = {{{TOY_WRITE, 0, 1}}, {{TOY_READ, 0, 0}, {TOY_FAIL, 0, 0}}}};
    static const struct toy_program twice_seen = {
        .ops = {{{TOY_WRITE, 0, 1},
                 {TOY_WRITE, 0, 0},
                 {TOY_WRITE, 1, 1},
                 {TOY_WRITE, 1, 0}},
                {{TOY_READ, 0, 0}, {TOY_ADD, 2, 0}, {TOY_READ, 1, 0}}}};

    ck_assert_double_ge(frequency(&order, 1, has_failed), 0.98 / 2);
    ck_assert_double_eq(frequency(&lost_update, 1, is_lost), 0);
    ck_assert_double_ge(frequency(&lost_update, 2, is_lost), 1.0 / (2 * 4));
    ck_assert_double_eq(frequency(&twice_seen, 3, saw_both), 0);
    ck_assert_double_ge(frequency(&twice_seen, 4, saw_both),
                        1.0 / (2 * 7 * 7 * 7));
}
END_TEST

int main(void)
{
    suite_begin("search");
    suite_add(two_threads_of_two_steps_have_6_schedules);
    suite_add(three_threads_of_four_steps_have_34650_schedules);
    suite_add(three_threads_of_two_sections_have_90_schedules);
    suite_add(a_bound_leaves_schedules_out);
    suite_add(the_reduction_has_one_execution_of_each_trace);
    suite_add(the_reduction_is_exact_for_memory);
    suite_add(the_reduction_is_exact_for_locks);
    suite_add(the_reduction_is_exact_for_conditions);
    suite_add(the_reduction_is_exact_for_time_outs);
    suite_add(the_reduction_is_exact_for_programs_that_end_early);
    suite_add(the_reduction_is_sound_for_threads_that_come_and_go);
    suite_add(the_reduction_is_sound_for_values);
    suite_add(the_reduction_is_sound_for_yields);
    suite_add(the_reduction_is_sound_for_loops_that_yield);
    suite_add(growing_bounds_reach_all_schedules);
    suite_add(a_replay_comes_to_the_same_state);
    suite_add(a_replay_tells_where_it_diverges);
    suite_add(a_seed_determines_what_is_tried);
    suite_add(chance_finds_all_six);
    suite_add(pct_finds_bugs_as_often_as_is_proven);
    return suite_end();
}
