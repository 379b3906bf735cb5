/* tokens.c -- see tokens.h.

   SPDX-License-Identifier: MIT */

#include "tokens.h"

#include "child.h"
#include "handler.h"
#include "pace.h"
#include "suite.h"
#include "thread.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* What is tested, and the same through pointers.  */
static struct tokens_calls sem;
static struct tokens_calls pointers;

static void *as_result(int r)
{
    return (void *)(intptr_t)r;
}

static int result_of(struct thread *t)
{
    return (int)(intptr_t)thread_join(t);
}

/* Makes *s one without tokens that takes n of them, also if it is bounded.  */
static void begin_drained(union tokens *s, uint32_t n)
{
    ck_assert_int_eq(sem.init(s, n, 0), 0);
    for (uint32_t i = 0; i < n; i++)
        ck_assert_int_eq(sem.try_acquire(s), 0);
}

/* The same for the highest n, which are too many to be taken.  */
static void begin_drained_of_maximum(union tokens *s)
{
    ck_assert_int_eq(sem.init(s, IL_SEMAPHORE_MAX, 0), 0);
    s->plain.il_state = 0;
}

static il_deadline centuries(void)
{
    return il_after(IL_SEC(9000000000));
}

/* Bodies of threads that wait for a token; each returns what its call does.  */

static void *acquire(void *s)
{
    return as_result(sem.acquire(s));
}

static void *acquire_until_never(void *s)
{
    return as_result(sem.acquire_until(s, il_never()));
}

static void *acquire_until_centuries(void *s)
{
    return as_result(sem.acquire_until(s, centuries()));
}

static void *acquire_until_soon(void *s)
{
    return as_result(sem.acquire_until(s, il_after(IL_MS(30))));
}

/* Made and asked.  */

START_TEST(init_makes_one_of_that_many_tokens)
{
    static const uint32_t values[] = {0, 1, 7, IL_SEMAPHORE_MAX};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        union tokens s;
        memset(&s, 0xff, sizeof s);
        ck_assert_int_eq(sem.init(&s, values[i], 0), 0);
        ck_assert_uint_eq(sem.value(&s), values[i]);
    }
}
END_TEST

START_TEST(init_refuses_a_value_above_the_maximum)
{
    static const uint32_t values[] = {IL_SEMAPHORE_MAX + 1, UINT32_MAX};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        union tokens s, before;
        ck_assert_int_eq(sem.init(&s, 3, 0), 0);
        before = s;
        ck_assert_int_eq(sem.init(&s, values[i], 0), EINVAL);
        ck_assert_mem_eq(&s.plain, &before.plain, sizeof s.plain);
    }
}
END_TEST

START_TEST(init_refuses_every_unknown_flag)
{
    for (unsigned flag = 1; flag != 0; flag <<= 1) {
        union tokens s, before;
        ck_assert_int_eq(sem.init(&s, 3, 0), 0);
        before = s;
        ck_assert_int_eq(sem.init(&s, 1, flag), EINVAL);
        ck_assert_mem_eq(&s.plain, &before.plain, sizeof s.plain);
    }
}
END_TEST

START_TEST(the_maximum_is_at_least_that_of_an_int)
{
    ck_assert_uint_ge(IL_SEMAPHORE_MAX, INT32_MAX);
}
END_TEST

/* Without waiting.  */

START_TEST(each_way_to_acquire_takes_one_token)
{
    union tokens s;

    ck_assert_int_eq(sem.init(&s, 3, 0), 0);
    ck_assert_int_eq(sem.acquire(&s), 0);
    ck_assert_uint_eq(sem.value(&s), 2);
    ck_assert_int_eq(sem.try_acquire(&s), 0);
    ck_assert_uint_eq(sem.value(&s), 1);
    ck_assert_int_eq(sem.acquire_until(&s, il_never()), 0);
    ck_assert_uint_eq(sem.value(&s), 0);
}
END_TEST

START_TEST(try_acquire_of_none_is_busy)
{
    union tokens s;

    begin_drained(&s, 1);
    ck_assert_int_eq(sem.try_acquire(&s), EBUSY);
    ck_assert_uint_eq(sem.value(&s), 0);
    ck_assert_int_eq(sem.release(&s), 0);
    ck_assert_int_eq(sem.try_acquire(&s), 0);
}
END_TEST

START_TEST(a_passed_deadline_tries_once)
{
    static const int64_t passed[] = {0, -1, INT64_MIN};
    union tokens s;

    for (size_t i = 0; i < sizeof passed / sizeof *passed; i++) {
        begin_drained(&s, 1);
        ck_assert_int_eq(sem.acquire_until(&s, il_after(passed[i])), ETIMEDOUT);
        ck_assert_uint_eq(sem.value(&s), 0);
        ck_assert_int_eq(sem.release(&s), 0);
        ck_assert_int_eq(sem.acquire_until(&s, il_after(passed[i])), 0);
        ck_assert_uint_eq(sem.value(&s), 0);
    }
}
END_TEST

