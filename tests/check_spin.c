/* check_spin.c -- waiting without sleeping: budget.h and spin.h.

   SPDX-License-Identifier: MIT */

#include "budget.h"
#include "spin.h"
#include "support/pace.h"
#include "support/suite.h"
#include "support/thread.h"

#include <errno.h>
#include <sched.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* The library's yields come here, and its looks at the clock: where the length
   of a yield is what a test is about, its time is the test's own, for a real
   yield takes as long as others want the processor.  */
static unsigned yields;
static int64_t each_takes;
static int64_t own_time; /* 0: the clock's */

int clock_gettime(clockid_t clock, struct timespec *t)
{
    if (own_time == 0)
        return (int)syscall(SYS_clock_gettime, clock, t);
    *t = (struct timespec){(time_t)(own_time / IL_SEC(1)),
                           (long)(own_time % IL_SEC(1))};
    return 0;
}

int sched_yield(void)
{
    yields++;
    if (own_time != 0)
        own_time += each_takes;
    return 0;
}

/* From now on time passes in yields only; each takes so many ns.  The clock
   does not go back: Check looks at it too.  */
static void stop_the_clock(int64_t ns)
{
    own_time = test_now();
    each_takes = ns;
}

/* What a means has to pay with at least and at most, and what a try spends, in
   these tests.  */
enum { LEAST = 10, MOST = 1000, TRIAL = 7 };

/* A budget of a means that has just worked.  */
static struct budget worked(uint32_t needed)
{
    struct budget b = {0};
    budget_worked(&b, needed, LEAST, MOST);
    return b;
}

/* The same with which it has failed until it was given up.  */
static struct budget given_up(void)
{
    struct budget b = worked(1);
    while (b.amount > 0)
        budget_failed(&b, LEAST);
    return b;
}

/* How many waits go by until one tries; that one fails.  */
static int waits_until_a_try(struct budget *b)
{
    int n = 0;
    while (budget_draw(b, TRIAL) == 0)
        n++;
    budget_failed(b, LEAST);
    return n;
}

START_TEST(a_means_that_worked_may_take_twice_as_long)
{
    struct budget b = worked(100);

    ck_assert_uint_eq(budget_draw(&b, TRIAL), 200);
    budget_worked(&b, 150, LEAST, MOST);
    ck_assert_uint_eq(budget_draw(&b, TRIAL), 300);
}
END_TEST

START_TEST(a_budget_has_bounds)
{
    struct budget b = worked(0);

    ck_assert_uint_eq(budget_draw(&b, TRIAL), LEAST);
    budget_worked(&b, MOST / 2 + 1, LEAST, MOST);
    ck_assert_uint_eq(budget_draw(&b, TRIAL), MOST);
    budget_worked(&b, UINT32_MAX, LEAST, MOST);
    ck_assert_uint_eq(budget_draw(&b, TRIAL), MOST);
}
END_TEST

START_TEST(a_long_wait_is_remembered_a_while)
{
    struct budget b = worked(400);

    budget_worked(&b, 1, LEAST, MOST);
    ck_assert_uint_eq(budget_draw(&b, TRIAL), 700);
    for (int i = 0; i < 100; i++)
        budget_worked(&b, 1, LEAST, MOST);
    ck_assert_uint_eq(budget_draw(&b, TRIAL), LEAST);
}
END_TEST

START_TEST(failures_use_a_budget_up)
{
    struct budget b = worked(400);

    budget_failed(&b, LEAST);
    ck_assert_uint_eq(budget_draw(&b, TRIAL), 800 - 800 / IL_SHRINK);
    for (int i = 0; i < 40; i++)
        budget_failed(&b, LEAST);
    ck_assert_uint_eq(b.amount, 0);
}
END_TEST

START_TEST(tries_that_fail_become_rare)
{
    struct budget b = given_up();

    for (int gap = b.left; gap < IL_GAP_MAX; gap = 2 * gap + 1)
        ck_assert_int_eq(waits_until_a_try(&b), gap);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(waits_until_a_try(&b), IL_GAP_MAX);
}
END_TEST

