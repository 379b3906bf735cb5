/* check_event.c -- il_event keeps what event.h promises.

   SPDX-License-Identifier: MIT */

#include <interlock.h>

#include "support/child.h"
#include "support/handler.h"
#include "support/pace.h"
#include "support/suite.h"
#include "support/thread.h"

#include <sched.h>
#include <signal.h>
#include <string.h>

static void *as_result(int r)
{
    return (void *)(intptr_t)r;
}

static int result_of(struct thread *t)
{
    return (int)(intptr_t)thread_join(t);
}

static il_deadline centuries(void)
{
    return il_after(IL_SEC(9000000000));
}

/* Bodies of threads that wait; each returns what its call does.  */

static void *wait_for(void *e)
{
    return as_result(il_event_wait(e));
}

static void *wait_until_never(void *e)
{
    return as_result(il_event_wait_until(e, il_never()));
}

static void *wait_until_centuries(void *e)
{
    return as_result(il_event_wait_until(e, centuries()));
}

static void *wait_until_soon(void *e)
{
    return as_result(il_event_wait_until(e, il_after(IL_MS(30))));
}

/* The flag.  */

START_TEST(zero_bytes_are_an_event_not_set)
{
    static il_event zero;
    il_event made = IL_EVENT_INIT;

    ck_assert(!il_event_is_set(&zero));
    ck_assert(!il_event_is_set(&made));
    ck_assert_mem_eq(&zero, &made, sizeof zero);
    il_event_set(&zero);
    ck_assert(il_event_is_set(&zero));
}
END_TEST

START_TEST(init_makes_an_event_not_set)
{
    il_event e;

    memset(&e, 0xff, sizeof e);
    ck_assert_int_eq(il_event_init(&e, 0), 0);
    ck_assert(!il_event_is_set(&e));
}
END_TEST

START_TEST(init_refuses_every_unknown_flag)
{
    il_event e = IL_EVENT_INIT;

    il_event_set(&e);
    for (unsigned flag = 1; flag != 0; flag <<= 1) {
        ck_assert_int_eq(il_event_init(&e, flag), EINVAL);
        ck_assert(il_event_is_set(&e));
    }
}
END_TEST

START_TEST(set_and_clear_make_the_flag)
{
    il_event e = IL_EVENT_INIT;

    il_event_set(&e);
    ck_assert(il_event_is_set(&e));
    il_event_clear(&e);
    ck_assert(!il_event_is_set(&e));
}
END_TEST

START_TEST(one_clear_undoes_many_sets)
{
    il_event e = IL_EVENT_INIT;

    for (int i = 0; i < 5; i++) {
        il_event_set(&e);
        ck_assert(il_event_is_set(&e));
    }
    il_event_clear(&e);
    ck_assert(!il_event_is_set(&e));
}
END_TEST

START_TEST(one_set_undoes_many_clears)
{
    il_event e = IL_EVENT_INIT;

    for (int i = 0; i < 5; i++) {
        il_event_clear(&e);
        ck_assert(!il_event_is_set(&e));
    }
    il_event_set(&e);
    ck_assert(il_event_is_set(&e));
}
END_TEST

/* Without waiting.  */

START_TEST(waits_for_a_set_event_return_at_once)
{
    static const int64_t spans[] = {0, -1, INT64_MIN, 1, INT64_MAX};
    il_event e = IL_EVENT_INIT;

    il_event_set(&e);
    ck_assert_int_eq(il_event_wait(&e), 0);
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
        ck_assert_int_eq(il_event_wait_until(&e, il_after(spans[i])), 0);
    ck_assert(il_event_is_set(&e));
}
END_TEST

START_TEST(a_passed_deadline_looks_once)
{
    static const int64_t passed[] = {0, -1, INT64_MIN};
    il_event e = IL_EVENT_INIT;

    for (size_t i = 0; i < sizeof passed / sizeof *passed; i++) {
        il_deadline until = il_after(passed[i]);
        ck_assert_int_eq(il_event_wait_until(&e, until), ETIMEDOUT);
        il_event_set(&e);
        ck_assert_int_eq(il_event_wait_until(&e, until), 0);
        il_event_clear(&e);
        ck_assert_int_eq(il_event_wait_until(&e, until), ETIMEDOUT);
    }
}
END_TEST