START_TEST(a_deadline_that_came_and_went_tries_once)
{
    il_deadline soon = il_after(IL_MS(1));
    union tokens s;

    begin_drained(&s, 1);
    await(il_remaining(soon) == 0);
    ck_assert_int_eq(sem.acquire_until(&s, soon), ETIMEDOUT);
    ck_assert_int_eq(sem.release(&s), 0);
    ck_assert_int_eq(sem.acquire_until(&s, soon), 0);
}
END_TEST

START_TEST(release_gives_one_token)
{
    union tokens s;

    begin_drained(&s, 2);
    ck_assert_int_eq(sem.release(&s), 0);
    ck_assert_uint_eq(sem.value(&s), 1);
    ck_assert_int_eq(sem.release(&s), 0);
    ck_assert_uint_eq(sem.value(&s), 2);
}
END_TEST

START_TEST(release_n_gives_n_tokens)
{
    union tokens s;

    begin_drained(&s, 6);
    ck_assert_int_eq(sem.release_n(&s, 1), 0);
    ck_assert_uint_eq(sem.value(&s), 1);
    ck_assert_int_eq(sem.release_n(&s, 5), 0);
    ck_assert_uint_eq(sem.value(&s), 6);
}
END_TEST

START_TEST(release_of_zero_tokens_is_invalid)
{
    static const uint32_t values[] = {0, 1, IL_SEMAPHORE_MAX};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        union tokens s;
        ck_assert_int_eq(sem.init(&s, values[i], 0), 0);
        ck_assert_int_eq(sem.release_n(&s, 0), EINVAL);
        ck_assert_uint_eq(sem.value(&s), values[i]);
    }
}
END_TEST

/* At the limit.  Sums that wrap are among the refused: of 32 bits, and of the
   31 that a token count has.  */

static void check_refused(union tokens *s, const uint32_t *n, size_t length)
{
    uint32_t value = sem.value(s);
    for (size_t i = 0; i < length; i++) {
        ck_assert_int_eq(sem.release_n(s, n[i]), EOVERFLOW);
        ck_assert_uint_eq(sem.value(s), value);
    }
}

START_TEST(a_full_one_refuses_every_release)
{
    static const uint32_t refused[] = {
        1,
        2,
        IL_SEMAPHORE_MAX,
        IL_SEMAPHORE_MAX + 1,
        IL_SEMAPHORE_MAX + 2,
        UINT32_MAX,
    };
    union tokens s;

    ck_assert_int_eq(sem.init(&s, IL_SEMAPHORE_MAX, 0), 0);
    ck_assert_int_eq(sem.release(&s), EOVERFLOW);
    ck_assert_uint_eq(sem.value(&s), IL_SEMAPHORE_MAX);
    check_refused(&s, refused, sizeof refused / sizeof *refused);
}
END_TEST

START_TEST(a_release_of_more_than_fit_changes_nothing)
{
    static const uint32_t refused[] = {
        2,
        IL_SEMAPHORE_MAX,
        IL_SEMAPHORE_MAX + 1,
        IL_SEMAPHORE_MAX + 2,
        IL_SEMAPHORE_MAX + 3,
        UINT32_MAX - 1,
        UINT32_MAX,
    };
    union tokens s;

    ck_assert_int_eq(sem.init(&s, IL_SEMAPHORE_MAX, 0), 0);
    ck_assert_int_eq(sem.acquire(&s), 0);
    check_refused(&s, refused, sizeof refused / sizeof *refused);
    ck_assert_int_eq(sem.release(&s), 0);
    ck_assert_uint_eq(sem.value(&s), IL_SEMAPHORE_MAX);
}
END_TEST

START_TEST(an_empty_one_takes_exactly_the_maximum)
{
    static const uint32_t refused[] = {IL_SEMAPHORE_MAX + 1, UINT32_MAX};
    union tokens s;

    begin_drained_of_maximum(&s);
    check_refused(&s, refused, sizeof refused / sizeof *refused);
    ck_assert_int_eq(sem.try_acquire(&s), EBUSY);
    ck_assert_int_eq(sem.release_n(&s, IL_SEMAPHORE_MAX), 0);
    ck_assert_uint_eq(sem.value(&s), IL_SEMAPHORE_MAX);
}
END_TEST

/* The count of waiters lies next to that of the tokens.  */
START_TEST(a_refused_release_leaves_parked_waiters_alone)
{
    static const uint32_t refused[] = {IL_SEMAPHORE_MAX + 1, UINT32_MAX};
    struct thread waiter;
    union tokens s;

    begin_drained_of_maximum(&s);
    thread_start(&waiter, acquire, &s);
    thread_await_parked(&waiter);
    check_refused(&s, refused, sizeof refused / sizeof *refused);
    thread_await_parked(&waiter);
    ck_assert_int_eq(sem.release_n(&s, IL_SEMAPHORE_MAX), 0);
    ck_assert_int_eq(result_of(&waiter), 0);
    ck_assert_uint_eq(sem.value(&s), IL_SEMAPHORE_MAX - 1);
}
END_TEST

enum { SURPLUS_THREADS = 4, SURPLUS_EACH = 2000 };

static void *release_and_count(void *s)
{
    int given = 0;
    for (int i = 0; i < SURPLUS_EACH; i++)
        given += sem.release(s) == 0;
    return as_result(given);
}

