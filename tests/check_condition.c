/* check_condition.c -- il_condition keeps what condition.h promises.

   SPDX-License-Identifier: MIT */

#include <interlock.h>

#include "fork.h"
#include "support/child.h"
#include "support/handler.h"
#include "support/pace.h"
#include "support/require.h"
#include "support/suite.h"
#include "support/thread.h"

#include <limits.h>
#include <signal.h>
#include <string.h>

_Static_assert(sizeof(il_condition) <= 40, "a condition is small");

/* Two tests, of a condition on an il_lock and of one on an il_rlock.  */
#define CONDITION_TEST(name)                                     \
    static void name(il_condition *c);                           \
    START_TEST(name##_on_a_lock)                                 \
    {                                                            \
        il_lock lock = IL_LOCK_INIT;                             \
        il_condition on_lock = IL_CONDITION_INIT(&lock);         \
        name(&on_lock);                                          \
    }                                                            \
    END_TEST                                                     \
    START_TEST(name##_on_an_rlock)                               \
    {                                                            \
        il_rlock rlock = IL_RLOCK_INIT;                          \
        il_condition on_rlock = IL_CONDITION_INIT_RLOCK(&rlock); \
        name(&on_rlock);                                         \
    }                                                            \
    END_TEST                                                     \
    static void name(il_condition *c)

#define add(name)                      \
    do {                               \
        suite_add(name##_on_a_lock);   \
        suite_add(name##_on_an_rlock); \
    } while (0)

/* What errno is set to before a call that must not touch it.  */
enum { MARK = 12345 };

/* Long enough that the time-out is met asleep, mostly.  */
#define SHORT IL_MS(30)

static void tell(bool *flag)
{
    __atomic_store_n(flag, true, __ATOMIC_RELEASE);
}

static bool told(const bool *flag)
{
    return __atomic_load_n(flag, __ATOMIC_ACQUIRE);
}

/* Whether the caller holds the lock; an il_lock, whether anybody does.  */
static bool held(const il_condition *c)
{
    return c->il_plain ? il_lock_locked(c->il_plain)
                       : il_rlock_owned(c->il_recursive);
}

/* Whether anybody holds the lock.  */
static bool locked(const il_condition *c)
{
    return c->il_plain ? il_lock_locked(c->il_plain)
                       : il_rlock_locked(c->il_recursive);
}

static void acquire(il_condition *c)
{
    ck_assert_int_eq(il_condition_acquire(c), 0);
}

static void release(il_condition *c)
{
    ck_assert_int_eq(il_condition_release(c), 0);
}

/* Notifies n threads.  */
static void notify(il_condition *c, uint32_t n)
{
    acquire(c);
    ck_assert_int_eq(il_condition_notify_n(c, n), 0);
    release(c);
}

static void await_passed(il_deadline until)
{
    await(il_remaining(until) == 0);
}

/* A thread that waits once, and what it saw.  */
struct waiter {
    struct thread thread;
    il_condition *c;
    il_deadline until;
    bool entered; /* atomic; it has the lock and is about to wait */
    int answer;
    bool kept_errno; /* errno was after the wait as before */
    bool held;       /* it had the lock after the wait */
};

static void *wait_once(void *arg)
{
    struct waiter *w = arg;
    require(il_condition_acquire(w->c) == 0);
    tell(&w->entered);
    errno = MARK;
    w->answer = il_condition_wait_until(w->c, w->until);
    w->kept_errno = errno == MARK;
    w->held = held(w->c);
    require(il_condition_release(w->c) == 0);
    return NULL;
}

/* Starts w, which is in the queue, behind those before it, when the lock can
   be had after it had it; it may have timed out by then.  */
static void waiter_queue(struct waiter *w, il_condition *c, il_deadline until)
{
    *w = (struct waiter){.c = c, .until = until};
    thread_start(&w->thread, wait_once, w);
    await(told(&w->entered));
    acquire(c);
    release(c);
}

/* Starts n waiters without a deadline, one after the other; all are counted
   and parked.  */
static void waiters_park(struct waiter *w, int n, il_condition *c)
{
    for (int i = 0; i < n; i++) {
        uint32_t before = il_condition_waiting(c);
        waiter_queue(&w[i], c, il_never());
        ck_assert_uint_eq(il_condition_waiting(c), before + 1);
        thread_await_parked(&w[i].thread);
    }
}

/* Waits until each of n waiters has returned `answer`.  */
static void waiters_end(struct waiter *w, int n, int answer)
{
    for (int i = 0; i < n; i++) {
        thread_join(&w[i].thread);
        ck_assert_int_eq(w[i].answer, answer);
        ck_assert(w[i].kept_errno);
        ck_assert(w[i].held);
    }
}

/* Checks that n waiters, and no others, still wait.  */
static void waiters_stay(const struct waiter *w, int n)
{
    ck_assert_uint_eq(il_condition_waiting(w->c), (uint32_t)n);
    for (int i = 0; i < n; i++)
        thread_await_parked(&w[i].thread);
}

/* Lets n waiters, the only ones, go.  */
static void waiters_dismiss(struct waiter *w, int n)
{
    notify(w->c, UINT32_MAX);
    waiters_end(w, n, 0);
    ck_assert_uint_eq(il_condition_waiting(w->c), 0);
}

/* Starts a waiter and acquires the lock while it is queued, then lets its
   deadline pass.  */
static void hold_past_deadline(struct waiter *w, il_condition *c)
{
    for (int64_t ns = SHORT;; ns *= 2) {
        waiter_queue(w, c, il_after(ns));
        acquire(c);
        if (il_condition_waiting(c) == 1)
            break;
        release(c);
        waiters_end(w, 1, ETIMEDOUT);
    }
    await_passed(w->until);
    thread_await_parked(&w->thread);
}

/* A thread that has the lock until it is told to leave.  */
struct holder {
    struct thread thread;
    il_condition *c;
    bool inside; /* atomic */
    bool leave;  /* atomic */
};

static void *hold(void *arg)
{
    struct holder *h = arg;
    require(il_condition_acquire(h->c) == 0);
    tell(&h->inside);
    await(told(&h->leave));
    require(il_condition_release(h->c) == 0);
    return NULL;
}

static void holder_start(struct holder *h, il_condition *c)
{
    *h = (struct holder){.c = c};
    thread_start(&h->thread, hold, h);
    await(told(&h->inside));
}

static void holder_end(struct holder *h)
{
    tell(&h->leave);
    thread_join(&h->thread);
}

/* Making one.  */

START_TEST(init_makes_a_condition_on_its_lock)
{
    il_lock lock = IL_LOCK_INIT;
    il_condition c;

    ck_assert_int_eq(il_condition_init(&c, &lock, 0), 0);
    ck_assert_uint_eq(il_condition_waiting(&c), 0);
    ck_assert_int_eq(il_lock_acquire(&lock), 0);
    ck_assert_int_eq(il_condition_notify(&c), 0);
    ck_assert_int_eq(il_condition_release(&c), 0);
    ck_assert(!il_lock_locked(&lock));
}
END_TEST

START_TEST(init_rlock_makes_a_condition_on_its_rlock)
{
    il_rlock rlock = IL_RLOCK_INIT;
    il_condition c;

    ck_assert_int_eq(il_condition_init_rlock(&c, &rlock, 0), 0);
    ck_assert_uint_eq(il_condition_waiting(&c), 0);
    ck_assert_int_eq(il_rlock_acquire(&rlock), 0);
    ck_assert_int_eq(il_condition_notify(&c), 0);
    ck_assert_int_eq(il_condition_release(&c), 0);
    ck_assert(!il_rlock_locked(&rlock));
}
END_TEST

START_TEST(init_leaves_the_lock_as_it_is)
{
    il_lock lock = IL_LOCK_INIT;
    il_rlock rlock = IL_RLOCK_INIT;
    il_condition c;

    ck_assert_int_eq(il_lock_acquire(&lock), 0);
    ck_assert_int_eq(il_rlock_acquire(&rlock), 0);
    ck_assert_int_eq(il_condition_init(&c, &lock, 0), 0);
    ck_assert(il_lock_locked(&lock));
    ck_assert_int_eq(il_condition_init_rlock(&c, &rlock, 0), 0);
    ck_assert_uint_eq(il_rlock_depth(&rlock), 1);
}
END_TEST

START_TEST(init_refuses_an_unknown_flag_and_changes_nothing)
{
    il_lock lock = IL_LOCK_INIT;
    il_rlock rlock = IL_RLOCK_INIT;
    il_condition c, before;

    memset(&c, 0x5a, sizeof c);
    before = c;
    ck_assert_int_eq(il_condition_init(&c, &lock, 1), EINVAL);
    ck_assert_int_eq(il_condition_init(&c, &lock, 1U << 31), EINVAL);
    ck_assert_int_eq(il_condition_init_rlock(&c, &rlock, 1), EINVAL);
    ck_assert_int_eq(il_condition_init_rlock(&c, &rlock, 1U << 31), EINVAL);
    ck_assert_mem_eq(&c, &before, sizeof c);
}
END_TEST

START_TEST(the_initializers_are_constant)
{
    static il_lock lock = IL_LOCK_INIT;
    static il_rlock rlock = IL_RLOCK_INIT;
    static il_condition c[] = {IL_CONDITION_INIT(&lock),
                               IL_CONDITION_INIT_RLOCK(&rlock)};

    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(il_condition_notify(&c[i]), EPERM);
        notify(&c[i], 1);
        ck_assert_uint_eq(il_condition_waiting(&c[i]), 0);
    }
}
END_TEST

/* Its lock.  */

CONDITION_TEST(acquire_and_release_are_those_of_the_lock)
{
    acquire(c);
    ck_assert(held(c));
    release(c);
    ck_assert(!held(c));
    ck_assert_int_eq(il_condition_try_acquire(c), 0);
    ck_assert(held(c));
    release(c);
    ck_assert_int_eq(il_condition_acquire_until(c, il_after(0)), 0);
    ck_assert(held(c));
    release(c);
    ck_assert_int_eq(il_condition_acquire_until(c, il_never()), 0);
    release(c);
    ck_assert(!locked(c));
}

CONDITION_TEST(a_lock_that_another_thread_has_is_not_to_be_had)
{
    struct holder other;
    int64_t begin;

    holder_start(&other, c);
    ck_assert_int_eq(il_condition_try_acquire(c), EBUSY);
    ck_assert_int_eq(il_condition_acquire_until(c, il_after(0)), ETIMEDOUT);
    begin = test_now();
    ck_assert_int_eq(il_condition_acquire_until(c, il_after(SHORT)), ETIMEDOUT);
    ck_assert_int_ge(test_now() - begin, SHORT);
    holder_end(&other);
    ck_assert_int_eq(il_condition_try_acquire(c), 0);
}

CONDITION_TEST(release_lets_a_parked_acquirer_go_on)
{
    struct holder other = {.c = c, .leave = true};

    acquire(c);
    thread_start(&other.thread, hold, &other);
    thread_await_parked(&other.thread);
    release(c);
    thread_join(&other.thread);
    ck_assert(!locked(c));
}

CONDITION_TEST(release_without_the_lock_is_refused)
{
    ck_assert_int_eq(il_condition_release(c), EPERM);
    ck_assert(!locked(c));
}

START_TEST(release_of_an_rlock_that_another_thread_has_is_refused)
{
    il_rlock rlock = IL_RLOCK_INIT;
    il_condition c = IL_CONDITION_INIT_RLOCK(&rlock);
    struct holder other;

    holder_start(&other, &c);
    ck_assert_int_eq(il_condition_release(&c), EPERM);
    ck_assert(il_rlock_locked(&rlock));
    holder_end(&other);
}
END_TEST

static void *release_it(void *c)
{
    return (void *)(intptr_t)il_condition_release(c);
}

START_TEST(any_thread_may_release_an_il_lock)
{
    il_lock lock = IL_LOCK_INIT;
    il_condition c = IL_CONDITION_INIT(&lock);
    struct thread other;

    acquire(&c);
    thread_start(&other, release_it, &c);
    ck_assert_ptr_null(thread_join(&other));
    ck_assert(!il_lock_locked(&lock));
}
END_TEST

START_TEST(an_rlock_is_acquired_again_by_its_owner)
{
    il_rlock rlock = IL_RLOCK_INIT;
    il_condition c = IL_CONDITION_INIT_RLOCK(&rlock);

    acquire(&c);
    acquire(&c);
    ck_assert_int_eq(il_condition_try_acquire(&c), 0);
    ck_assert_int_eq(il_condition_acquire_until(&c, il_after(0)), 0);
    for (uint32_t depth = 4; depth > 0; depth--) {
        ck_assert_uint_eq(il_rlock_depth(&rlock), depth);
        release(&c);
    }
    ck_assert(!il_rlock_locked(&rlock));
}
END_TEST

START_TEST(an_rlock_at_its_largest_depth_is_not_acquired_again)
{
    il_rlock rlock = IL_RLOCK_INIT;
    il_condition c = IL_CONDITION_INIT_RLOCK(&rlock);

    while (il_rlock_depth(&rlock) < 4194303 && il_condition_acquire(&c) == 0)
        ;
    ck_assert_int_eq(il_condition_acquire(&c), EOVERFLOW);
    ck_assert_int_eq(il_condition_try_acquire(&c), EOVERFLOW);
    ck_assert_int_eq(il_condition_acquire_until(&c, il_never()), EOVERFLOW);
    ck_assert_uint_eq(il_rlock_depth(&rlock), 4194303);
    release(&c);
    ck_assert_uint_eq(il_rlock_depth(&rlock), 4194302);
}
END_TEST

/* Without the lock.  */

static bool never_true(void *arg)
{
    (void)arg;
    return false;
}

/* Checks that nothing but the lock's own calls can be had from *c.  */
static void assert_refused(il_condition *c)
{
    ck_assert_int_eq(il_condition_wait(c), EPERM);
    ck_assert_int_eq(il_condition_wait_until(c, il_never()), EPERM);
    ck_assert_int_eq(il_condition_wait_until(c, il_after(0)), EPERM);
    ck_assert_int_eq(il_condition_wait_for(c, never_true, NULL), EPERM);
    ck_assert_int_eq(
        il_condition_wait_for_until(c, never_true, NULL, il_never()), EPERM);
    ck_assert_int_eq(il_condition_notify(c), EPERM);
    ck_assert_int_eq(il_condition_notify_n(c, 0), EPERM);
    ck_assert_int_eq(il_condition_notify_n(c, 2), EPERM);
    ck_assert_int_eq(il_condition_notify_all(c), EPERM);
}

CONDITION_TEST(wait_and_notify_without_the_lock_are_refused)
{
    assert_refused(c);
    ck_assert(!locked(c));
    ck_assert_uint_eq(il_condition_waiting(c), 0);
}

CONDITION_TEST(a_refused_notify_wakes_nobody)
{
    struct waiter w;

    waiters_park(&w, 1, c);
    assert_refused(c);
    waiters_stay(&w, 1);
    waiters_dismiss(&w, 1);
}

START_TEST(wait_and_notify_are_refused_while_another_thread_has_the_rlock)
{
    il_rlock rlock = IL_RLOCK_INIT;
    il_condition c = IL_CONDITION_INIT_RLOCK(&rlock);
    struct holder other;

    holder_start(&other, &c);
    assert_refused(&c);
    ck_assert(il_rlock_locked(&rlock));
    holder_end(&other);
}
END_TEST

START_TEST(an_il_lock_is_held_whoever_acquired_it)
{
    il_lock lock = IL_LOCK_INIT;
    il_condition c = IL_CONDITION_INIT(&lock);
    struct waiter w;
    struct holder other;

    waiters_park(&w, 1, &c);
    holder_start(&other, &c);
    ck_assert_int_eq(il_condition_notify(&c), 0);
    holder_end(&other);
    waiters_end(&w, 1, 0);
}
END_TEST

/* Notify.  */

CONDITION_TEST(notify_with_nobody_waiting_is_not_kept)
{
    acquire(c);
    ck_assert_int_eq(il_condition_notify(c), 0);
    ck_assert_int_eq(il_condition_notify_n(c, 3), 0);
    ck_assert_int_eq(il_condition_notify_all(c), 0);
    ck_assert_int_eq(il_condition_wait_until(c, il_after(0)), ETIMEDOUT);
    ck_assert_int_eq(il_condition_wait_until(c, il_after(SHORT)), ETIMEDOUT);
    ck_assert(held(c));
}

CONDITION_TEST(notify_wakes_the_oldest_waiter_and_no_other)
{
    enum { N = 4 };
    struct waiter w[N];

    waiters_park(w, N, c);
    for (int i = 0; i < N; i++) {
        acquire(c);
        ck_assert_int_eq(il_condition_notify(c), 0);
        release(c);
        waiters_end(&w[i], 1, 0);
        if (i + 1 < N)
            waiters_stay(&w[i + 1], N - i - 1);
    }
    ck_assert_uint_eq(il_condition_waiting(c), 0);
}

CONDITION_TEST(notify_of_none_wakes_none)
{
    struct waiter w[2];

    waiters_park(w, 2, c);
    notify(c, 0);
    waiters_stay(w, 2);
    waiters_dismiss(w, 2);
}

CONDITION_TEST(notify_of_two_wakes_the_two_oldest)
{
    struct waiter w[4];

    waiters_park(w, 4, c);
    notify(c, 2);
    waiters_end(w, 2, 0);
    waiters_stay(&w[2], 2);
    notify(c, 2);
    waiters_end(&w[2], 2, 0);
}

CONDITION_TEST(notify_of_more_than_wait_wakes_all_and_is_not_kept)
{
    struct waiter w[3];

    waiters_park(w, 2, c);
    notify(c, 5);
    waiters_end(w, 2, 0);
    waiters_park(w, 3, c);
    waiters_stay(w, 3);
    notify(c, UINT32_MAX);
    waiters_end(w, 3, 0);
}

CONDITION_TEST(notify_all_wakes_all)
{
    struct waiter w[5];

    waiters_park(w, 5, c);
    acquire(c);
    ck_assert_int_eq(il_condition_notify_all(c), 0);
    release(c);
    waiters_end(w, 5, 0);
    ck_assert(!locked(c));
}

CONDITION_TEST(a_notified_waiter_returns_only_when_it_has_the_lock)
{
    struct waiter w;

    waiters_park(&w, 1, c);
    acquire(c);
    ck_assert_int_eq(il_condition_notify(c), 0);
    thread_await_parked(&w.thread);
    release(c);
    waiters_end(&w, 1, 0);
}

CONDITION_TEST(several_notifies_under_one_lock_wake_several)
{
    struct waiter w[3];

    waiters_park(w, 3, c);
    acquire(c);
    ck_assert_int_eq(il_condition_notify(c), 0);
    ck_assert_int_eq(il_condition_notify(c), 0);
    release(c);
    waiters_end(w, 2, 0);
    waiters_stay(&w[2], 1);
    waiters_dismiss(&w[2], 1);
}

/* The notifier itself waits before the notified thread can have run.  */
CONDITION_TEST(who_waits_later_cannot_take_the_place_of_the_notified)
{
    struct waiter w;

    waiters_park(&w, 1, c);
    acquire(c);
    ck_assert_int_eq(il_condition_notify(c), 0);
    ck_assert_int_eq(il_condition_wait_until(c, il_after(SHORT)), ETIMEDOUT);
    release(c);
    waiters_end(&w, 1, 0);
}

/* Ten threads wait twice; Python's ConditionTests.test_notify.  */
struct twice {
    il_condition *c;
    int once; /* how many have returned from one wait; under the lock */
    int both;
};

static void *wait_twice(void *arg)
{
    struct twice *t = arg;
    require(il_condition_acquire(t->c) == 0);
    require(il_condition_wait(t->c) == 0);
    t->once++;
    require(il_condition_wait(t->c) == 0);
    t->both++;
    require(il_condition_release(t->c) == 0);
    return NULL;
}

/* Whether so many have waited once, and twice.  */
static bool has_seen(struct twice *t, int once, int both)
{
    bool seen;
    acquire(t->c);
    seen = t->once == once && t->both == both;
    release(t->c);
    return seen;
}

CONDITION_TEST(ten_waiters_are_notified_three_five_and_all)
{
    enum { N = 10 };
    struct twice t = {.c = c};
    struct thread threads[N];

    thread_start_all(threads, N, wait_twice, &t, 0);
    await(il_condition_waiting(c) == N);
    notify(c, 3);
    await(has_seen(&t, 3, 0));
    ck_assert_uint_eq(il_condition_waiting(c), N);
    notify(c, 5);
    await(has_seen(&t, 8, 0));
    ck_assert_uint_eq(il_condition_waiting(c), N);
    notify(c, UINT32_MAX);
    await(has_seen(&t, N, 8));
    ck_assert_uint_eq(il_condition_waiting(c), 2);
    notify(c, UINT32_MAX);
    thread_join_all(threads, N);
    ck_assert_int_eq(t.both, N);
}

static void two_conditions(il_condition *a, il_condition *b)
{
    struct waiter on_a, on_b;

    waiters_park(&on_a, 1, a);
    waiters_park(&on_b, 1, b);
    notify(b, UINT32_MAX);
    waiters_end(&on_b, 1, 0);
    waiters_stay(&on_a, 1);
    waiters_dismiss(&on_a, 1);
}

CONDITION_TEST(two_conditions_of_one_lock_have_each_their_waiters)
{
    il_condition other = *c;
    two_conditions(c, &other);
    two_conditions(&other, c);
}

CONDITION_TEST(waiting_counts_who_waits_and_is_not_notified)
{
    struct waiter w[3];

    ck_assert_uint_eq(il_condition_waiting(c), 0);
    waiters_park(w, 3, c);
    acquire(c);
    ck_assert_uint_eq(il_condition_waiting(c), 3);
    ck_assert_int_eq(il_condition_notify(c), 0);
    ck_assert_uint_eq(il_condition_waiting(c), 2);
    ck_assert_int_eq(il_condition_notify_all(c), 0);
    ck_assert_uint_eq(il_condition_waiting(c), 0);
    release(c);
    waiters_end(w, 3, 0);
}

/* Deadlines.  */

CONDITION_TEST(a_wait_times_out_not_before_its_deadline)
{
    int64_t begin;

    acquire(c);
    begin = test_now();
    ck_assert_int_eq(il_condition_wait_until(c, il_after(SHORT)), ETIMEDOUT);
    ck_assert_int_ge(test_now() - begin, SHORT);
    ck_assert(held(c));
    ck_assert_uint_eq(il_condition_waiting(c), 0);
    release(c);
    ck_assert(!locked(c));
}

CONDITION_TEST(a_wait_with_a_passed_deadline_times_out_with_the_lock)
{
    const il_deadline passed[] = {{0}, {-1}, {INT64_MIN}, il_after(0)};

    acquire(c);
    for (size_t i = 0; i < sizeof passed / sizeof *passed; i++) {
        ck_assert_int_eq(il_condition_wait_until(c, passed[i]), ETIMEDOUT);
        ck_assert(held(c));
        ck_assert_uint_eq(il_condition_waiting(c), 0);
    }
    release(c);
}

/* One poll may be too short for the other thread, a number of them is not:
   the lock is fair in the long run.  */
CONDITION_TEST(a_wait_with_a_passed_deadline_lets_others_have_the_lock)
{
    struct holder other = {.c = c, .leave = true};

    acquire(c);
    thread_start(&other.thread, hold, &other);
    thread_await_parked(&other.thread);
    while (!told(&other.inside))
        require(il_condition_wait_until(c, il_after(0)) == ETIMEDOUT);
    release(c);
    thread_join(&other.thread);
}

CONDITION_TEST(a_notify_before_the_deadline_ends_the_wait)
{
    struct waiter w;

    waiter_queue(&w, c, il_after(IL_SEC(1000)));
    thread_await_parked(&w.thread);
    notify(c, 1);
    waiters_end(&w, 1, 0);
}

CONDITION_TEST(a_waiter_notified_after_its_deadline_was_notified)
{
    struct waiter w;

    hold_past_deadline(&w, c);
    ck_assert_uint_eq(il_condition_waiting(c), 1);
    ck_assert_int_eq(il_condition_notify(c), 0);
    release(c);
    waiters_end(&w, 1, 0);
}

CONDITION_TEST(a_waiter_past_its_deadline_returns_only_with_the_lock)
{
    struct waiter w;

    hold_past_deadline(&w, c);
    thread_await_parked(&w.thread);
    release(c);
    waiters_end(&w, 1, ETIMEDOUT);
}

CONDITION_TEST(a_notify_past_the_oldest_deadline_is_used_up_by_the_oldest)
{
    struct waiter w[2];

    hold_past_deadline(&w[0], c);
    ck_assert_int_eq(il_condition_notify(c), 0);
    ck_assert_uint_eq(il_condition_waiting(c), 0);
    release(c);
    waiters_end(&w[0], 1, 0);
    waiters_park(&w[1], 1, c);
    waiters_dismiss(&w[1], 1);
}

/* Three waiters, of whom the one at `place` times out.  */
static void time_out_at(il_condition *c, int place)
{
    struct waiter w[3];
    uint32_t left = 2;

    for (int i = 0; i < 3; i++)
        waiter_queue(&w[i], c, i == place ? il_after(2 * SHORT) : il_never());
    waiters_end(&w[place], 1, ETIMEDOUT);
    for (int i = 0; i < 3; i++) {
        if (i == place)
            continue;
        ck_assert_uint_eq(il_condition_waiting(c), left--);
        thread_await_parked(&w[i].thread);
        notify(c, 1);
        waiters_end(&w[i], 1, 0);
    }
}

CONDITION_TEST(the_oldest_times_out_and_the_others_keep_their_order)
{
    time_out_at(c, 0);
}

CONDITION_TEST(one_in_the_middle_times_out_and_the_others_keep_their_order)
{
    time_out_at(c, 1);
}

CONDITION_TEST(the_youngest_times_out_and_the_others_keep_their_order)
{
    time_out_at(c, 2);
}

CONDITION_TEST(five_waiters_time_out)
{
    struct waiter w[5];

    for (int i = 0; i < 5; i++)
        waiter_queue(&w[i], c, il_after(SHORT));
    waiters_end(w, 5, ETIMEDOUT);
    ck_assert_uint_eq(il_condition_waiting(c), 0);
    waiters_park(w, 1, c);
    waiters_dismiss(w, 1);
}

/* All levels of an il_rlock.  */

static void *notify_one(void *c)
{
    notify(c, 1);
    return NULL;
}

/* Waits, with a bound, at `depth` until another thread has notified, which
   needs the lock.  */
static void wait_at_depth(uint32_t depth)
{
    il_rlock rlock = IL_RLOCK_INIT;
    il_condition c = IL_CONDITION_INIT_RLOCK(&rlock);
    struct thread other;

    while (il_rlock_depth(&rlock) < depth && il_condition_acquire(&c) == 0)
        ;
    ck_assert_int_eq(il_condition_wait_until(&c, il_after(1)), ETIMEDOUT);
    ck_assert_uint_eq(il_rlock_depth(&rlock), depth);
    for (int i = 0; i < 2; i++) {
        thread_start(&other, notify_one, &c);
        thread_await_parked(&other);
        ck_assert_int_eq(il_condition_wait_until(&c, il_after(test_bound())),
                         0);
        ck_assert_uint_eq(il_rlock_depth(&rlock), depth);
        thread_join(&other);
    }
    for (uint32_t i = depth; i > 0; i--)
        if (il_rlock_release(&rlock) != 0)
            ck_abort_msg("only %u times released", depth - i);
    ck_assert_int_eq(il_rlock_release(&rlock), EPERM);
    ck_assert(!il_rlock_locked(&rlock));
}

START_TEST(a_wait_gives_up_all_levels_and_takes_them_back)
{
    wait_at_depth(1);
    wait_at_depth(2);
    wait_at_depth(1000);
    wait_at_depth(5000);
    wait_at_depth(4194303);
}
END_TEST

START_TEST(a_wait_that_times_out_takes_all_levels_back)
{
    il_rlock rlock = IL_RLOCK_INIT;
    il_condition c = IL_CONDITION_INIT_RLOCK(&rlock);

    for (int i = 0; i < 3; i++)
        acquire(&c);
    ck_assert_int_eq(il_condition_wait_until(&c, il_after(SHORT)), ETIMEDOUT);
    ck_assert_uint_eq(il_rlock_depth(&rlock), 3);
    ck_assert_int_eq(il_condition_wait_until(&c, il_after(0)), ETIMEDOUT);
    for (int i = 0; i < 3; i++)
        release(&c);
    ck_assert(!il_rlock_locked(&rlock));
}
END_TEST

START_TEST(a_refused_wait_gives_up_no_level)
{
    il_rlock rlock = IL_RLOCK_INIT;
    il_condition c = IL_CONDITION_INIT_RLOCK(&rlock);
    struct holder other;

    holder_start(&other, &c);
    ck_assert_int_eq(il_condition_wait(&c), EPERM);
    ck_assert_uint_eq(rlock.il_owner & IL__RLOCK_MAX, 1);
    holder_end(&other);
}
END_TEST

/* Predicates.  */

struct question {
    il_condition *c;
    int yes_from;   /* the number of the call that is the first one answered
                       with yes */
    int calls;      /* under the lock */
    bool held_ever; /* the lock was held at each call */
};

static bool ask(void *arg)
{
    struct question *q = arg;
    q->held_ever = q->held_ever && held(q->c);
    return ++q->calls >= q->yes_from;
}

static struct question question_on(il_condition *c, int yes_from)
{
    return (struct question){.c = c, .yes_from = yes_from, .held_ever = true};
}

CONDITION_TEST(wait_for_a_truth_returns_at_once)
{
    struct question q = question_on(c, 1);

    acquire(c);
    ck_assert_int_eq(il_condition_wait_for(c, ask, &q), 0);
    ck_assert_int_eq(q.calls, 1);
    ck_assert_int_eq(il_condition_wait_for_until(c, ask, &q, il_after(0)), 0);
    ck_assert_int_eq(q.calls, 2);
    ck_assert(q.held_ever);
    release(c);
}

CONDITION_TEST(wait_for_a_truth_needs_no_lock)
{
    struct question q = question_on(c, 1);

    ck_assert_int_eq(il_condition_wait_for(c, ask, &q), 0);
    ck_assert_int_eq(il_condition_wait_for_until(c, ask, &q, il_after(0)), 0);
    ck_assert_int_eq(q.calls, 2);
    ck_assert(!locked(c));
}

CONDITION_TEST(wait_for_what_is_false_without_the_lock_is_refused)
{
    struct question q = question_on(c, 10);

    ck_assert_int_eq(il_condition_wait_for(c, ask, &q), EPERM);
    ck_assert_int_eq(il_condition_wait_for_until(c, ask, &q, il_never()),
                     EPERM);
    ck_assert_int_eq(q.calls, 2); /* once each: it is not asked again */
    ck_assert(!locked(c));
    ck_assert_uint_eq(il_condition_waiting(c), 0);
}

static void *wait_for_yes(void *arg)
{
    struct question *q = arg;
    int r;
    require(il_condition_acquire(q->c) == 0);
    errno = MARK;
    r = il_condition_wait_for(q->c, ask, q);
    require(errno == MARK);
    require(held(q->c));
    require(il_condition_release(q->c) == 0);
    return (void *)(intptr_t)r;
}

/* Whether the predicate was called so often, and its thread waits.  */
static bool was_asked(struct question *q, int calls)
{
    bool was;
    acquire(q->c);
    was = q->calls == calls && il_condition_waiting(q->c) == 1;
    release(q->c);
    return was;
}

CONDITION_TEST(wait_for_asks_with_the_lock_after_each_notify)
{
    struct question q = question_on(c, 4);
    struct thread t;

    thread_start(&t, wait_for_yes, &q);
    for (int calls = 1; calls < q.yes_from; calls++) {
        await(was_asked(&q, calls));
        thread_await_parked(&t);
        notify(c, 1);
    }
    ck_assert_ptr_null(thread_join(&t));
    ck_assert_int_eq(q.calls, 4);
    ck_assert(q.held_ever);
}

CONDITION_TEST(wait_for_until_asks_once_more_after_the_deadline)
{
    struct question no = question_on(c, 10), yes = question_on(c, 2);
    int64_t begin;

    acquire(c);
    begin = test_now();
    ck_assert_int_eq(il_condition_wait_for_until(c, ask, &no, il_after(SHORT)),
                     ETIMEDOUT);
    ck_assert_int_ge(test_now() - begin, SHORT);
    ck_assert_int_eq(no.calls, 2);
    ck_assert_int_eq(il_condition_wait_for_until(c, ask, &yes, il_after(SHORT)),
                     0);
    ck_assert_int_eq(yes.calls, 2);
    ck_assert(no.held_ever && yes.held_ever && held(c));
    release(c);
}

CONDITION_TEST(wait_for_until_with_a_passed_deadline_asks_twice)
{
    struct question no = question_on(c, 10), yes = question_on(c, 2);

    acquire(c);
    ck_assert_int_eq(il_condition_wait_for_until(c, ask, &no, il_after(0)),
                     ETIMEDOUT);
    ck_assert_int_eq(no.calls, 2);
    ck_assert_int_eq(il_condition_wait_for_until(c, ask, &yes, il_after(0)), 0);
    ck_assert_int_eq(yes.calls, 2);
    release(c);
}

/* A thread that notifies until it is told to end.  */
struct chatter {
    il_condition *c;
    bool end; /* atomic */
};

static void *notify_often(void *arg)
{
    struct chatter *s = arg;
    while (!told(&s->end)) {
        notify(s->c, 1);
        test_pause();
    }
    return NULL;
}

CONDITION_TEST(one_deadline_bounds_all_the_waits_of_wait_for_until)
{
    struct question q = question_on(c, INT_MAX);
    struct chatter s = {.c = c};
    struct thread t;
    int64_t begin = test_now();

    thread_start(&t, notify_often, &s);
    acquire(c);
    ck_assert_int_eq(il_condition_wait_for_until(c, ask, &q, il_after(SHORT)),
                     ETIMEDOUT);
    ck_assert_int_ge(test_now() - begin, SHORT);
    ck_assert_int_ge(q.calls, 2);
    ck_assert(q.held_ever);
    release(c);
    tell(&s.end);
    thread_join(&t);
}

/* What does not end a wait.  */

static void ignore(int number)
{
    (void)number;
}

CONDITION_TEST(a_wait_is_not_ended_by_signals)
{
    enum { SIGNALS = 20 };
    struct waiter w;

    handler_install(ignore);
    waiters_park(&w, 1, c);
    for (int i = 0; i < SIGNALS; i++) {
        ck_assert_int_eq(pthread_kill(w.thread.handle, SIGUSR1), 0);
        waiters_stay(&w, 1);
    }
    waiters_dismiss(&w, 1);
}

static void *wait_to_be_cancelled(void *arg)
{
    wait_once(arg);
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
    return NULL;
}

CONDITION_TEST(a_wait_is_not_a_cancellation_point)
{
    struct waiter w = {.c = c, .until = il_never()};

    thread_start(&w.thread, wait_to_be_cancelled, &w);
    await(il_condition_waiting(c) == 1);
    thread_await_parked(&w.thread);
    ck_assert_int_eq(pthread_cancel(w.thread.handle), 0);
    waiters_stay(&w, 1);
    waiters_dismiss(&w, 1);
}

/* Asserts what a call returned, and that errno is still what it was set to;
   sets it for the next call.  */
static void check_call(int answer, int expected)
{
    int after = errno;
    ck_assert_int_eq(answer, expected);
    ck_assert_int_eq(after, MARK);
    errno = MARK;
}

CONDITION_TEST(errno_is_left_alone)
{
    il_lock lock = IL_LOCK_INIT;
    il_condition made;
    struct waiter w;

    waiters_park(&w, 1, c);
    errno = MARK;
    check_call(il_condition_init(&made, &lock, 1), EINVAL);
    check_call(il_condition_init(&made, &lock, 0), 0);
    check_call(il_condition_release(c), EPERM);
    check_call(il_condition_wait(c), EPERM);
    check_call(il_condition_notify_all(c), EPERM);
    check_call(il_condition_try_acquire(c), 0);
    check_call((int)il_condition_waiting(c), 1);
    check_call(il_condition_notify(c), 0);
    check_call(il_condition_wait_until(c, il_after(0)), ETIMEDOUT);
    check_call(il_condition_wait_until(c, il_after(IL_MS(3))), ETIMEDOUT);
    check_call(
        il_condition_wait_for_until(c, never_true, NULL, il_after(IL_MS(3))),
        ETIMEDOUT);
    check_call(il_condition_release(c), 0);
    waiters_end(&w, 1, 0);
}

/* Forks.  */

CONDITION_TEST(at_fork_reinit_makes_the_lock_free)
{
    acquire(c);
    il_condition_at_fork_reinit(c);
    ck_assert(!locked(c));
    ck_assert_uint_eq(il_condition_waiting(c), 0);
    assert_refused(c);
    il_condition_at_fork_reinit(c);
    notify(c, 1);
}

/* In a child: a wait times out, and waiters come and are notified in their
   order.  (ThreadSanitizer lets a child of several threads start none.)  */
static void use_in_child(il_condition *c)
{
    struct waiter w[2];

    acquire(c);
    ck_assert_int_eq(il_condition_notify_all(c), 0);
    ck_assert_int_eq(il_condition_wait_until(c, il_after(SHORT)), ETIMEDOUT);
    release(c);
    if (under_tsan())
        return;
    waiters_park(w, 2, c);
    notify(c, 1);
    waiters_end(w, 1, 0);
    waiters_stay(&w[1], 1);
    waiters_dismiss(&w[1], 1);
    waiter_queue(w, c, il_after(SHORT));
    waiters_end(w, 1, ETIMEDOUT);
}

static void go_on_with_the_lock(void *arg)
{
    il_condition *c = arg;

    ck_assert(held(c));
    ck_assert_uint_eq(il_condition_waiting(c), 0);
    ck_assert_int_eq(il_condition_notify_all(c), 0);
    ck_assert_int_eq(il_condition_wait_until(c, il_after(SHORT)), ETIMEDOUT);
    release(c);
    use_in_child(c);
}

CONDITION_TEST(a_child_that_has_the_lock_has_no_waiters)
{
    struct waiter w[2];

    waiters_park(w, 2, c);
    acquire(c);
    child_run("go_on_with_the_lock", go_on_with_the_lock, c);
    ck_assert_uint_eq(il_condition_waiting(c), 2);
    release(c);
    waiters_stay(w, 2);
    waiters_dismiss(w, 2);
}

static void take_the_free_lock(void *arg)
{
    il_condition *c = arg;

    ck_assert_uint_eq(il_condition_waiting(c), 0);
    use_in_child(c);
}

CONDITION_TEST(a_child_may_wait_where_threads_of_its_parent_do)
{
    struct waiter w[2];

    waiters_park(w, 2, c);
    child_run("take_the_free_lock", take_the_free_lock, c);
    waiters_stay(w, 2);
    waiters_dismiss(w, 2);
}

static void reinit_and_use(void *arg)
{
    il_condition *c = arg;

    ck_assert_int_eq(il_condition_try_acquire(c), EBUSY);
    il_condition_at_fork_reinit(c);
    ck_assert(!locked(c));
    ck_assert_uint_eq(il_condition_waiting(c), 0);
    use_in_child(c);
}

CONDITION_TEST(at_fork_reinit_frees_what_another_thread_had_at_the_fork)
{
    struct waiter w;
    struct holder other;

    waiters_park(&w, 1, c);
    holder_start(&other, c);
    child_run("reinit_and_use", reinit_and_use, c);
    ck_assert_int_eq(il_condition_try_acquire(c), EBUSY);
    holder_end(&other);
    waiters_stay(&w, 1);
    waiters_dismiss(&w, 1);
}

/* As in a child whose fork the library was not told of.  */
static void reinit_after_unseen_fork(void *arg)
{
    il_condition *c = arg;

    c->il_waiters.il_epoch = fork_epoch();
    ck_assert_uint_eq(il_condition_waiting(c), 1);
    reinit_and_use(c);
}

CONDITION_TEST(at_fork_reinit_forgets_the_waiters_of_a_fork_not_seen)
{
    struct waiter w;
    struct holder other;

    waiters_park(&w, 1, c);
    holder_start(&other, c);
    child_run("reinit_after_unseen_fork", reinit_after_unseen_fork, c);
    holder_end(&other);
    waiters_dismiss(&w, 1);
}

static void release_both_levels(void *arg)
{
    il_condition *c = arg;

    ck_assert_uint_eq(il_rlock_depth(c->il_recursive), 2);
    ck_assert_int_eq(il_condition_wait_until(c, il_after(0)), ETIMEDOUT);
    ck_assert_uint_eq(il_rlock_depth(c->il_recursive), 2);
    release(c);
    release(c);
    use_in_child(c);
}

START_TEST(a_child_has_every_level_that_its_parent_had)
{
    il_rlock rlock = IL_RLOCK_INIT;
    il_condition c = IL_CONDITION_INIT_RLOCK(&rlock);

    acquire(&c);
    acquire(&c);
    child_run("release_both_levels", release_both_levels, &c);
    ck_assert_uint_eq(il_rlock_depth(&rlock), 2);
}
END_TEST

/* IL_WITH.  */

CONDITION_TEST(with_has_the_lock_inside_and_not_after)
{
    int rounds = 0;

    IL_WITH(c) {
        ck_assert(held(c));
        ck_assert_int_eq(il_condition_wait_until(c, il_after(0)), ETIMEDOUT);
        rounds++;
    }
    ck_assert_int_eq(rounds, 1);
    ck_assert(!locked(c));
}

static bool return_from_with(il_condition *c)
{
    IL_WITH(c)
        return held(c);
    return false;
}

CONDITION_TEST(with_releases_however_it_is_left)
{
    ck_assert(return_from_with(c));
    ck_assert(!locked(c));
    IL_WITH(c)
        break;
    ck_assert(!locked(c));
    IL_WITH(c)
        continue;
    ck_assert(!locked(c));
    IL_WITH(c)
        goto out;
out:
    ck_assert(!locked(c));
}

/* Exports.  */

static void *notify_through_pointers(void *arg)
{
    int (*volatile acquire_until)(il_condition *, il_deadline) =
        il_condition_acquire_until;
    int (*volatile notify_it)(il_condition *) = il_condition_notify;
    int (*volatile release_it_now)(il_condition *) = il_condition_release;

    require(acquire_until(arg, il_never()) == 0);
    require(notify_it(arg) == 0);
    require(release_it_now(arg) == 0);
    return NULL;
}

static void wait_through_pointers(il_condition *c, int (*wait_it)(void *))
{
    int (*volatile acquire_it)(il_condition *) = il_condition_acquire;
    int (*volatile try_it)(il_condition *) = il_condition_try_acquire;
    int (*volatile release_it_now)(il_condition *) = il_condition_release;
    struct thread other;

    ck_assert_int_eq(acquire_it(c), 0);
    thread_start(&other, notify_through_pointers, c);
    thread_await_parked(&other);
    ck_assert_int_eq(wait_it(c), 0);
    ck_assert_int_eq(release_it_now(c), 0);
    thread_join(&other);
    ck_assert_int_eq(try_it(c), 0);
    ck_assert_int_eq(release_it_now(c), 0);
}

static int wait_by_pointer(void *c)
{
    int (*volatile wait_it)(il_condition *) = il_condition_wait;
    return wait_it(c);
}

static int wait_until_by_pointer(void *c)
{
    int (*volatile wait_it)(il_condition *, il_deadline) =
        il_condition_wait_until;
    return wait_it(c, il_never());
}

static int wait_for_by_pointer(void *c)
{
    int (*volatile wait_it)(il_condition *, bool (*)(void *), void *) =
        il_condition_wait_for;
    struct question q = question_on(c, 2);
    return wait_it(c, ask, &q);
}

static int wait_for_until_by_pointer(void *c)
{
    int (*volatile wait_it)(il_condition *, bool (*)(void *), void *,
                            il_deadline) = il_condition_wait_for_until;
    struct question q = question_on(c, 2);
    return wait_it(c, ask, &q, il_never());
}

START_TEST(every_call_is_an_exported_function)
{
    int (*volatile init)(il_condition *, il_lock *, unsigned) =
        il_condition_init;
    int (*volatile init_rlock)(il_condition *, il_rlock *, unsigned) =
        il_condition_init_rlock;
    int (*volatile notify_some)(il_condition *, uint32_t) =
        il_condition_notify_n;
    int (*volatile notify_all)(il_condition *) = il_condition_notify_all;
    uint32_t (*volatile waiting)(const il_condition *) = il_condition_waiting;
    void (*volatile reinit)(il_condition *) = il_condition_at_fork_reinit;
    il_lock lock = IL_LOCK_INIT;
    il_rlock rlock = IL_RLOCK_INIT;
    il_condition c, r;

    ck_assert_int_eq(init(&c, &lock, 0), 0);
    ck_assert_int_eq(init_rlock(&r, &rlock, 0), 0);
    wait_through_pointers(&c, wait_by_pointer);
    wait_through_pointers(&r, wait_until_by_pointer);
    wait_through_pointers(&c, wait_for_by_pointer);
    wait_through_pointers(&r, wait_for_until_by_pointer);
    ck_assert_uint_eq(waiting(&c), 0);
    ck_assert_int_eq(notify_some(&r, 2), EPERM);
    ck_assert_int_eq(notify_all(&c), EPERM);
    acquire(&r);
    reinit(&r);
    ck_assert(!il_rlock_locked(&rlock));
}
END_TEST

/* Under stress.  */

/* Notifies race deadlines; all fields are under the lock.  */
struct race {
    il_condition *c;
    uint64_t notified; /* waits that returned 0 */
    uint64_t timed_out;
    int64_t begin;
    bool over;
};

static void *wait_briefly(void *arg)
{
    struct race *race = arg;
    uint32_t seed = (uint32_t)test_now() | 1;

    sharpen_timers();
    require(il_condition_acquire(race->c) == 0);
    while (!race->over) {
        int64_t ns = random_next(&seed) % IL_US(100);
        int r = il_condition_wait_until(race->c, il_after(ns));
        require(r == 0 || r == ETIMEDOUT);
        if (r == 0)
            race->notified++;
        else
            race->timed_out++;
    }
    require(il_condition_release(race->c) == 0);
    return NULL;
}

/* Notifies up to n; returns how many waited for it.  Ends the race once both
   sides have won often enough, or it has been run for long.  */
static uint32_t notify_waiting(struct race *race, uint32_t n, uint64_t enough)
{
    uint32_t waiting;
    acquire(race->c);
    waiting = il_condition_waiting(race->c);
    ck_assert_int_eq(il_condition_notify_n(race->c, n), 0);
    race->over = (race->notified >= enough && race->timed_out >= enough)
                 || long_enough(race->begin);
    release(race->c);
    return waiting < n ? waiting : n;
}

CONDITION_TEST(as_many_waits_are_notified_as_notifies_found_a_waiter)
{
    enum { N = 3 };
    struct race race = {.c = c, .begin = test_now()};
    struct thread t[N];
    uint64_t found = 0, enough = (uint64_t)times(1000);
    uint32_t seed = 42;

    thread_start_all(t, N, wait_briefly, &race, 0);
    while (!race.over) {
        found += notify_waiting(&race, random_next(&seed) % 3, enough);
        for (int i = 0; i < 20; i++)
            dawdle(&seed);
    }
    thread_join_all(t, N);
    ck_assert_uint_eq(race.notified, found);
}

/* A queue of few places between threads that put and threads that get.  */
enum { PLACES = 2, ACTORS = 2 };
struct store {
    il_condition *not_empty;
    il_condition *not_full;
    int items[PLACES]; /* this and the rest under the lock */
    int stored;
    int64_t sum; /* of all that was got */
    int each;    /* how many each actor puts or gets */
};

static bool has_item(void *arg)
{
    return ((struct store *)arg)->stored > 0;
}

static bool has_place(void *arg)
{
    return ((struct store *)arg)->stored < PLACES;
}

static void *put_all(void *arg)
{
    struct store *s = arg;
    for (int i = 1; i <= s->each; i++) {
        IL_WITH(s->not_full) {
            require(il_condition_wait_for(s->not_full, has_place, s) == 0);
            s->items[s->stored++] = i;
            require(il_condition_notify(s->not_empty) == 0);
        }
    }
    return NULL;
}

static void *get_all(void *arg)
{
    struct store *s = arg;
    for (int i = 0; i < s->each; i++) {
        IL_WITH(s->not_empty) {
            require(il_condition_wait_for(s->not_empty, has_item, s) == 0);
            s->sum += s->items[--s->stored];
            require(il_condition_notify(s->not_full) == 0);
        }
    }
    return NULL;
}

CONDITION_TEST(what_is_put_is_got_once)
{
    il_condition other = *c;
    struct store s = {.not_empty = c, .not_full = &other, .each = times(3000)};
    struct thread put[ACTORS], get[ACTORS];

    thread_start_all(put, ACTORS, put_all, &s, 0);
    thread_start_all(get, ACTORS, get_all, &s, 0);
    thread_join_all(put, ACTORS);
    thread_join_all(get, ACTORS);
    ck_assert_int_eq(s.stored, 0);
    ck_assert_int_eq(s.sum, (int64_t)ACTORS * s.each * (s.each + 1) / 2);
}

static void add_tests_of_the_lock(void)
{
    suite_add(init_makes_a_condition_on_its_lock);
    suite_add(init_rlock_makes_a_condition_on_its_rlock);
    suite_add(init_leaves_the_lock_as_it_is);
    suite_add(init_refuses_an_unknown_flag_and_changes_nothing);
    suite_add(the_initializers_are_constant);
    add(acquire_and_release_are_those_of_the_lock);
    add(a_lock_that_another_thread_has_is_not_to_be_had);
    add(release_lets_a_parked_acquirer_go_on);
    add(release_without_the_lock_is_refused);
    suite_add(release_of_an_rlock_that_another_thread_has_is_refused);
    suite_add(any_thread_may_release_an_il_lock);
    suite_add(an_rlock_is_acquired_again_by_its_owner);
    suite_add(an_rlock_at_its_largest_depth_is_not_acquired_again);
    add(wait_and_notify_without_the_lock_are_refused);
    add(a_refused_notify_wakes_nobody);
    suite_add(wait_and_notify_are_refused_while_another_thread_has_the_rlock);
    suite_add(an_il_lock_is_held_whoever_acquired_it);
}

static void add_tests_of_notify(void)
{
    add(notify_with_nobody_waiting_is_not_kept);
    add(notify_wakes_the_oldest_waiter_and_no_other);
    add(notify_of_none_wakes_none);
    add(notify_of_two_wakes_the_two_oldest);
    add(notify_of_more_than_wait_wakes_all_and_is_not_kept);
    add(notify_all_wakes_all);
    add(a_notified_waiter_returns_only_when_it_has_the_lock);
    add(several_notifies_under_one_lock_wake_several);
    add(who_waits_later_cannot_take_the_place_of_the_notified);
    add(ten_waiters_are_notified_three_five_and_all);
    add(two_conditions_of_one_lock_have_each_their_waiters);
    add(waiting_counts_who_waits_and_is_not_notified);
}

static void add_tests_of_waits(void)
{
    add(a_wait_times_out_not_before_its_deadline);
    add(a_wait_with_a_passed_deadline_times_out_with_the_lock);
    add(a_wait_with_a_passed_deadline_lets_others_have_the_lock);
    add(a_notify_before_the_deadline_ends_the_wait);
    add(a_waiter_notified_after_its_deadline_was_notified);
    add(a_waiter_past_its_deadline_returns_only_with_the_lock);
    add(a_notify_past_the_oldest_deadline_is_used_up_by_the_oldest);
    add(the_oldest_times_out_and_the_others_keep_their_order);
    add(one_in_the_middle_times_out_and_the_others_keep_their_order);
    add(the_youngest_times_out_and_the_others_keep_their_order);
    add(five_waiters_time_out);
    suite_add(a_wait_gives_up_all_levels_and_takes_them_back);
    suite_add(a_wait_that_times_out_takes_all_levels_back);
    suite_add(a_refused_wait_gives_up_no_level);
    add(a_wait_is_not_ended_by_signals);
    add(a_wait_is_not_a_cancellation_point);
    add(errno_is_left_alone);
}

static void add_tests_of_predicates(void)
{
    add(wait_for_a_truth_returns_at_once);
    add(wait_for_a_truth_needs_no_lock);
    add(wait_for_what_is_false_without_the_lock_is_refused);
    add(wait_for_asks_with_the_lock_after_each_notify);
    add(wait_for_until_asks_once_more_after_the_deadline);
    add(wait_for_until_with_a_passed_deadline_asks_twice);
    add(one_deadline_bounds_all_the_waits_of_wait_for_until);
}

static void add_tests_of_forks(void)
{
    add(at_fork_reinit_makes_the_lock_free);
    add(a_child_that_has_the_lock_has_no_waiters);
    add(a_child_may_wait_where_threads_of_its_parent_do);
    add(at_fork_reinit_frees_what_another_thread_had_at_the_fork);
    add(at_fork_reinit_forgets_the_waiters_of_a_fork_not_seen);
    suite_add(a_child_has_every_level_that_its_parent_had);
}

int main(void)
{
    suite_begin("condition");
    add_tests_of_the_lock();
    add_tests_of_notify();
    add_tests_of_waits();
    add_tests_of_predicates();
    add_tests_of_forks();
    add(with_has_the_lock_inside_and_not_after);
    add(with_releases_however_it_is_left);
    suite_add(every_call_is_an_exported_function);
    add(as_many_waits_are_notified_as_notifies_found_a_waiter);
    add(what_is_put_is_got_once);
    return suite_end();
}