START_TEST(a_deadline_that_came_and_went_looks_once)
{
    il_deadline soon = il_after(IL_MS(1));
    il_event e = IL_EVENT_INIT;

    await(il_remaining(soon) == 0);
    ck_assert_int_eq(il_event_wait_until(&e, soon), ETIMEDOUT);
    il_event_set(&e);
    ck_assert_int_eq(il_event_wait_until(&e, soon), 0);
}
END_TEST

/* Waking.  */

static void check_set_wakes(void *(*body)(void *))
{
    il_event e = IL_EVENT_INIT;
    struct thread waiter;

    thread_start(&waiter, body, &e);
    thread_await_parked(&waiter);
    ck_assert(!il_event_is_set(&e));
    il_event_set(&e);
    ck_assert_int_eq(result_of(&waiter), 0);
    ck_assert(il_event_is_set(&e));
}

START_TEST(set_wakes_a_parked_waiter)
{
    check_set_wakes(wait_for);
}
END_TEST

START_TEST(set_wakes_a_parked_waiter_without_a_deadline)
{
    check_set_wakes(wait_until_never);
}
END_TEST

START_TEST(set_wakes_a_parked_waiter_with_a_deadline)
{
    check_set_wakes(wait_until_centuries);
}
END_TEST

/* Several that are parked.  */

enum { CROWD = 5 };

struct crowd {
    il_event e;
    struct thread threads[CROWD];
};

static void crowd_begin(struct crowd *c, void *(*body)(void *))
{
    thread_start_all(c->threads, CROWD, body, &c->e, 0);
    thread_await_all_parked(c->threads, CROWD);
}

static void crowd_end(struct crowd *c)
{
    for (int i = 0; i < CROWD; i++)
        ck_assert_int_eq(result_of(&c->threads[i]), 0);
}

START_TEST(set_wakes_all_of_several)
{
    struct crowd c = {.e = IL_EVENT_INIT};

    crowd_begin(&c, wait_for);
    il_event_set(&c.e);
    crowd_end(&c);
    ck_assert(il_event_is_set(&c.e));
}
END_TEST

START_TEST(a_clear_at_once_after_the_set_holds_nobody_back)
{
    struct crowd c = {.e = IL_EVENT_INIT};

    for (int i = 0; i < 20; i++) {
        crowd_begin(&c, i % 2 ? wait_for : wait_until_centuries);
        il_event_set(&c.e);
        il_event_clear(&c.e);
        crowd_end(&c);
        ck_assert(!il_event_is_set(&c.e));
    }
}
END_TEST

START_TEST(clear_wakes_nobody)
{
    struct crowd c = {.e = IL_EVENT_INIT};

    crowd_begin(&c, wait_for);
    il_event_clear(&c.e);
    thread_await_all_parked(c.threads, CROWD);
    il_event_set(&c.e);
    crowd_end(&c);
}
END_TEST

START_TEST(who_comes_after_the_clear_waits_for_the_next_set)
{
    struct crowd c = {.e = IL_EVENT_INIT};
    struct thread late;

    crowd_begin(&c, wait_for);
    il_event_set(&c.e);
    il_event_clear(&c.e);
    thread_start(&late, wait_for, &c.e);
    thread_await_parked(&late);
    crowd_end(&c);
    il_event_set(&c.e);
    ck_assert_int_eq(result_of(&late), 0);
}
END_TEST

static void *wait_twice(void *e)
{
    int first = il_event_wait(e);
    int second = il_event_wait(e);
    return as_result(first != 0 || second != 0);
}

START_TEST(one_set_is_enough_for_all_waits_until_a_clear)
{
    struct crowd c = {.e = IL_EVENT_INIT};

    for (int i = 0; i < 2; i++) {
        crowd_begin(&c, wait_twice);
        il_event_set(&c.e);
        crowd_end(&c);
        il_event_set(&c.e);
        il_event_clear(&c.e);
    }
}
END_TEST

static void *set(void *e)
{
    il_event_set(e);
    return NULL;
}