START_TEST(of_concurrent_releases_as_many_succeed_as_fit)
{
    enum { ROOM = SURPLUS_EACH + 1 };
    struct thread threads[SURPLUS_THREADS];
    union tokens s;
    int given = 0;

    ck_assert_int_eq(sem.init(&s, IL_SEMAPHORE_MAX, 0), 0);
    for (int i = 0; i < ROOM; i++)
        ck_assert_int_eq(sem.acquire(&s), 0);
    thread_start_all(threads, SURPLUS_THREADS, release_and_count, &s, 0);
    for (int i = 0; i < SURPLUS_THREADS; i++)
        given += result_of(&threads[i]);
    ck_assert_int_eq(given, ROOM);
    ck_assert_uint_eq(sem.value(&s), IL_SEMAPHORE_MAX);
}
END_TEST

/* Waking.  */

static void check_release_wakes(void *(*body)(void *))
{
    struct thread waiter;
    union tokens s;

    begin_drained(&s, 1);
    thread_start(&waiter, body, &s);
    thread_await_parked(&waiter);
    ck_assert_uint_eq(sem.value(&s), 0);
    ck_assert_int_eq(sem.try_acquire(&s), EBUSY);
    ck_assert_int_eq(sem.release(&s), 0);
    ck_assert_int_eq(result_of(&waiter), 0);
    ck_assert_uint_eq(sem.value(&s), 0);
    ck_assert_int_eq(sem.release(&s), 0);
    ck_assert_uint_eq(sem.value(&s), 1);
}

START_TEST(release_wakes_a_parked_waiter)
{
    check_release_wakes(acquire);
}
END_TEST

START_TEST(release_wakes_a_parked_waiter_without_a_deadline)
{
    check_release_wakes(acquire_until_never);
}
END_TEST

START_TEST(release_wakes_a_parked_waiter_with_a_deadline)
{
    check_release_wakes(acquire_until_centuries);
}
END_TEST

/* Several that are parked.  */

enum { CROWD = 5 };

struct crowd {
    union tokens s;
    struct thread threads[CROWD];
};

/* Parks them all on one that takes n tokens.  */
static void crowd_begin(struct crowd *c, uint32_t n)
{
    begin_drained(&c->s, n);
    thread_start_all(c->threads, CROWD, acquire, &c->s, 0);
    thread_await_all_parked(c->threads, CROWD);
}

static int crowd_gone(const struct crowd *c)
{
    int gone = 0;
    for (int i = 0; i < CROWD; i++)
        gone += thread_is_done(&c->threads[i]);
    return gone;
}

/* n in all have returned, and the others sleep on.  */
static void crowd_await_gone(const struct crowd *c, int n)
{
    await(crowd_gone(c) >= n);
    for (int i = 0; i < CROWD; i++)
        if (!thread_is_done(&c->threads[i]))
            thread_await_parked(&c->threads[i]);
    ck_assert_int_eq(crowd_gone(c), n);
    ck_assert_uint_eq(sem.value(&c->s), 0);
}

static void crowd_end(struct crowd *c)
{
    for (int i = 0; i < CROWD; i++)
        ck_assert_int_eq(result_of(&c->threads[i]), 0);
}

START_TEST(release_wakes_exactly_one_of_several)
{
    struct crowd c;

    crowd_begin(&c, CROWD);
    ck_assert_int_eq(sem.release(&c.s), 0);
    crowd_await_gone(&c, 1);
    ck_assert_int_eq(sem.release_n(&c.s, CROWD - 1), 0);
    crowd_end(&c);
}
END_TEST

START_TEST(release_n_wakes_n_of_several)
{
    struct crowd c;

    crowd_begin(&c, CROWD);
    ck_assert_int_eq(sem.release_n(&c.s, 3), 0);
    crowd_await_gone(&c, 3);
    ck_assert_int_eq(sem.release_n(&c.s, 2), 0);
    crowd_await_gone(&c, 5);
    crowd_end(&c);
}
END_TEST

START_TEST(release_n_of_more_than_wait_wakes_all_and_keeps_the_rest)
{
    struct crowd c;

    crowd_begin(&c, CROWD + 2);
    ck_assert_int_eq(sem.release_n(&c.s, CROWD + 2), 0);
    crowd_end(&c);
    ck_assert_uint_eq(sem.value(&c.s), 2);
}
END_TEST

START_TEST(releases_in_a_row_wake_one_each)
{
    struct crowd c;

    crowd_begin(&c, CROWD);
    for (int i = 0; i < CROWD; i++)
        ck_assert_int_eq(sem.release(&c.s), 0);
    crowd_end(&c);
    ck_assert_uint_eq(sem.value(&c.s), 0);
}
END_TEST

START_TEST(releases_one_at_a_time_wake_one_each)
{
    struct crowd c;

    crowd_begin(&c, CROWD);
    for (int i = 1; i <= CROWD; i++) {
        ck_assert_int_eq(sem.release(&c.s), 0);
        crowd_await_gone(&c, i);
    }
    crowd_end(&c);
}
END_TEST

/* Deadlines.  */