START_TEST(the_next_try_is_foreseen)
{
    struct budget b = worked(1);

    ck_assert(!budget_tries_next(&b));
    budget_shut(&b);
    while (!budget_tries_next(&b))
        ck_assert_uint_eq(budget_draw(&b, TRIAL), 0);
    ck_assert_uint_eq(budget_draw(&b, TRIAL), TRIAL);
}
END_TEST

START_TEST(after_a_try_that_worked_tries_are_frequent_again)
{
    struct budget b;

    budget_shut(&b);
    ck_assert_int_eq(waits_until_a_try(&b), IL_GAP_MAX);
    budget_worked(&b, 1, LEAST, MOST);
    while (b.amount > 0)
        budget_failed(&b, LEAST);
    ck_assert_int_eq(waits_until_a_try(&b), 0);
}
END_TEST

START_TEST(where_there_is_nothing_to_try_no_try_is_used_up)
{
    struct budget b = given_up();

    for (int i = 0; i < 10; i++)
        ck_assert_uint_eq(budget_draw(&b, 0), 0);
    ck_assert_uint_eq(budget_draw(&b, TRIAL), TRIAL);
}
END_TEST

/* The guard of the yields, at times of the test's own.  */

#define SHORT IL_US(2)
#define SLICE IL_MS(4)

/* Yields for so long, from `now` on; returns how long nobody may after.  */
static int64_t off_after(int64_t now, int64_t took)
{
    int64_t ended = now + took, t = ended;
    il__yield_took(now, ended);
    while (!il__yields_allowed(t))
        t += IL_MS(1);
    return t - ended;
}

START_TEST(short_yields_are_allowed)
{
    for (int64_t t = 1; t < IL_MS(10); t += SHORT)
        ck_assert_int_eq(off_after(t, SHORT), 0);
}
END_TEST

START_TEST(a_long_yield_switches_yields_off_longer_each_time)
{
    int64_t now = IL_SEC(1), before = 0, off = off_after(now, SLICE);

    ck_assert_int_ge(off, 2 * SLICE);
    while (off != before) {
        before = off;
        now += SLICE + off;
        off = off_after(now, SLICE);
        ck_assert_int_ge(off, before);
    }
    ck_assert_int_ge(off, 100 * SLICE);
    ck_assert_int_le(off, IL_SEC(2));
}
END_TEST

START_TEST(a_long_yield_after_a_quiet_time_is_the_first_again)
{
    int64_t now = IL_SEC(1), first = off_after(now, SLICE), off;

    now += SLICE + first;
    off = off_after(now, SLICE);
    ck_assert_int_gt(off, first);
    ck_assert_int_eq(off_after(now + IL_SEC(3600), SLICE), first);
}
END_TEST

START_TEST(yields_that_end_long_while_others_are_off_count_once)
{
    int64_t now = IL_SEC(1), off = off_after(now, SLICE);

    il__yield_took(now, now + SLICE + 1);
    ck_assert(il__yields_allowed(now + SLICE + off));
}
END_TEST

/* Yields shortly so often that one long yield is let pass; returns the time
   afterwards.  */
static int64_t yield_well(int64_t now)
{
    for (int i = 0; i < 5000; i++, now += SHORT)
        ck_assert_int_eq(off_after(now, SHORT), 0);
    return now;
}

START_TEST(a_long_yield_after_many_good_ones_is_let_pass)
{
    int64_t now = IL_SEC(1);

    for (int i = 0; i < 3; i++) {
        now = yield_well(now);
        ck_assert_int_eq(off_after(now, SLICE), 0);
        now += SLICE;
    }
}
END_TEST

START_TEST(a_second_long_yield_soon_after_is_not_let_pass)
{
    int64_t now = yield_well(IL_SEC(1));

    ck_assert_int_eq(off_after(now, SLICE), 0);
    now += SLICE;
    ck_assert_int_eq(off_after(now, SHORT), 0);
    ck_assert_int_ge(off_after(now + SHORT, SLICE), 2 * SLICE);
}
END_TEST

/* Spinning.  */

static int64_t spin_on(uint32_t *word, uint32_t value, uint32_t ignored,
                       il_deadline until)
{
    return il__spin(&(struct change){word, value, ignored}, until);
}