START_TEST(sets_at_the_same_time_let_all_through)
{
    struct crowd waiters = {.e = IL_EVENT_INIT};
    struct thread setters[3];

    for (int i = 0; i < 20; i++) {
        crowd_begin(&waiters, wait_for);
        thread_start_all(setters, 3, set, &waiters.e, 0);
        crowd_end(&waiters);
        thread_join_all(setters, 3);
        il_event_clear(&waiters.e);
    }
}
END_TEST

/* Deadlines.  */

START_TEST(a_timeout_comes_no_earlier_than_told)
{
    static const int64_t spans[] = {1, IL_US(1), IL_US(100), IL_MS(2),
                                    IL_MS(30)};
    il_event e = IL_EVENT_INIT;

    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        int64_t start = test_now();
        ck_assert_int_eq(il_event_wait_until(&e, il_after(spans[i])),
                         ETIMEDOUT);
        ck_assert_int_ge(test_now() - start, spans[i]);
        ck_assert(!il_event_is_set(&e));
    }
}
END_TEST

START_TEST(many_time_out_each_for_itself)
{
    struct crowd c = {.e = IL_EVENT_INIT};

    thread_start_all(c.threads, CROWD, wait_until_soon, &c.e, 0);
    for (int i = 0; i < CROWD; i++)
        ck_assert_int_eq(result_of(&c.threads[i]), ETIMEDOUT);
    il_event_set(&c.e);
    thread_start_all(c.threads, CROWD, wait_until_soon, &c.e, 0);
    crowd_end(&c);
}
END_TEST

/* One waits with a deadline and one without.  */
static void check_time_out_eats_no_wake(bool timed_first)
{
    il_event e = IL_EVENT_INIT;
    struct thread timed, patient;

    if (timed_first)
        thread_start(&timed, wait_until_soon, &e);
    thread_start(&patient, wait_for, &e);
    thread_await_parked(&patient);
    if (!timed_first)
        thread_start(&timed, wait_until_soon, &e);
    ck_assert_int_eq(result_of(&timed), ETIMEDOUT);
    thread_await_parked(&patient);
    il_event_set(&e);
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

/* What the sets before it, and waiters that gave up, leave in the word is
   nothing that a later waiter could take for a set.  */
START_TEST(an_event_with_a_past_still_makes_wait)
{
    il_event e = IL_EVENT_INIT;

    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(il_event_wait_until(&e, il_after(IL_MS(1))),
                         ETIMEDOUT);
        il_event_set(&e);
        il_event_set(&e);
        ck_assert_int_eq(il_event_wait_until(&e, il_after(IL_MS(1))), 0);
        il_event_clear(&e);
    }
    ck_assert_int_eq(il_event_wait_until(&e, il_after(IL_MS(1))), ETIMEDOUT);
}
END_TEST

/* The count of the sets wraps.  */

#define LAST_GENERATION (~(IL__EVENT_SET | IL__EVENT_WAITED))

START_TEST(the_set_that_wraps_the_generation_wakes)
{
    struct crowd c = {.e = {LAST_GENERATION}};

    ck_assert(!il_event_is_set(&c.e));
    crowd_begin(&c, wait_for);
    il_event_set(&c.e);
    crowd_end(&c);
    ck_assert(il_event_is_set(&c.e));
}
END_TEST

START_TEST(the_set_that_wraps_the_generation_wakes_before_a_clear)
{
    struct crowd c = {.e = {LAST_GENERATION}};

    crowd_begin(&c, wait_for);
    il_event_set(&c.e);
    il_event_clear(&c.e);
    crowd_end(&c);
    ck_assert(!il_event_is_set(&c.e));
}
END_TEST

START_TEST(a_generation_that_wraps_leaves_the_flag_alone)
{
    il_event e = {LAST_GENERATION | IL__EVENT_SET};

    ck_assert(il_event_is_set(&e));
    il_event_set(&e);
    ck_assert(il_event_is_set(&e));
    il_event_clear(&e);
    ck_assert(!il_event_is_set(&e));
    ck_assert_int_eq(il_event_wait_until(&e, il_after(IL_MS(1))), ETIMEDOUT);
}
END_TEST