START_TEST(a_timeout_comes_no_earlier_than_told)
{
    static const int64_t spans[] = {1, IL_US(1), IL_US(100), IL_MS(2),
                                    IL_MS(30)};
    union tokens s;

    begin_drained(&s, 1);
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        int64_t start = test_now();
        ck_assert_int_eq(sem.acquire_until(&s, il_after(spans[i])), ETIMEDOUT);
        ck_assert_int_ge(test_now() - start, spans[i]);
        ck_assert_uint_eq(sem.value(&s), 0);
    }
}
END_TEST

START_TEST(one_that_timed_out_leaves_it_as_it_was)
{
    union tokens s, fresh;

    begin_drained(&s, 2);
    ck_assert_int_eq(sem.acquire_until(&s, il_after(IL_MS(2))), ETIMEDOUT);
    ck_assert_int_eq(sem.release(&s), 0);
    ck_assert_int_eq(sem.acquire_until(&s, il_after(IL_MS(2))), 0);
    ck_assert_int_eq(sem.try_acquire(&s), EBUSY);
    ck_assert_int_eq(sem.release_n(&s, 2), 0);
    ck_assert_int_eq(sem.init(&fresh, 2, 0), 0);
    ck_assert_mem_eq(&s.plain, &fresh.plain, sizeof s.plain);
}
END_TEST

/* One waits with a deadline and one without.  */
static void check_time_out_eats_no_wake(bool timed_first)
{
    struct thread timed, patient;
    union tokens s;

    begin_drained(&s, 1);
    if (timed_first)
        thread_start(&timed, acquire_until_soon, &s);
    thread_start(&patient, acquire, &s);
    thread_await_parked(&patient);
    if (!timed_first)
        thread_start(&timed, acquire_until_soon, &s);
    ck_assert_int_eq(result_of(&timed), ETIMEDOUT);
    thread_await_parked(&patient);
    ck_assert_int_eq(sem.release(&s), 0);
    ck_assert_int_eq(result_of(&patient), 0);
}

START_TEST(an_older_waiter_that_times_out_eats_no_wake)
{
    check_time_out_eats_no_wake(true);
}
END_TEST

START_TEST(a_younger_waiter_that_times_out_eats_no_wake)
{
    check_time_out_eats_no_wake(false);
}
END_TEST

/* Short waits, each of another length.  */
static il_deadline shortly(int i)
{
    return il_after(IL_US(1 + i % 90));
}

struct race {
    union tokens s;
    bool over;   /* atomic */
    int reached; /* atomic */
};

static bool is_over(const struct race *race)
{
    return __atomic_load_n(&race->over, __ATOMIC_RELAXED);
}

static void end_race(struct race *race)
{
    __atomic_store_n(&race->over, true, __ATOMIC_RELAXED);
}

/* Returns how many tokens it took, or -1 after a wrong answer.  */
static void *take_in_short_waits(void *arg)
{
    struct race *race = arg;
    int taken = 0;
    for (int i = 0; !is_over(race); i++) {
        int r = sem.acquire_until(&race->s, shortly(i));
        if (r != 0 && r != ETIMEDOUT)
            return as_result(-1);
        taken += r == 0;
    }
    return as_result(taken);
}

START_TEST(a_release_at_the_deadline_loses_no_token)
{
    enum { GIVEN = 1000, TAKERS = 2 };
    struct thread takers[TAKERS];
    struct race race = {.over = false};
    int taken[TAKERS];

    begin_drained(&race.s, GIVEN);
    thread_start_all(takers, TAKERS, take_in_short_waits, &race, 0);
    for (int i = 0; i < GIVEN; i++) {
        ck_assert_int_eq(sem.release(&race.s), 0);
        if (i % 2 == 0)
            test_pause();
    }
    end_race(&race);
    for (int i = 0; i < TAKERS; i++) {
        taken[i] = result_of(&takers[i]);
        ck_assert_int_ge(taken[i], 0);
    }
    ck_assert_int_eq((int)sem.value(&race.s) + taken[0] + taken[1], GIVEN);
}
END_TEST

enum { RELAY_ROUNDS = 400 };

static void *give_back_in_short_waits(void *arg)
{
    struct race *race = arg;
    for (int i = 0; !is_over(race); i++)
        if (sem.acquire_until(&race->s, shortly(i)) == 0
            && sem.release(&race->s) != 0)
            return as_result(-1);
    return as_result(0);
}

static void *take_every_round(void *arg)
{
    struct race *race = arg;
    for (int i = 0; i < RELAY_ROUNDS; i++) {
        int r = sem.acquire(&race->s);
        if (r != 0)
            return as_result(r);
        __atomic_fetch_add(&race->reached, 1, __ATOMIC_RELAXED);
    }
    return as_result(0);
}

/* Whoever takes the token for a short time wakes the other again, and whoever
   gives up just then has not used up the wake.  */
START_TEST(a_wake_at_a_deadline_reaches_the_one_that_waits_on)
{
    struct race race = {.over = false, .reached = 0};
    struct thread patient, hasty;

    begin_drained(&race.s, 1);
    thread_start(&patient, take_every_round, &race);
    thread_start(&hasty, give_back_in_short_waits, &race);
    for (int i = 1; i <= RELAY_ROUNDS; i++) {
        ck_assert_int_eq(sem.release(&race.s), 0);
        await(__atomic_load_n(&race.reached, __ATOMIC_RELAXED) == i);
    }
    ck_assert_int_eq(result_of(&patient), 0);
    end_race(&race);
    ck_assert_int_eq(result_of(&hasty), 0);
    ck_assert_uint_eq(sem.value(&race.s), 0);
}
END_TEST