START_TEST(what_has_changed_is_not_waited_for)
{
    uint32_t word = 1;

    ck_assert_int_eq(spin_on(&word, 0, 0, il_never()), 0);
    ck_assert_int_eq(spin_on(&word, 0, ~UINT32_C(1), il_never()), 0);
}
END_TEST

START_TEST(what_does_not_change_is_left_for_parking)
{
    uint32_t word = 1;

    for (int i = 0; i < 1000; i++) {
        int64_t began = spin_on(&word, 1, 0, il_never());
        ck_assert_int_ne(began, 0);
        il__spin_over(began);
    }
    ck_assert_int_ne(spin_on(&word, 0, 1, il_never()), 0);
}
END_TEST

START_TEST(a_deadline_ends_it)
{
    uint32_t word = 0;

    for (int i = 0; i < 1000; i++) {
        il_deadline until = il_after(IL_US(1));
        int64_t began = spin_on(&word, 0, 0, until);
        ck_assert_int_ne(began, 0);
        il__spin_over(began);
        ck_assert_int_ne(spin_on(&word, 0, 0, il_after(0)), 0);
    }
}
END_TEST

static void *set_soon(void *word)
{
    test_pause();
    __atomic_store_n((uint32_t *)word, 1, __ATOMIC_RELEASE);
    return NULL;
}

START_TEST(a_change_is_seen)
{
    uint32_t word = 0;
    struct thread t;
    int64_t end = test_now() + test_bound(), began;

    thread_start(&t, set_soon, &word);
    while ((began = spin_on(&word, 0, 0, il_never())) != 0) {
        il__spin_over(began);
        ck_assert_int_lt(test_now(), end);
    }
    thread_join(&t);
}
END_TEST

/* A crowd.  */

static bool spin_in_crowd(uint32_t *word, il_deadline until)
{
    return il__spin_in_crowd(&(struct change){word, 0, 2}, until);
}

START_TEST(a_crowd_is_more_threads_than_processors)
{
    cpu_set_t mine;
    uint32_t n;

    ck_assert_int_eq(sched_getaffinity(0, sizeof mine, &mine), 0);
    n = (uint32_t)CPU_COUNT(&mine);
    ck_assert(!il__is_crowd(0));
    ck_assert(!il__is_crowd(1));
    ck_assert(!il__is_crowd(n));
    ck_assert(il__is_crowd(n + 1));
    ck_assert(il__is_crowd(UINT32_MAX));
}
END_TEST

START_TEST(a_crowd_that_has_come_is_not_waited_for)
{
    uint32_t word = 1;

    ck_assert(spin_in_crowd(&word, il_never()));
    ck_assert(spin_in_crowd(&word, il_after(0)));
}
END_TEST

START_TEST(a_crowd_that_does_not_come_is_left_for_parking)
{
    uint32_t word = 0;

    ck_assert(!spin_in_crowd(&word, il_never()));
    ck_assert(!spin_in_crowd(&word, il_after(0)));
    word = 2;
    ck_assert(!spin_in_crowd(&word, il_never()));
}
END_TEST

START_TEST(a_crowd_is_seen_to_come)
{
    uint32_t word = 0;
    struct thread t;
    int64_t end = test_now() + test_bound();

    thread_start(&t, set_soon, &word);
    while (!spin_in_crowd(&word, il_never()))
        ck_assert_int_lt(test_now(), end);
    thread_join(&t);
}
END_TEST

START_TEST(a_crowd_is_yielded_to_so_often)
{
    uint32_t word = 0;

    stop_the_clock(0);
    ck_assert(!spin_in_crowd(&word, il_never()));
    ck_assert_uint_gt(yields, 1);
    yields = 0;
    ck_assert(!spin_in_crowd(&word, il_after(0)));
    ck_assert_uint_eq(yields, 0);
}
END_TEST

START_TEST(a_long_yield_ends_the_yields)
{
    uint32_t word = 0;

    stop_the_clock(IL_MS(1));
    ck_assert(!spin_in_crowd(&word, il_never()));
    ck_assert_uint_eq(yields, 1);
    ck_assert(!spin_in_crowd(&word, il_never()));
    ck_assert_uint_eq(yields, 1);
}
END_TEST