/* Many rounds.  Each thread here goes on only when the other has, so one wake
   that is lost stops both.  */

enum { ROUNDS = 3000 };

struct rally {
    il_event ping;
    il_event pong;
    int ball; /* plain: the events order it */
};

static void *return_each_ball(void *arg)
{
    struct rally *r = arg;
    for (int i = 1; i <= ROUNDS; i++) {
        if (il_event_wait(&r->ping) != 0 || r->ball != 2 * i - 1)
            return as_result(-1);
        il_event_clear(&r->ping);
        r->ball++;
        il_event_set(&r->pong);
    }
    return as_result(0);
}

static void *serve_each_ball(void *arg)
{
    struct rally *r = arg;
    for (int i = 1; i <= ROUNDS; i++) {
        r->ball++;
        il_event_set(&r->ping);
        if (il_event_wait(&r->pong) != 0 || r->ball != 2 * i)
            return as_result(-1);
        il_event_clear(&r->pong);
    }
    return as_result(0);
}

START_TEST(two_events_carry_many_rounds_to_and_fro)
{
    struct rally r = {IL_EVENT_INIT, IL_EVENT_INIT, 0};
    struct thread server, returner;

    thread_start(&returner, return_each_ball, &r);
    thread_start(&server, serve_each_ball, &r);
    ck_assert_int_eq(result_of(&server), 0);
    ck_assert_int_eq(result_of(&returner), 0);
    ck_assert_int_eq(r.ball, 2 * ROUNDS);
}
END_TEST

/* A producer that pushes and sets, a consumer that clears, looks and waits.
   Only the event orders what is pushed.  */
struct stream {
    il_event e;
    int pushed; /* atomic, relaxed */
    int taken;  /* atomic, relaxed */
    bool over;  /* atomic, relaxed */
};

static void *consume(void *arg)
{
    struct stream *s = arg;
    for (int taken = 0; taken < ROUNDS;) {
        int pushed;
        il_event_clear(&s->e);
        pushed = __atomic_load_n(&s->pushed, __ATOMIC_RELAXED);
        if (pushed == taken && il_event_wait(&s->e) != 0)
            return as_result(-1);
        taken = pushed;
        __atomic_store_n(&s->taken, taken, __ATOMIC_RELAXED);
    }
    return as_result(0);
}

/* Comes and goes at the same event.  */
static void *look_in_short_waits(void *arg)
{
    struct stream *s = arg;
    for (int i = 0; !__atomic_load_n(&s->over, __ATOMIC_RELAXED); i++) {
        int r = il_event_wait_until(&s->e, il_after(IL_US(1 + i % 90)));
        if (r != 0 && r != ETIMEDOUT)
            return as_result(-1);
        sched_yield();
    }
    return as_result(0);
}

/* Waits without the pause of await, which would keep the rounds apart.  */
static void await_taken(const struct stream *s, int taken)
{
    int64_t end = test_now() + test_bound();
    while (__atomic_load_n(&s->taken, __ATOMIC_RELAXED) < taken) {
        if (test_now() > end)
            ck_abort_msg("of %d pushed the consumer does not see all", taken);
        sched_yield();
    }
}

/* Some sets come when the event is set already and about to be cleared.  */
static void produce(struct stream *s)
{
    for (int i = 1; i <= ROUNDS; i++) {
        __atomic_store_n(&s->pushed, i, __ATOMIC_RELAXED);
        il_event_set(&s->e);
        if (i % 3 == 0)
            await_taken(s, i);
    }
}

START_TEST(what_is_pushed_before_a_set_is_never_overlooked)
{
    struct stream s = {.e = IL_EVENT_INIT};
    struct thread consumer;

    thread_start(&consumer, consume, &s);
    produce(&s);
    ck_assert_int_eq(result_of(&consumer), 0);
}
END_TEST

START_TEST(waiters_that_give_up_make_nothing_overlooked)
{
    struct stream s = {.e = IL_EVENT_INIT};
    struct thread consumer, passer_by;

    thread_start(&consumer, consume, &s);
    thread_start(&passer_by, look_in_short_waits, &s);
    produce(&s);
    ck_assert_int_eq(result_of(&consumer), 0);
    __atomic_store_n(&s.over, true, __ATOMIC_RELAXED);
    ck_assert_int_eq(result_of(&passer_by), 0);
}
END_TEST