/* Many threads.  */

enum { PHASE_VALUE = 7, PHASE_THREADS = 10 };

struct phases {
    union tokens s;
    struct thread threads[PHASE_THREADS];
    int taken; /* atomic */
};

static void *take_two(void *arg)
{
    struct phases *p = arg;
    for (int i = 0; i < 2; i++) {
        if (sem.acquire(&p->s) != 0)
            return as_result(-1);
        __atomic_fetch_add(&p->taken, 1, __ATOMIC_RELAXED);
    }
    return as_result(0);
}

/* So many tokens are taken in all, and then no more.  */
static void await_taken(struct phases *p, int taken)
{
    await(__atomic_load_n(&p->taken, __ATOMIC_RELAXED) >= taken);
    for (int i = 0; i < PHASE_THREADS; i++)
        await(thread_is_done(&p->threads[i])
              || thread_is_parked(&p->threads[i]));
    ck_assert_int_eq(__atomic_load_n(&p->taken, __ATOMIC_RELAXED), taken);
    ck_assert_int_eq(sem.try_acquire(&p->s), EBUSY);
}

static int give_one_by_one(union tokens *s, uint32_t n)
{
    int r = 0;
    for (uint32_t i = 0; i < n && r == 0; i++)
        r = sem.release(s);
    return r;
}

/* Twice as many threads' needs as there are tokens, given in phases.  */
static void check_phases(int (*give)(union tokens *, uint32_t))
{
    enum { TAKEN_0 = PHASE_VALUE - 1, TAKEN_1 = TAKEN_0 + PHASE_VALUE };
    struct phases p = {.taken = 0};

    ck_assert_int_eq(sem.init(&p.s, PHASE_VALUE, 0), 0);
    ck_assert_int_eq(sem.acquire(&p.s), 0);
    thread_start_all(p.threads, PHASE_THREADS, take_two, &p, 0);
    await_taken(&p, TAKEN_0);
    ck_assert_int_eq(give(&p.s, PHASE_VALUE), 0);
    await_taken(&p, TAKEN_1);
    ck_assert_int_eq(give(&p.s, PHASE_VALUE - 1), 0);
    await_taken(&p, TAKEN_1 + PHASE_VALUE - 1);
    ck_assert_int_eq(give(&p.s, 1), 0);
    for (int i = 0; i < PHASE_THREADS; i++)
        ck_assert_int_eq(result_of(&p.threads[i]), 0);
    ck_assert_int_eq(p.taken, 2 * PHASE_THREADS);
    ck_assert_uint_eq(sem.value(&p.s), 0);
}

START_TEST(many_threads_get_what_releases_give)
{
    check_phases(give_one_by_one);
}
END_TEST

START_TEST(many_threads_get_what_releases_of_n_give)
{
    check_phases(sem.release_n);
}
END_TEST

static void *try_twice(void *s)
{
    int taken = 0;
    for (int i = 0; i < 2; i++)
        taken += sem.try_acquire(s) == 0;
    return as_result(taken);
}

START_TEST(of_concurrent_tries_as_many_succeed_as_there_are_tokens)
{
    enum { THREADS = 5 };
    struct thread threads[THREADS];
    union tokens s;
    int taken = 0;

    ck_assert_int_eq(sem.init(&s, 4, 0), 0);
    ck_assert_int_eq(sem.acquire(&s), 0);
    thread_start_all(threads, THREADS, try_twice, &s, 0);
    for (int i = 0; i < THREADS; i++)
        taken += result_of(&threads[i]);
    ck_assert_int_eq(taken, 3);
    ck_assert_uint_eq(sem.value(&s), 0);
}
END_TEST

enum { STREAM = 6000 };

static void *give_a_stream(void *s)
{
    int r = 0;
    for (int i = 0; i < STREAM && r == 0; i += 3) {
        r = sem.release(s);
        if (r == 0)
            r = sem.release_n(s, 2);
    }
    return as_result(r);
}

static void *take_a_stream(void *s)
{
    int r = 0;
    for (int i = 0; i < STREAM && r == 0; i++)
        r = sem.acquire(s);
    return as_result(r);
}

START_TEST(what_some_give_others_take_to_the_last_token)
{
    struct thread givers[2], takers[2];
    union tokens s;

    begin_drained(&s, 2 * STREAM);
    thread_start_all(takers, 2, take_a_stream, &s, 0);
    thread_start_all(givers, 2, give_a_stream, &s, 0);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(result_of(&givers[i]), 0);
        ck_assert_int_eq(result_of(&takers[i]), 0);
    }
    ck_assert_uint_eq(sem.value(&s), 0);
}
END_TEST

/* A room that a semaphore guards.  */
struct room {
    union tokens s;
    int inside; /* atomic */
    int most;   /* atomic */
    int visits; /* plain: only a room for one may have it right */
};

enum { ROOM_THREADS = 4, ROOM_VISITS = 2000 };