/* Takes turns until there are none to be had; returns how many.  */
static unsigned turns_until_none(void)
{
    unsigned n = 0;
    do {
        ck_assert_uint_lt(n, 1000);
        n++;
    } while (il__spin_turn());
    return n;
}

START_TEST(many_long_turns_end_them_for_a_while)
{
    enum { MOST_TURNS = 20 };

    stop_the_clock(IL_MS(1));
    ck_assert_uint_eq(il__spin_turns(MOST_TURNS), MOST_TURNS);
    ck_assert_uint_gt(turns_until_none(), 1);
    ck_assert_uint_eq(il__spin_turns(MOST_TURNS), 0);
    each_takes = 0;
    own_time += IL_SEC(2);
    ck_assert_uint_eq(il__spin_turns(MOST_TURNS), MOST_TURNS);
    ck_assert(il__spin_turn());
}
END_TEST

START_TEST(a_long_turn_among_many_good_ones_ends_nothing)
{
    stop_the_clock(0);
    for (int i = 0; i < 200; i++) {
        each_takes = i % 10 == 0 ? IL_MS(1) : 0;
        ck_assert(il__spin_turn());
    }
}
END_TEST

START_TEST(errno_is_left_alone)
{
    uint32_t word = 0;

    il__spin_others = 0;
    for (int i = 0; i < 1000; i++) {
        int64_t began;
        errno = EDOM;
        began = spin_on(&word, 0, 0, il_never());
        il__spin_over(began);
        ck_assert_int_eq(errno, EDOM);
    }
}
END_TEST

/* As if the process had one processor when it loaded the library.  */

static void wait_often(void)
{
    uint32_t word = 0;
    il__spin_others = 0;
    for (int i = 0; i < 4 * IL_GAP_MAX; i++)
        il__spin_over(spin_on(&word, 0, 0, il_never()));
}

START_TEST(more_processors_are_noticed)
{
    cpu_set_t mine;

    ck_assert_int_eq(sched_getaffinity(0, sizeof mine, &mine), 0);
    wait_often();
    ck_assert_int_eq(il__spin_others != 0, CPU_COUNT(&mine) > 1);
}
END_TEST

START_TEST(with_one_processor_nobody_pauses)
{
    use_one_cpu();
    wait_often();
    ck_assert_int_eq(il__spin_others, 0);
}
END_TEST

int main(void)
{
    suite_begin("spin");
    suite_add(a_means_that_worked_may_take_twice_as_long);
    suite_add(a_budget_has_bounds);
    suite_add(a_long_wait_is_remembered_a_while);
    suite_add(failures_use_a_budget_up);
    suite_add(tries_that_fail_become_rare);
    suite_add(the_next_try_is_foreseen);
    suite_add(after_a_try_that_worked_tries_are_frequent_again);
    suite_add(where_there_is_nothing_to_try_no_try_is_used_up);
    suite_add(short_yields_are_allowed);
    suite_add(a_long_yield_switches_yields_off_longer_each_time);
    suite_add(a_long_yield_after_a_quiet_time_is_the_first_again);
    suite_add(yields_that_end_long_while_others_are_off_count_once);
    suite_add(a_long_yield_after_many_good_ones_is_let_pass);
    suite_add(a_second_long_yield_soon_after_is_not_let_pass);
    suite_add(what_has_changed_is_not_waited_for);
    suite_add(what_does_not_change_is_left_for_parking);
    suite_add(a_deadline_ends_it);
    suite_add(a_change_is_seen);
    suite_add(a_crowd_is_more_threads_than_processors);
    suite_add(a_crowd_that_has_come_is_not_waited_for);
    suite_add(a_crowd_that_does_not_come_is_left_for_parking);
    suite_add(a_crowd_is_seen_to_come);
    suite_add(a_crowd_is_yielded_to_so_often);
    suite_add(a_long_yield_ends_the_yields);
    suite_add(many_long_turns_end_them_for_a_while);
    suite_add(a_long_turn_among_many_good_ones_ends_nothing);
    suite_add(errno_is_left_alone);
    suite_add(more_processors_are_noticed);
    suite_add(with_one_processor_nobody_pauses);
    return suite_end();
}