/* Memory order.  */

struct letter {
    il_event arrived;
    uint32_t before; /* its word before the set that counts */
    int content;     /* plain */
};

static void *read_when_set(void *arg)
{
    struct letter *l = arg;
    await(il_event_is_set(&l->arrived));
    return as_result(l->content);
}

static void *read_after_wait(void *arg)
{
    struct letter *l = arg;
    int r = il_event_wait(&l->arrived);
    return as_result(r == 0 ? l->content : -1);
}

/* What `l->arrived` is, without the order that its calls give.  */
static uint32_t glance(const struct letter *l)
{
    return __atomic_load_n(&l->arrived.il_word, __ATOMIC_RELAXED);
}

static void *read_after_clear(void *arg)
{
    struct letter *l = arg;
    await(glance(l) & IL__EVENT_SET);
    il_event_clear(&l->arrived);
    return as_result(l->content);
}

/* Of an event that was set before.  */
static void *read_after_another_set(void *arg)
{
    struct letter *l = arg;
    await(glance(l) != l->before);
    return as_result(il_event_is_set(&l->arrived) ? l->content : -1);
}

/* Sends 100, each at an event that was set `sets_before` times before.  */
static void check_letters(void *(*reader)(void *), int sets_before)
{
    for (int i = 1; i <= 100; i++) {
        struct letter l = {IL_EVENT_INIT, 0, 0};
        struct thread t;
        for (int j = 0; j < sets_before; j++)
            il_event_set(&l.arrived);
        l.before = glance(&l);
        thread_start(&t, reader, &l);
        if (i % 2)
            test_pause();
        l.content = i;
        il_event_set(&l.arrived);
        ck_assert_int_eq(result_of(&t), i);
    }
}

START_TEST(what_was_written_before_a_set_is_seen_with_is_set)
{
    check_letters(read_when_set, 0);
}
END_TEST

START_TEST(what_was_written_before_a_set_is_seen_after_the_wait)
{
    check_letters(read_after_wait, 0);
}
END_TEST

START_TEST(what_was_written_before_a_set_is_seen_after_the_clear)
{
    check_letters(read_after_clear, 0);
}
END_TEST

START_TEST(what_was_written_before_another_set_is_seen_too)
{
    check_letters(read_after_another_set, 1);
}
END_TEST

/* errno.  Returns whether all that a wait can meet leaves it alone.  */
static void *wait_keeping_errno(void *e)
{
    il_event never_set = IL_EVENT_INIT;
    bool as_told;

    errno = EDOM;
    as_told =
        il_event_wait(e) == 0 && il_event_wait(e) == 0
        && il_event_wait_until(&never_set, il_after(0)) == ETIMEDOUT
        && il_event_wait_until(&never_set, il_after(IL_MS(1))) == ETIMEDOUT;
    return as_result(as_told && errno == EDOM);
}

START_TEST(no_call_touches_errno)
{
    il_event e = IL_EVENT_INIT;
    struct thread waiter;
    int refused, left;

    thread_start(&waiter, wait_keeping_errno, &e);
    thread_await_parked(&waiter);
    errno = EDOM;
    il_event_clear(&e);
    refused = il_event_init(&e, 1);
    il_event_set(&e);
    left = errno;
    ck_assert_int_eq(left, EDOM);
    ck_assert_int_eq(refused, EINVAL);
    ck_assert_int_eq(result_of(&waiter), true);
}
END_TEST

/* Signals and cancellation.  */

static il_event of_handler;

static void set_in_handler(int number)
{
    (void)number;
    il_event_set(&of_handler);
    handler_count();
}

START_TEST(a_signal_handler_may_set)
{
    struct thread waiter;

    if (!handler_may_wake())
        return;
    thread_start(&waiter, wait_for, &of_handler);
    thread_await_parked(&waiter);
    handler_install(set_in_handler);
    ck_assert_int_eq(raise(SIGUSR1), 0);
    ck_assert_int_eq(result_of(&waiter), 0);
    ck_assert_int_eq(handler_counted(), 1);
}
END_TEST