static void *visit(void *arg)
{
    struct room *room = arg;
    for (int i = 0; i < ROOM_VISITS; i++) {
        int inside;
        if (sem.acquire(&room->s) != 0)
            return as_result(-1);
        inside = __atomic_add_fetch(&room->inside, 1, __ATOMIC_RELAXED);
        if (inside > __atomic_load_n(&room->most, __ATOMIC_RELAXED))
            __atomic_store_n(&room->most, inside, __ATOMIC_RELAXED);
        if (i % 64 == 0)
            test_pause();
        __atomic_fetch_sub(&room->inside, 1, __ATOMIC_RELAXED);
        if (sem.release(&room->s) != 0)
            return as_result(-1);
    }
    return as_result(0);
}

static void *visit_alone(void *arg)
{
    struct room *room = arg;
    int r = 0;
    for (int i = 0; i < ROOM_VISITS && r == 0; i++) {
        r = sem.acquire(&room->s);
        room->visits++;
        if (r == 0)
            r = sem.release(&room->s);
    }
    return as_result(r);
}

static void fill_room(struct room *room, uint32_t value, void *(*body)(void *))
{
    struct thread threads[ROOM_THREADS];

    ck_assert_int_eq(sem.init(&room->s, value, 0), 0);
    thread_start_all(threads, ROOM_THREADS, body, room, 0);
    for (int i = 0; i < ROOM_THREADS; i++)
        ck_assert_int_eq(result_of(&threads[i]), 0);
    ck_assert_uint_eq(sem.value(&room->s), value);
}

START_TEST(no_more_threads_are_inside_than_there_are_tokens)
{
    struct room room = {.inside = 0};

    fill_room(&room, 2, visit);
    ck_assert_int_le(room.most, 2);
    ck_assert_int_eq(room.inside, 0);
}
END_TEST

START_TEST(one_token_excludes_and_orders_as_a_lock_does)
{
    struct room room = {.visits = 0};

    fill_room(&room, 1, visit_alone);
    ck_assert_int_eq(room.visits, ROOM_THREADS * ROOM_VISITS);
}
END_TEST

/* Plain memory that goes from one thread to the other.  */
struct parcels {
    union tokens s;
    int content[RELAY_ROUNDS];
};

static void *take_parcels(void *arg)
{
    struct parcels *p = arg;
    for (int i = 0; i < RELAY_ROUNDS; i++)
        if (sem.acquire(&p->s) != 0 || p->content[i] != i + 1)
            return as_result(-1);
    return as_result(0);
}

START_TEST(what_was_written_before_a_release_is_seen_after_the_acquire)
{
    struct parcels p = {.content = {0}};
    struct thread taker;

    begin_drained(&p.s, RELAY_ROUNDS);
    thread_start(&taker, take_parcels, &p);
    for (int i = 0; i < RELAY_ROUNDS; i++) {
        p.content[i] = i + 1;
        ck_assert_int_eq(sem.release(&p.s), 0);
        if (i % 16 == 0)
            test_pause();
    }
    ck_assert_int_eq(result_of(&taker), 0);
}
END_TEST

START_TEST(one_whose_tokens_are_all_out_may_go)
{
    union tokens *s = malloc(sizeof *s);
    ck_assert_ptr_nonnull(s);
    begin_drained(s, 3);
    free(s);
}
END_TEST

/* IL_WITH.  */

static void check_with(enum way_out way)
{
    union tokens s;

    ck_assert_int_eq(sem.init(&s, 2, 0), 0);
    ck_assert_uint_eq(sem.within(&s, way), 1);
    ck_assert_uint_eq(sem.value(&s), 2);
}

START_TEST(with_gives_the_token_back_at_the_end)
{
    check_with(AT_END);
}
END_TEST

START_TEST(with_gives_the_token_back_by_break)
{
    check_with(BY_BREAK);
}
END_TEST

START_TEST(with_gives_the_token_back_by_continue)
{
    check_with(BY_CONTINUE);
}
END_TEST

START_TEST(with_gives_the_token_back_by_return)
{
    check_with(BY_RETURN);
}
END_TEST

START_TEST(with_gives_the_token_back_by_goto)
{
    check_with(BY_GOTO);
}
END_TEST

static void *value_within(void *s)
{
    return as_result((int)sem.within(s, AT_END));
}

START_TEST(with_waits_for_a_token)
{
    struct thread waiter;
    union tokens s;

    begin_drained(&s, 1);
    thread_start(&waiter, value_within, &s);
    thread_await_parked(&waiter);
    ck_assert_int_eq(sem.release(&s), 0);
    ck_assert_int_eq(result_of(&waiter), 0);
    ck_assert_uint_eq(sem.value(&s), 1);
}
END_TEST

/* errno.  Returns whether all that an acquire can meet leaves it alone.  */
static void *acquire_keeping_errno(void *s)
{
    bool as_told;

    errno = EDOM;
    as_told = sem.acquire(s) == 0
              && sem.acquire_until(s, il_after(IL_MS(1))) == ETIMEDOUT
              && sem.acquire_until(s, il_after(0)) == ETIMEDOUT
              && sem.try_acquire(s) == EBUSY;
    return as_result(as_told && errno == EDOM);
}

START_TEST(acquiring_leaves_errno_alone)
{
    struct thread waiter;
    union tokens s;

    begin_drained(&s, 1);
    thread_start(&waiter, acquire_keeping_errno, &s);
    thread_await_parked(&waiter);
    ck_assert_int_eq(sem.release(&s), 0);
    ck_assert_int_eq(result_of(&waiter), true);
}
END_TEST

START_TEST(releasing_leaves_errno_alone)
{
    struct thread waiter;
    union tokens s;
    int answers[5];
    int left;

    begin_drained(&s, 1);
    thread_start(&waiter, acquire, &s);
    thread_await_parked(&waiter);
    errno = EDOM;
    answers[0] = sem.release(&s);
    answers[1] = sem.release_n(&s, 0);
    answers[2] = sem.release_n(&s, UINT32_MAX);
    answers[3] = sem.init(&s, UINT32_MAX, 0);
    answers[4] = sem.init(&s, 0, 1);
    left = errno;
    ck_assert_int_eq(left, EDOM);
    ck_assert_int_eq(answers[0], 0);
    ck_assert_int_eq(answers[1], EINVAL);
    ck_assert_int_eq(answers[2], EOVERFLOW);
    ck_assert_int_eq(answers[3], EINVAL);
    ck_assert_int_eq(answers[4], EINVAL);
    ck_assert_int_eq(result_of(&waiter), 0);
}
END_TEST

/* Signals and cancellation.  */

static union tokens of_handler;

static void release_in_handler(int number)
{
    (void)number;
    if (sem.release(&of_handler) == 0)
        handler_count();
}

START_TEST(a_signal_handler_may_release)
{
    struct thread waiter;

    if (!handler_may_wake())
        return;
    begin_drained(&of_handler, 1);
    thread_start(&waiter, acquire, &of_handler);
    thread_await_parked(&waiter);
    handler_install(release_in_handler);
    ck_assert_int_eq(raise(SIGUSR1), 0);
    ck_assert_int_eq(result_of(&waiter), 0);
    ck_assert_int_eq(handler_counted(), 1);
}
END_TEST

/* The handler runs in the thread that is in the midst of an acquire, asleep
   or not, or of a release.  */
START_TEST(a_signal_handler_may_release_amid_any_call)
{
    pthread_t self = pthread_self();
    int64_t end = test_now() + test_bound();
    struct thread sender;
    int taken = 0;

    if (!handler_may_wake())
        return;
    begin_drained(&of_handler, STORM);
    handler_install(release_in_handler);
    handler_storm(&sender, &self);
    while (taken < STORM) {
        int r = sem.acquire_until(&of_handler, il_after(IL_US(200)));
        ck_assert(r == 0 || (r == ETIMEDOUT && test_now() < end));
        if (r != 0)
            continue;
        taken++;
        ck_assert_int_eq(sem.release(&of_handler), 0);
        ck_assert_int_eq(sem.acquire(&of_handler), 0);
    }
    thread_join(&sender);
    ck_assert_uint_eq(sem.value(&of_handler), 0);
}
END_TEST

START_TEST(acquire_is_no_cancellation_point)
{
    struct thread waiter;
    union tokens s;

    begin_drained(&s, 1);
    thread_start(&waiter, acquire, &s);
    thread_await_parked(&waiter);
    ck_assert_int_eq(pthread_cancel(waiter.handle), 0);
    thread_await_parked(&waiter);
    ck_assert_int_eq(sem.release(&s), 0);
    ck_assert_int_eq(result_of(&waiter), 0);
}
END_TEST

/* Fork.  */

/* In a child, whose parent has a thread that waits for *s.  */
static void use_inherited(void *arg)
{
    union tokens *s = arg;
    struct thread waiter;

    ck_assert_uint_eq(sem.value(s), 0);
    ck_assert_int_eq(sem.try_acquire(s), EBUSY);
    ck_assert_int_eq(sem.acquire_until(s, il_after(IL_MS(1))), ETIMEDOUT);
    /* It lets no threads begin in a child of a threaded process.  */
    if (!under_tsan()) {
        thread_start(&waiter, acquire, s);
        thread_await_parked(&waiter);
        ck_assert_int_eq(sem.release(s), 0);
        ck_assert_int_eq(result_of(&waiter), 0);
    }
    ck_assert_int_eq(sem.release(s), 0);
    ck_assert_uint_eq(sem.value(s), 1);
    ck_assert_int_eq(sem.acquire(s), 0);
}

START_TEST(a_forked_child_uses_one_that_its_parent_waits_for)
{
    struct thread waiter;
    union tokens s;

    begin_drained(&s, 1);
    thread_start(&waiter, acquire, &s);
    thread_await_parked(&waiter);
    child_run("semaphore", use_inherited, &s);
    thread_await_parked(&waiter);
    ck_assert_int_eq(sem.release(&s), 0);
    ck_assert_int_eq(result_of(&waiter), 0);
}
END_TEST

/* As a program in another language calls it.  */

static void *acquire_by_pointer(void *s)
{
    return as_result(pointers.acquire(s));
}

static void *acquire_until_by_pointer(void *s)
{
    return as_result(pointers.acquire_until(s, centuries()));
}