/* The handler runs in the thread that is in the midst of a wait, asleep or
   not, of a clear or of a set.  */
START_TEST(a_signal_handler_may_set_amid_any_call)
{
    pthread_t self = pthread_self();
    struct thread sender;

    if (!handler_may_wake())
        return;
    handler_install(set_in_handler);
    handler_storm(&sender, &self);
    for (int seen = 0; seen < STORM;) {
        int now;
        il_event_set(&of_handler);
        il_event_clear(&of_handler);
        now = handler_counted();
        if (now == seen) {
            /* It delivers signals only after a system call.  */
            int64_t ns = under_tsan() ? IL_US(200) : test_bound();
            int r = il_event_wait_until(&of_handler, il_after(ns));
            ck_assert(r == 0 || (r == ETIMEDOUT && under_tsan()));
        }
        seen = now;
    }
    thread_join(&sender);
}
END_TEST

START_TEST(wait_is_no_cancellation_point)
{
    il_event e = IL_EVENT_INIT;
    struct thread waiter;

    thread_start(&waiter, wait_for, &e);
    thread_await_parked(&waiter);
    ck_assert_int_eq(pthread_cancel(waiter.handle), 0);
    thread_await_parked(&waiter);
    il_event_set(&e);
    ck_assert_int_eq(result_of(&waiter), 0);
}
END_TEST

/* Fork.  */

START_TEST(reinit_keeps_the_flag)
{
    il_event e = IL_EVENT_INIT;

    il_event_at_fork_reinit(&e);
    ck_assert(!il_event_is_set(&e));
    il_event_set(&e);
    il_event_at_fork_reinit(&e);
    ck_assert(il_event_is_set(&e));
    ck_assert_int_eq(il_event_wait_until(&e, il_after(0)), 0);
    il_event_clear(&e);
    ck_assert(!il_event_is_set(&e));
}
END_TEST

/* In a child, whose parent has a thread that waits for *e.  */
static void use_inherited(void *arg)
{
    il_event *e = arg;
    struct thread waiter;

    ck_assert(!il_event_is_set(e));
    ck_assert_int_eq(il_event_wait_until(e, il_after(IL_MS(1))), ETIMEDOUT);
    /* It lets no threads begin in a child of a threaded process.  */
    if (!under_tsan()) {
        thread_start(&waiter, wait_for, e);
        thread_await_parked(&waiter);
        il_event_set(e);
        ck_assert_int_eq(result_of(&waiter), 0);
    }
    il_event_set(e);
    ck_assert_int_eq(il_event_wait(e), 0);
    il_event_clear(e);
    ck_assert(!il_event_is_set(e));
}

static void use_after_reinit(void *arg)
{
    il_event *e = arg;

    il_event_at_fork_reinit(e);
    ck_assert_uint_eq(e->il_word & IL__EVENT_WAITED, 0);
    use_inherited(e);
}

static void check_in_child(void (*use)(void *))
{
    il_event e = IL_EVENT_INIT;
    struct thread waiter;

    thread_start(&waiter, wait_for, &e);
    thread_await_parked(&waiter);
    child_run("event", use, &e);
    thread_await_parked(&waiter);
    il_event_set(&e);
    ck_assert_int_eq(result_of(&waiter), 0);
}

START_TEST(a_forked_child_uses_one_that_its_parent_waits_for)
{
    check_in_child(use_inherited);
}
END_TEST

START_TEST(reinit_in_a_forked_child_forgets_waiters)
{
    check_in_child(use_after_reinit);
}
END_TEST

/* As a program in another language calls it.  */

static int (*volatile init_p)(il_event *, unsigned) = il_event_init;
static void (*volatile set_p)(il_event *) = il_event_set;
static void (*volatile clear_p)(il_event *) = il_event_clear;
static bool (*volatile is_set_p)(const il_event *) = il_event_is_set;
static int (*volatile wait_p)(il_event *) = il_event_wait;
static int (*volatile wait_until_p)(il_event *,
                                    il_deadline) = il_event_wait_until;
static void (*volatile reinit_p)(il_event *) = il_event_at_fork_reinit;