START_TEST(every_call_is_an_exported_function_too)
{
    struct thread waiters[2];
    union tokens s;

    ck_assert_int_eq(pointers.init(&s, UINT32_MAX, 0), EINVAL);
    ck_assert_int_eq(pointers.init(&s, 2, 1), EINVAL);
    ck_assert_int_eq(pointers.init(&s, 2, 0), 0);
    ck_assert_uint_eq(pointers.value(&s), 2);
    ck_assert_int_eq(pointers.acquire(&s), 0);
    ck_assert_int_eq(pointers.try_acquire(&s), 0);
    ck_assert_int_eq(pointers.try_acquire(&s), EBUSY);
    ck_assert_int_eq(pointers.acquire_until(&s, il_after(IL_MS(1))), ETIMEDOUT);
    thread_start(&waiters[0], acquire_by_pointer, &s);
    thread_start(&waiters[1], acquire_until_by_pointer, &s);
    thread_await_all_parked(waiters, 2);
    ck_assert_int_eq(pointers.release(&s), 0);
    ck_assert_int_eq(pointers.release(&s), 0);
    ck_assert_int_eq(result_of(&waiters[0]), 0);
    ck_assert_int_eq(result_of(&waiters[1]), 0);
    ck_assert_int_eq(pointers.release_n(&s, 0), EINVAL);
    ck_assert_int_eq(pointers.release_n(&s, UINT32_MAX), EOVERFLOW);
    ck_assert_int_eq(pointers.release_n(&s, 2), 0);
    ck_assert_uint_eq(pointers.value(&s), 2);
}
END_TEST

static void add_tests_of_one_thread(void)
{
    suite_add(init_makes_one_of_that_many_tokens);
    suite_add(init_refuses_a_value_above_the_maximum);
    suite_add(init_refuses_every_unknown_flag);
    suite_add(the_maximum_is_at_least_that_of_an_int);
    suite_add(each_way_to_acquire_takes_one_token);
    suite_add(try_acquire_of_none_is_busy);
    suite_add(a_passed_deadline_tries_once);
    suite_add(a_deadline_that_came_and_went_tries_once);
    suite_add(release_gives_one_token);
    suite_add(release_n_gives_n_tokens);
    suite_add(release_of_zero_tokens_is_invalid);
    suite_add(a_full_one_refuses_every_release);
    suite_add(a_release_of_more_than_fit_changes_nothing);
    suite_add(an_empty_one_takes_exactly_the_maximum);
    suite_add(one_whose_tokens_are_all_out_may_go);
    suite_add(with_gives_the_token_back_at_the_end);
    suite_add(with_gives_the_token_back_by_break);
    suite_add(with_gives_the_token_back_by_continue);
    suite_add(with_gives_the_token_back_by_return);
    suite_add(with_gives_the_token_back_by_goto);
}

static void add_tests_of_waiters(void)
{
    suite_add(a_refused_release_leaves_parked_waiters_alone);
    suite_add(release_wakes_a_parked_waiter);
    suite_add(release_wakes_a_parked_waiter_without_a_deadline);
    suite_add(release_wakes_a_parked_waiter_with_a_deadline);
    suite_add(release_wakes_exactly_one_of_several);
    suite_add(release_n_wakes_n_of_several);
    suite_add(release_n_of_more_than_wait_wakes_all_and_keeps_the_rest);
    suite_add(releases_in_a_row_wake_one_each);
    suite_add(releases_one_at_a_time_wake_one_each);
    suite_add(with_waits_for_a_token);
    suite_add(a_timeout_comes_no_earlier_than_told);
    suite_add(one_that_timed_out_leaves_it_as_it_was);
    suite_add(an_older_waiter_that_times_out_eats_no_wake);
    suite_add(a_younger_waiter_that_times_out_eats_no_wake);
    suite_add(acquiring_leaves_errno_alone);
    suite_add(releasing_leaves_errno_alone);
    suite_add(a_signal_handler_may_release);
    suite_add(acquire_is_no_cancellation_point);
    suite_add(a_forked_child_uses_one_that_its_parent_waits_for);
    suite_add(every_call_is_an_exported_function_too);
}

static void add_tests_of_many(void)
{
    suite_add(of_concurrent_releases_as_many_succeed_as_fit);
    suite_add(a_release_at_the_deadline_loses_no_token);
    suite_add(a_wake_at_a_deadline_reaches_the_one_that_waits_on);
    suite_add(many_threads_get_what_releases_give);
    suite_add(many_threads_get_what_releases_of_n_give);
    suite_add(of_concurrent_tries_as_many_succeed_as_there_are_tokens);
    suite_add(what_some_give_others_take_to_the_last_token);
    suite_add(no_more_threads_are_inside_than_there_are_tokens);
    suite_add(one_token_excludes_and_orders_as_a_lock_does);
    suite_add(what_was_written_before_a_release_is_seen_after_the_acquire);
    suite_add(a_signal_handler_may_release_amid_any_call);
}

void tokens_add_tests(const struct tokens_calls *inlined,
                      const struct tokens_calls *exported)
{
    sem = *inlined;
    pointers = *exported;
    add_tests_of_one_thread();
    add_tests_of_waiters();
    add_tests_of_many();
}