static void *wait_by_pointer(void *e)
{
    return as_result(wait_p(e));
}

static void *wait_until_by_pointer(void *e)
{
    return as_result(wait_until_p(e, centuries()));
}

START_TEST(every_call_is_an_exported_function_too)
{
    struct thread waiters[2];
    il_event e;

    ck_assert_int_eq(init_p(&e, 1), EINVAL);
    ck_assert_int_eq(init_p(&e, 0), 0);
    ck_assert(!is_set_p(&e));
    ck_assert_int_eq(wait_until_p(&e, il_after(IL_MS(1))), ETIMEDOUT);
    thread_start(&waiters[0], wait_by_pointer, &e);
    thread_start(&waiters[1], wait_until_by_pointer, &e);
    thread_await_all_parked(waiters, 2);
    set_p(&e);
    ck_assert_int_eq(result_of(&waiters[0]), 0);
    ck_assert_int_eq(result_of(&waiters[1]), 0);
    reinit_p(&e);
    ck_assert(is_set_p(&e));
    ck_assert_int_eq(wait_p(&e), 0);
    clear_p(&e);
    ck_assert(!is_set_p(&e));
}
END_TEST

static void add_tests_of_one_thread(void)
{
    suite_add(zero_bytes_are_an_event_not_set);
    suite_add(init_makes_an_event_not_set);
    suite_add(init_refuses_every_unknown_flag);
    suite_add(set_and_clear_make_the_flag);
    suite_add(one_clear_undoes_many_sets);
    suite_add(one_set_undoes_many_clears);
    suite_add(waits_for_a_set_event_return_at_once);
    suite_add(a_passed_deadline_looks_once);
    suite_add(a_deadline_that_came_and_went_looks_once);
    suite_add(a_timeout_comes_no_earlier_than_told);
    suite_add(an_event_with_a_past_still_makes_wait);
    suite_add(a_generation_that_wraps_leaves_the_flag_alone);
    suite_add(reinit_keeps_the_flag);
}

static void add_tests_of_waiters(void)
{
    suite_add(set_wakes_a_parked_waiter);
    suite_add(set_wakes_a_parked_waiter_without_a_deadline);
    suite_add(set_wakes_a_parked_waiter_with_a_deadline);
    suite_add(set_wakes_all_of_several);
    suite_add(a_clear_at_once_after_the_set_holds_nobody_back);
    suite_add(clear_wakes_nobody);
    suite_add(who_comes_after_the_clear_waits_for_the_next_set);
    suite_add(one_set_is_enough_for_all_waits_until_a_clear);
    suite_add(many_time_out_each_for_itself);
    suite_add(an_older_waiter_that_times_out_eats_no_wake);
    suite_add(a_younger_waiter_that_times_out_eats_no_wake);
    suite_add(the_set_that_wraps_the_generation_wakes);
    suite_add(the_set_that_wraps_the_generation_wakes_before_a_clear);
    suite_add(no_call_touches_errno);
    suite_add(a_signal_handler_may_set);
    suite_add(wait_is_no_cancellation_point);
    suite_add(a_forked_child_uses_one_that_its_parent_waits_for);
    suite_add(reinit_in_a_forked_child_forgets_waiters);
    suite_add(every_call_is_an_exported_function_too);
}

static void add_tests_of_many_rounds(void)
{
    suite_add(sets_at_the_same_time_let_all_through);
    suite_add(two_events_carry_many_rounds_to_and_fro);
    suite_add(what_is_pushed_before_a_set_is_never_overlooked);
    suite_add(waiters_that_give_up_make_nothing_overlooked);
    suite_add(what_was_written_before_a_set_is_seen_with_is_set);
    suite_add(what_was_written_before_a_set_is_seen_after_the_wait);
    suite_add(what_was_written_before_a_set_is_seen_after_the_clear);
    suite_add(what_was_written_before_another_set_is_seen_too);
    suite_add(a_signal_handler_may_set_amid_any_call);
}

int main(void)
{
    suite_begin("event");
    add_tests_of_one_thread();
    add_tests_of_waiters();
    add_tests_of_many_rounds();
    return suite_end();
}
