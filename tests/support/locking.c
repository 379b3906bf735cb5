/* locking.c -- see locking.h.

   SPDX-License-Identifier: MIT */

#include "locking.h"

#include "child.h"
#include "fork.h"
#include "park.h"
#include "suite.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

/* Parts of il_word, as lib/lock.c has them.  */
enum {
    WAITED = 2,
    GRANTED = 4,
    STARVING = 8,
    EPOCH_SHIFT = 16,
    EPOCH_MASK = 0xffff
};

/* As many threads as Python's contended tests use.  */
enum { CROWD = 5 };

/* What errno is set to before a call that must not touch it.  */
enum { MARK = 12345 };

/* What is tested, and the calls by which the test at hand reaches it: its own
   or a condition's.  */
static struct locking type;
static const struct exclusion *calls;

static void begin(struct object *o, const char *name)
{
    int i = 0;
    while (i < EXCLUSIONS && strcmp(exclusions[i].name, name) != 0)
        i++;
    ck_assert_int_lt(i, EXCLUSIONS);
    calls = &exclusions[i];
    calls->init(o);
}

void locking_begin(struct object *o)
{
    begin(o, type.name);
}

static void run(void (*body)(struct object *), const char *name)
{
    struct object o;
    begin(&o, name);
    body(&o);
    assert_free(&o);
}

/* Begins a test on a free lock *o, which has to be free in the end as well.  It
   is run for the type itself and, under a second name, for a condition.  */
#define SHARED_TEST(test)                      \
    static void test##_body(struct object *o); \
    START_TEST(test)                           \
    {                                          \
        run(test##_body, type.name);           \
    }                                          \
    END_TEST                                   \
    START_TEST(test##_through_a_condition)     \
    {                                          \
        run(test##_body, type.forwarded);      \
    }                                          \
    END_TEST                                   \
    static void test##_body(struct object *o)

#define ADD_SHARED(test) add_shared(test, test##_through_a_condition)

static void add_shared(const TTest *own, const TTest *forwarded)
{
    suite_add(own);
    suite_add(forwarded);
}

static uint32_t word_of(struct object *o)
{
    return __atomic_load_n(&type.base(o)->il_word, __ATOMIC_ACQUIRE);
}

bool has_heir(struct object *o)
{
    return (word_of(o) & STARVING) != 0;
}

static void tell(bool *flag)
{
    __atomic_store_n(flag, true, __ATOMIC_RELEASE);
}

static bool told(const bool *flag)
{
    return __atomic_load_n(flag, __ATOMIC_ACQUIRE);
}

static void acquire(struct object *o)
{
    ck_assert_int_eq(calls->acquire(o), 0);
}

static void release(struct object *o)
{
    ck_assert_int_eq(calls->release(o), 0);
}

/* Acquires in one of the three ways, as `i` says.  */
static int acquire_somehow(struct object *o, uint32_t i)
{
    if (i % 3 == 0)
        return calls->acquire(o);
    if (i % 3 == 1)
        return calls->acquire_until(o, il_after(test_bound()));
    while (calls->try_acquire(o) == EBUSY)
        sched_yield();
    return 0;
}

void acquire_times(struct object *o, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        ck_assert_int_eq(acquire_somehow(o, i), 0);
}

void release_times(struct object *o, uint32_t n)
{
    for (; n > 0; n--) {
        assert_mine(o, n);
        release(o);
    }
}

/* Asserts that *o is not to be had, whether held or on its way.  */
static void assert_unavailable(struct object *o)
{
    ck_assert_int_eq(calls->try_acquire(o), EBUSY);
    ck_assert_int_eq(calls->acquire_until(o, il_after(0)), ETIMEDOUT);
}

/* Asserts that a release by the caller is refused and changes nothing.  */
static void assert_no_release(struct object *o)
{
    bool locked = type.locked(o);
    ck_assert(type.has(o, 0));
    ck_assert_int_eq(calls->release(o), EPERM);
    ck_assert(type.has(o, 0));
    ck_assert_int_eq(type.locked(o), locked);
}

void assert_mine(struct object *o, uint32_t times)
{
    ck_assert(type.locked(o));
    ck_assert(type.has(o, times));
    if (type.levels == 1)
        assert_unavailable(o);
}

void assert_busy(struct object *o)
{
    ck_assert(type.locked(o));
    assert_unavailable(o);
    if (type.levels > 1)
        assert_no_release(o);
    ck_assert(type.locked(o));
}

void assert_free(struct object *o)
{
    ck_assert(!type.locked(o));
    assert_no_release(o);
    ck_assert_uint_eq(word_of(o), type.at_rest(o));
    ck_assert_int_eq(calls->try_acquire(o), 0);
    release_times(o, 1);
    acquire_times(o, type.levels);
    release_times(o, type.levels);
    ck_assert(!type.locked(o));
    ck_assert(type.has(o, 0));
}

void mark_errno(void)
{
    errno = MARK;
}

void assert_call(int answer, int expected)
{
    int after = errno;
    ck_assert_int_eq(answer, expected);
    ck_assert_int_eq(after, MARK);
    mark_errno();
}

/* An action in a thread of its own.  */
struct errand {
    void (*action)(struct object *);
    struct object *object;
};

static void *run_errand(void *arg)
{
    struct errand *e = arg;
    e->action(e->object);
    return NULL;
}

void elsewhere(void (*action)(struct object *), struct object *o)
{
    struct errand e = {action, o};
    struct thread t;
    thread_start(&t, run_errand, &e);
    thread_join(&t);
}

static void *visit(void *arg)
{
    struct visitor *v = arg;
    acquire_times(v->object, type.levels);
    tell(&v->inside);
    await(told(&v->leave));
    release_times(v->object, type.levels);
    return NULL;
}

void visitor_start(struct visitor *v, struct object *o)
{
    *v = (struct visitor){.object = o};
    thread_start(&v->thread, visit, v);
}

void visitor_await_inside(const struct visitor *v)
{
    await(told(&v->inside));
}

void visitor_leave(struct visitor *v)
{
    tell(&v->leave);
    thread_join(&v->thread);
}

/* Starts a visitor that is inside already.  */
static void holder_start(struct visitor *v, struct object *o)
{
    visitor_start(v, o);
    visitor_await_inside(v);
}

/* Wakes n of those that are parked for *o, in vain as long as it is held.  */
static void nudge(struct object *o, uint32_t n)
{
    il__park_wake(&type.base(o)->il_word, n);
}

/* Returns whether some thread is the heir of *o; if not, has those that wait
   look.  */
static bool make_heir(struct object *o)
{
    if (!has_heir(o))
        nudge(o, PARK_ALL);
    return has_heir(o);
}

void visitor_start_starving(struct visitor *v, struct object *o)
{
    visitor_start(v, o);
    await(make_heir(o));
}

/* A thread that waits up to a limit and releases what it got.  */
struct timed {
    struct object *object;
    int64_t ns;
    int64_t waited;
    int answer;
};

static void *acquire_in_time(void *arg)
{
    struct timed *t = arg;
    int64_t start = test_now();
    t->answer = calls->acquire_until(t->object, il_after(t->ns));
    t->waited = test_now() - start;
    if (t->answer == 0)
        release_times(t->object, 1);
    return NULL;
}

/* How one comes into being and goes; a condition has its own.  */

START_TEST(constructor_init_makes_a_free_lock)
{
    struct object o;
    locking_begin(&o);
    memset(&o, 0xff, sizeof o);
    ck_assert_int_eq(type.init(&o, 0), 0);
    assert_free(&o);
}
END_TEST

START_TEST(init_makes_a_held_lock_free)
{
    struct object o;
    locking_begin(&o);
    acquire_times(&o, type.levels);
    ck_assert_int_eq(type.init(&o, 0), 0);
    assert_free(&o);
}
END_TEST

START_TEST(init_refuses_each_unknown_flag_and_changes_nothing)
{
    struct object o, before;
    memset(&o, 0x55, sizeof o);
    memcpy(&before, &o, sizeof o);
    for (unsigned flag = 1; flag != 0; flag <<= 1)
        ck_assert_int_eq(type.init(&o, flag), EINVAL);
    ck_assert_int_eq(type.init(&o, ~0U), EINVAL);
    ck_assert_mem_eq(&o, &before, sizeof o);
}
END_TEST

START_TEST(all_zero_bytes_are_a_free_lock)
{
    static struct object everywhere;
    struct object other, *o = calloc(1, sizeof *o);
    ck_assert_ptr_nonnull(o);
    locking_begin(&other);
    assert_free(&everywhere);
    assert_free(o);
    free(o);
}
END_TEST

START_TEST(acquire_destroy_a_held_lock_may_go)
{
    struct object *o = malloc(sizeof *o);
    ck_assert_ptr_nonnull(o);
    locking_begin(o);
    acquire(o);
    free(o);
}
END_TEST

/* One thread.  */

SHARED_TEST(acquire_release)
{
    acquire(o);
    assert_mine(o, 1);
    release(o);
}

SHARED_TEST(try_acquire)
{
    ck_assert_int_eq(calls->try_acquire(o), 0);
    assert_mine(o, 1);
    release(o);
}

SHARED_TEST(locked_tells_held_from_free)
{
    ck_assert(!type.locked(o));
    for (uint32_t i = 0; i < type.levels; i++) {
        acquire(o);
        ck_assert(type.locked(o));
    }
    for (uint32_t i = 0; i < type.levels; i++) {
        ck_assert(type.locked(o));
        release(o);
    }
    ck_assert(!type.locked(o));
}

SHARED_TEST(release_unacquired_is_refused_and_changes_nothing)
{
    assert_no_release(o);
    assert_free(o);
    acquire_times(o, type.levels);
    release_times(o, type.levels);
    assert_no_release(o);
}

SHARED_TEST(errno_is_left_alone_by_the_holder)
{
    mark_errno();
    assert_call(type.init(o, 1), EINVAL);
    assert_call(type.init(o, 0), 0);
    assert_call(calls->release(o), EPERM);
    assert_call(type.locked(o), false);
    assert_call(calls->acquire(o), 0);
    assert_call(type.locked(o), true);
    assert_call(calls->release(o), 0);
    assert_call(calls->try_acquire(o), 0);
    calls->at_fork_reinit(o);
    assert_call(calls->acquire_until(o, il_never()), 0);
    assert_call(calls->release(o), 0);
}

/* Several threads.  */

static void fail_and_check_errno(struct object *o)
{
    mark_errno();
    assert_call(calls->try_acquire(o), EBUSY);
    assert_call(calls->acquire_until(o, il_after(0)), ETIMEDOUT);
    assert_call(calls->acquire_until(o, il_after(IL_US(100))), ETIMEDOUT);
    assert_call(calls->acquire_until(o, il_after(IL_MS(3))), ETIMEDOUT);
    assert_call(type.has(o, 0), true);
}

SHARED_TEST(errno_is_left_alone_by_a_thread_that_does_not_get_it)
{
    acquire(o);
    elsewhere(fail_and_check_errno, o);
    release(o);
}

static void *acquire_and_check_errno(void *arg)
{
    struct object *o = arg;
    mark_errno();
    assert_call(calls->acquire(o), 0);
    assert_call(calls->release(o), 0);
    return NULL;
}

SHARED_TEST(errno_is_left_alone_by_a_parked_wait_and_its_release)
{
    struct thread waiter;

    acquire(o);
    thread_start(&waiter, acquire_and_check_errno, o);
    thread_await_parked(&waiter);
    mark_errno();
    assert_call(calls->release(o), 0);
    thread_join(&waiter);
}

SHARED_TEST(release_wakes_a_parked_waiter)
{
    struct visitor waiter;

    acquire(o);
    visitor_start(&waiter, o);
    thread_await_parked(&waiter.thread);
    release(o);
    visitor_await_inside(&waiter);
    assert_busy(o);
    visitor_leave(&waiter);
}

SHARED_TEST(release_lets_exactly_one_waiter_proceed)
{
    struct visitor waiter[2];
    int first;

    acquire(o);
    for (int i = 0; i < 2; i++) {
        visitor_start(&waiter[i], o);
        thread_await_parked(&waiter[i].thread);
    }
    release(o);
    await(told(&waiter[0].inside) || told(&waiter[1].inside));
    first = told(&waiter[1].inside);
    thread_await_parked(&waiter[1 - first].thread);
    ck_assert(!told(&waiter[1 - first].inside));
    visitor_leave(&waiter[first]);
    visitor_await_inside(&waiter[1 - first]);
    visitor_leave(&waiter[1 - first]);
}

static void find_free(struct object *o)
{
    ck_assert(!type.locked(o));
    assert_no_release(o);
}

SHARED_TEST(locked_with_2threads_tells_each_of_them)
{
    struct visitor holder;

    elsewhere(find_free, o);
    acquire(o);
    elsewhere(assert_busy, o);
    release(o);
    elsewhere(find_free, o);
    holder_start(&holder, o);
    assert_busy(o);
    visitor_leave(&holder);
    find_free(o);
}

static void *acquire_release_once(void *o)
{
    acquire(o);
    release_times(o, 1);
    return NULL;
}

SHARED_TEST(acquire_contended)
{
    struct thread t[CROWD];

    acquire(o);
    thread_start_all(t, CROWD, acquire_release_once, o, 0);
    thread_await_all_parked(t, CROWD);
    release(o);
    thread_join_all(t, CROWD);
}

SHARED_TEST(try_acquire_contended)
{
    struct errand e = {assert_busy, o};
    struct thread t[CROWD];

    acquire(o);
    thread_start_all(t, CROWD, run_errand, &e, 0);
    thread_join_all(t, CROWD);
    release(o);
}

struct race {
    struct object *object;
    int tried; /* atomic */
};

/* Returns what the try did; who wins stays until all have tried.  */
static void *try_once(void *arg)
{
    struct race *race = arg;
    int answer = calls->try_acquire(race->object);
    __atomic_fetch_add(&race->tried, 1, __ATOMIC_RELAXED);
    if (answer == 0) {
        await(__atomic_load_n(&race->tried, __ATOMIC_RELAXED) == CROWD);
        release(race->object);
    }
    return (void *)(intptr_t)answer;
}

SHARED_TEST(try_acquire_raced_for_has_one_winner)
{
    struct race race = {.object = o};
    struct thread t[CROWD];
    int winners = 0;

    thread_start_all(t, CROWD, try_once, &race, 0);
    for (int i = 0; i < CROWD; i++) {
        int answer = (int)(intptr_t)thread_join(&t[i]);
        ck_assert(answer == 0 || answer == EBUSY);
        winners += answer == 0;
    }
    ck_assert_int_eq(winners, 1);
}

SHARED_TEST(thread_leak_threads_that_used_it_leave_nothing)
{
    enum { THREADS = 15 };
    struct thread t[THREADS];

    thread_start_all(t, THREADS, acquire_release_once, o, 0);
    thread_join_all(t, THREADS);
}

/* Deadlines.  */

SHARED_TEST(timeout_of_a_free_lock_does_not_matter)
{
    const il_deadline deadline[] = {
        il_after(IL_SEC(1)), il_after(INT64_MAX), il_never(), il_after(0),
        il_after(-1),        il_after(INT64_MIN), {0},
    };

    for (size_t i = 0; i < sizeof deadline / sizeof deadline[0]; i++) {
        for (uint32_t level = 0; level < type.levels; level++)
            ck_assert_int_eq(calls->acquire_until(o, deadline[i]), 0);
        release_times(o, type.levels);
    }
}

SHARED_TEST(timeout_that_has_passed_tries_a_held_lock_once)
{
    const il_deadline passed[] = {
        il_after(0), il_after(-1), il_after(INT64_MIN), {0}};
    struct visitor holder;

    holder_start(&holder, o);
    for (size_t i = 0; i < sizeof passed / sizeof passed[0]; i++)
        ck_assert_int_eq(calls->acquire_until(o, passed[i]), ETIMEDOUT);
    assert_busy(o);
    visitor_leave(&holder);
}

SHARED_TEST(timeout_waits_at_least_as_long_as_told)
{
    /* Within the spin, within the patience, and past both.  */
    const int64_t told_to[] = {1, IL_US(300), IL_MS(2), IL_MS(50)};
    struct visitor holder;

    holder_start(&holder, o);
    for (size_t i = 0; i < sizeof told_to / sizeof told_to[0]; i++) {
        struct timed t = {.object = o, .ns = told_to[i]};
        acquire_in_time(&t);
        ck_assert_int_eq(t.answer, ETIMEDOUT);
        ck_assert_int_ge(t.waited, t.ns);
        assert_busy(o);
    }
    visitor_leave(&holder);
}

SHARED_TEST(timeout_not_reached_a_release_ends_the_wait)
{
    const int64_t limit[] = {IL_SEC(3600), INT64_MAX};

    for (size_t i = 0; i < sizeof limit / sizeof limit[0]; i++) {
        struct timed t = {.object = o, .ns = limit[i]};
        struct thread waiter;
        acquire(o);
        thread_start(&waiter, acquire_in_time, &t);
        thread_await_parked(&waiter);
        release(o);
        thread_join(&waiter);
        ck_assert_int_eq(t.answer, 0);
        assert_free(o);
    }
}

SHARED_TEST(state_after_timeout_is_usable)
{
    struct timed t = {.object = o, .ns = IL_MS(5)};
    struct thread waiter;

    acquire(o);
    thread_start(&waiter, acquire_in_time, &t);
    thread_join(&waiter);
    ck_assert_int_eq(t.answer, ETIMEDOUT);
    release_times(o, 1);
    assert_free(o);
    elsewhere(assert_free, o);
    acquire(o);
    elsewhere(assert_busy, o);
    release(o);
}

SHARED_TEST(a_waiter_that_times_out_leaves_the_others_their_wakeup)
{
    struct timed t = {.object = o, .ns = IL_MS(5)};
    struct visitor waiter;
    struct thread late;

    acquire(o);
    thread_start(&late, acquire_in_time, &t);
    visitor_start(&waiter, o);
    thread_join(&late);
    ck_assert_int_eq(t.answer, ETIMEDOUT);
    thread_await_parked(&waiter.thread);
    release(o);
    visitor_await_inside(&waiter);
    visitor_leave(&waiter);
}

/* Has a waiter give up about `early` ns, which may be negative, after *o is
   released; it starves by then if `ns` is more than 1 ms.  */
static void race_timeout_with_release(struct object *o, int64_t ns,
                                      int64_t early)
{
    struct timed t = {.object = o, .ns = ns};
    struct thread waiter;
    int64_t start = test_now();

    acquire(o);
    thread_start(&waiter, acquire_in_time, &t);
    while (test_now() < start + ns - early)
        if (test_now() > start + IL_MS(1))
            make_heir(o);
    release(o);
    thread_join(&waiter);
    ck_assert(t.answer == 0 || (t.answer == ETIMEDOUT && t.waited >= ns));
    assert_free(o);
}

SHARED_TEST(a_timeout_that_races_a_release_loses_no_token)
{
    /* By the last the waiter may find itself granted what it gives up.  */
    const int64_t ns[] = {IL_US(60), IL_US(300), IL_US(2500)};
    enum { RACES = 80 };

    for (int i = 0; i < RACES; i++)
        race_timeout_with_release(o, ns[i % 3], IL_US(i - RACES / 2));
}

/* Hand-over.  */

SHARED_TEST(a_starving_waiter_is_handed_the_lock)
{
    struct visitor v;

    acquire(o);
    visitor_start_starving(&v, o);
    release(o);
    assert_unavailable(o);
    visitor_await_inside(&v);
    ck_assert(!has_heir(o));
    assert_busy(o);
    visitor_leave(&v);
}

SHARED_TEST(until_the_heir_has_it_the_lock_is_handed_to_each_in_turn)
{
    enum { WAITERS = 3 };
    struct visitor v[WAITERS];

    acquire(o);
    for (unsigned i = 0; i < WAITERS; i++) {
        visitor_start(&v[i], o);
        thread_await_parked(&v[i].thread);
    }
    /* The first looks, and parks again behind the others.  */
    nudge(o, 1);
    await(has_heir(o));
    thread_await_parked(&v[0].thread);
    release(o);
    for (unsigned i = 1; i <= WAITERS; i++) {
        struct visitor *next = &v[i % WAITERS];
        visitor_await_inside(next);
        ck_assert_int_eq(has_heir(o), i < WAITERS);
        assert_busy(o);
        visitor_leave(next);
    }
}

/* Lets a waiter starve until its time is up, normally: on a machine too busy
   to run it meanwhile it just times out.  */
static void starve_and_time_out(struct object *o)
{
    struct timed t = {.object = o, .ns = IL_MS(50)};
    struct thread waiter;

    thread_start(&waiter, acquire_in_time, &t);
    await(make_heir(o) || thread_is_done(&waiter));
    thread_join(&waiter);
    ck_assert_int_eq(t.answer, ETIMEDOUT);
    ck_assert_int_ge(t.waited, t.ns);
}

SHARED_TEST(a_starving_waiter_that_times_out_leaves_no_trace)
{
    acquire(o);
    starve_and_time_out(o);
    ck_assert_uint_eq(word_of(o) & ~(uint32_t)WAITED, IL__LOCK_HELD);
    release(o);
}

SHARED_TEST(a_waiter_that_times_out_leaves_the_heir_its_turn)
{
    struct visitor v;

    acquire(o);
    visitor_start_starving(&v, o);
    starve_and_time_out(o);
    ck_assert(has_heir(o));
    release(o);
    assert_unavailable(o);
    visitor_await_inside(&v);
    visitor_leave(&v);
}

SHARED_TEST(a_starving_waiter_that_times_out_leaves_the_others_their_turn)
{
    struct visitor v;

    acquire(o);
    starve_and_time_out(o);
    ck_assert(!has_heir(o));
    visitor_start_starving(&v, o);
    release(o);
    assert_unavailable(o);
    visitor_await_inside(&v);
    visitor_leave(&v);
}

/* Grants *o to a waiter as a release does that has not come to its wake-up
   yet, so that the waiter's time is up first.  Returns false if the waiter was
   gone before.  */
static bool grant_and_let_time_pass(struct object *o)
{
    struct timed t = {.object = o, .ns = IL_MS(30)};
    struct thread waiter;
    il_lock *l = type.base(o);
    uint32_t word;
    bool granted;

    /* Without an owner, which the grant would have to take down.  */
    ck_assert_int_eq(il_lock_acquire(l), 0);
    thread_start(&waiter, acquire_in_time, &t);
    await(make_heir(o) || thread_is_done(&waiter));
    await(thread_is_parked(&waiter) || thread_is_done(&waiter));
    word = word_of(o);
    granted = (word & STARVING)
              && IL__CAS(&l->il_word, &word, (word & ~IL__LOCK_HELD) | GRANTED,
                         __ATOMIC_RELEASE);
    thread_join(&waiter);
    ck_assert_int_eq(t.answer, granted ? 0 : ETIMEDOUT);
    if (!granted)
        ck_assert_int_eq(il_lock_release(l), 0);
    return granted;
}

SHARED_TEST(a_starving_waiter_takes_what_it_is_granted_as_its_time_is_up)
{
    await(grant_and_let_time_pass(o));
}

/* Makes *o, which is free, one on its way to a starving thread, which does not
   come for it.  */
static void grant(struct object *o)
{
    type.base(o)->il_word =
        GRANTED | WAITED | STARVING | fork_epoch() << EPOCH_SHIFT;
}

SHARED_TEST(a_lock_on_its_way_is_not_for_newcomers)
{
    uint32_t word;

    grant(o);
    word = word_of(o);
    ck_assert(!type.locked(o));
    assert_unavailable(o);
    assert_no_release(o);
    ck_assert_uint_eq(word_of(o), word);
    calls->at_fork_reinit(o);
}

/* Forked children.  */

static void start_again(struct object *o)
{
    calls->at_fork_reinit(o);
    assert_free(o);
}

static void acquire_and_end(struct object *o)
{
    acquire_times(o, type.levels);
}

SHARED_TEST(at_fork_reinit_makes_any_lock_free)
{
    start_again(o);
    acquire_times(o, type.levels);
    start_again(o);
    elsewhere(acquire_and_end, o);
    start_again(o);
    grant(o);
    start_again(o);
}

/* Waits in vain, unless it is so late that it only tries.  Returns whether the
   word has no heir.  */
static bool is_rid_of_heir(struct object *o)
{
    ck_assert_int_eq(calls->acquire_until(o, il_after(IL_MS(3))), ETIMEDOUT);
    return !has_heir(o);
}

void assert_no_heir_in_child(struct object *o)
{
    await(is_rid_of_heir(o));
}

static void find_held_and_reinit(void *arg)
{
    struct object *o = arg;
    assert_busy(o);
    assert_no_heir_in_child(o);
    start_again(o);
}

SHARED_TEST(at_fork_reinit_frees_what_another_thread_held_at_the_fork)
{
    struct visitor holder, waiter;

    holder_start(&holder, o);
    visitor_start_starving(&waiter, o);
    child_run("find_held_and_reinit", find_held_and_reinit, o);
    assert_busy(o);
    visitor_leave(&holder);
    visitor_leave(&waiter);
}

/* In a child of the thread that has *o once.  */
static void release_and_use(void *arg)
{
    struct object *o = arg;
    assert_mine(o, 1);
    acquire_times(o, type.levels - 1);
    release_times(o, type.levels);
    assert_free(o);
}

SHARED_TEST(a_child_may_use_a_lock_that_threads_of_the_parent_starve_for)
{
    struct visitor waiter;

    acquire(o);
    visitor_start_starving(&waiter, o);
    child_run("release_and_use", release_and_use, o);
    release(o);
    assert_unavailable(o);
    visitor_await_inside(&waiter);
    visitor_leave(&waiter);
}

SHARED_TEST(a_child_may_use_a_lock_that_a_thread_of_the_parent_waits_for)
{
    struct visitor waiter;

    acquire(o);
    visitor_start(&waiter, o);
    thread_await_parked(&waiter.thread);
    child_run("release_and_use", release_and_use, o);
    release(o);
    visitor_leave(&waiter);
}

/* In a child, a first call that has to find *o free.  */

static void acquire_first(void *o)
{
    acquire(o);
    release_times(o, 1);
    assert_free(o);
}

static void try_first(void *o)
{
    ck_assert_int_eq(calls->try_acquire(o), 0);
    release_times(o, 1);
    assert_free(o);
}

static void acquire_until_first(void *o)
{
    ck_assert_int_eq(calls->acquire_until(o, il_after(0)), 0);
    release_times(o, 1);
    assert_free(o);
}

static void release_first(void *o)
{
    find_free(o);
    try_first(o);
}

SHARED_TEST(a_lock_on_its_way_in_the_parent_is_free_in_the_child)
{
    grant(o);
    child_run("acquire_first", acquire_first, o);
    child_run("try_first", try_first, o);
    child_run("acquire_until_first", acquire_until_first, o);
    child_run("release_first", release_first, o);
    calls->at_fork_reinit(o);
}

static void starve_and_hand_over(void *arg)
{
    struct object *o = arg;
    struct visitor v;

    visitor_start(&v, o);
    await(make_heir(o)
          && word_of(o) >> EPOCH_SHIFT == (fork_epoch() & EPOCH_MASK));
    release(o);
    assert_unavailable(o);
    visitor_await_inside(&v);
    visitor_leave(&v);
    assert_free(o);
}

SHARED_TEST(a_child_knows_its_own_heir_only)
{
    acquire(o);
    type.base(o)->il_word |= WAITED | STARVING | fork_epoch() << EPOCH_SHIFT;
    child_run("starve_and_hand_over", starve_and_hand_over, o);
    calls->at_fork_reinit(o);
}

/* IL_WITH.  */

static bool locked(const struct object *o)
{
    return type.locked(o);
}

LOCKING_WITHIN(within_condition, condition, locked)

/* Returns whether the loop around the block was left with it, after `rounds`
   rounds.  */
static bool within(struct object *o, enum exit_from_with way, int rounds)
{
    bool forwarded = strcmp(calls->name, type.forwarded) == 0;
    int entered = 0;
    bool left = (forwarded ? within_condition : type.within)(o, way, &entered);
    ck_assert_int_eq(entered, rounds);
    return left;
}

SHARED_TEST(with_holds_the_lock_in_the_block)
{
    ck_assert(!within(o, AT_END, 3));
}

SHARED_TEST(with_left_by_break_releases)
{
    ck_assert(!within(o, BY_BREAK, 3));
}

SHARED_TEST(with_left_by_continue_releases)
{
    ck_assert(!within(o, BY_CONTINUE, 3));
}

SHARED_TEST(with_left_by_return_releases_after_the_value_is_computed)
{
    ck_assert(within(o, BY_RETURN, 1));
}

SHARED_TEST(with_left_by_goto_releases)
{
    ck_assert(within(o, BY_GOTO, 1));
}

static void *enter_with(void *o)
{
    ck_assert(within(o, BY_GOTO, 1));
    return NULL;
}

SHARED_TEST(with_waits_for_the_lock)
{
    struct thread waiter;

    acquire(o);
    thread_start(&waiter, enter_with, o);
    thread_await_parked(&waiter);
    release(o);
    thread_join(&waiter);
}

/* Stress.  No assertion runs in the loops: Check would serialize the threads
   with a lock of its own.  */

enum { WORKERS = 4, ROUNDS = 10000 };

struct shared {
    struct object *object;
    long count; /* under the lock */
    bool stop;  /* atomic */
};

static void *count_up(void *arg)
{
    struct shared *s = arg;
    intptr_t errors = 0;
    for (uint32_t i = 0; i < ROUNDS; i++) {
        uint32_t depth = 1 + i % type.levels;
        for (uint32_t level = 0; level < depth; level++)
            errors += acquire_somehow(s->object, i + level) != 0;
        errors += !type.has(s->object, depth);
        s->count++;
        for (uint32_t level = 0; level < depth; level++)
            errors += calls->release(s->object) != 0;
        errors += !type.has(s->object, 0);
    }
    return (void *)errors;
}

SHARED_TEST(one_thread_at_a_time_is_inside)
{
    struct shared s = {.object = o};
    struct thread t[WORKERS];

    thread_start_all(t, WORKERS, count_up, &s, 0);
    for (int i = 0; i < WORKERS; i++)
        ck_assert_ptr_null(thread_join(&t[i]));
    ck_assert_int_eq(s.count, (long)WORKERS * ROUNDS);
}

/* Passes about `ns`.  */
static void linger(int64_t ns)
{
    for (il_deadline end = il_after(ns); il_remaining(end) > 0;)
        test_pause();
}

/* Counts up whenever it gets the lock in time; returns how often it did.  Now
   and then it stays inside so long that others starve.  */
static void *count_up_in_time(void *arg)
{
    enum { TRIES = 400, STAY = 100 };
    struct shared *s = arg;
    intptr_t counted = 0;
    for (int i = 0; i < TRIES; i++) {
        int64_t limit = i % 7 == 0 ? IL_MS(2) : IL_US(i % 7 * 30);
        if (calls->acquire_until(s->object, il_after(limit)) != 0)
            continue;
        s->count++;
        counted++;
        if (i % STAY == 0)
            linger(IL_MS(2));
        if (calls->release(s->object) != 0)
            return (void *)-1;
    }
    return (void *)counted;
}

SHARED_TEST(timeouts_under_contention_lose_no_token)
{
    struct shared s = {.object = o};
    struct thread t[WORKERS];
    long counted = 0;

    thread_start_all(t, WORKERS, count_up_in_time, &s, 0);
    for (int i = 0; i < WORKERS; i++) {
        intptr_t mine = (intptr_t)thread_join(&t[i]);
        ck_assert_int_ge(mine, 0);
        counted += mine;
    }
    ck_assert_int_eq(s.count, counted);
}

static void *hammer(void *arg)
{
    struct shared *s = arg;
    intptr_t errors = 0;
    while (!told(&s->stop)) {
        errors += calls->acquire(s->object) != 0;
        test_pause();
        errors += calls->release(s->object) != 0;
    }
    return (void *)errors;
}

SHARED_TEST(a_waiter_is_not_overtaken_for_ever)
{
    enum { TURNS = 30 };
    struct shared s = {.object = o};
    struct thread t[2];

    thread_start_all(t, 2, hammer, &s, 0);
    for (int i = 0; i < TURNS; i++) {
        il_deadline bound = il_after(test_bound());
        ck_assert_int_eq(calls->acquire_until(o, bound), 0);
        release(o);
    }
    tell(&s.stop);
    ck_assert_ptr_null(thread_join(&t[0]));
    ck_assert_ptr_null(thread_join(&t[1]));
}

static void add_tests_of_one_thread(void)
{
    suite_add(constructor_init_makes_a_free_lock);
    suite_add(init_makes_a_held_lock_free);
    suite_add(init_refuses_each_unknown_flag_and_changes_nothing);
    suite_add(all_zero_bytes_are_a_free_lock);
    suite_add(acquire_destroy_a_held_lock_may_go);
    ADD_SHARED(acquire_release);
    ADD_SHARED(try_acquire);
    ADD_SHARED(locked_tells_held_from_free);
    ADD_SHARED(release_unacquired_is_refused_and_changes_nothing);
    ADD_SHARED(errno_is_left_alone_by_the_holder);
    ADD_SHARED(with_holds_the_lock_in_the_block);
    ADD_SHARED(with_left_by_break_releases);
    ADD_SHARED(with_left_by_continue_releases);
    ADD_SHARED(with_left_by_return_releases_after_the_value_is_computed);
    ADD_SHARED(with_left_by_goto_releases);
}

static void add_tests_of_several_threads(void)
{
    ADD_SHARED(errno_is_left_alone_by_a_thread_that_does_not_get_it);
    ADD_SHARED(errno_is_left_alone_by_a_parked_wait_and_its_release);
    ADD_SHARED(release_wakes_a_parked_waiter);
    ADD_SHARED(release_lets_exactly_one_waiter_proceed);
    ADD_SHARED(locked_with_2threads_tells_each_of_them);
    ADD_SHARED(acquire_contended);
    ADD_SHARED(try_acquire_contended);
    ADD_SHARED(try_acquire_raced_for_has_one_winner);
    ADD_SHARED(thread_leak_threads_that_used_it_leave_nothing);
    ADD_SHARED(with_waits_for_the_lock);
}

static void add_tests_of_deadlines(void)
{
    ADD_SHARED(timeout_of_a_free_lock_does_not_matter);
    ADD_SHARED(timeout_that_has_passed_tries_a_held_lock_once);
    ADD_SHARED(timeout_waits_at_least_as_long_as_told);
    ADD_SHARED(timeout_not_reached_a_release_ends_the_wait);
    ADD_SHARED(state_after_timeout_is_usable);
    ADD_SHARED(a_waiter_that_times_out_leaves_the_others_their_wakeup);
    ADD_SHARED(a_timeout_that_races_a_release_loses_no_token);
}

static void add_tests_of_the_hand_over(void)
{
    ADD_SHARED(a_starving_waiter_is_handed_the_lock);
    ADD_SHARED(until_the_heir_has_it_the_lock_is_handed_to_each_in_turn);
    ADD_SHARED(a_starving_waiter_that_times_out_leaves_no_trace);
    ADD_SHARED(a_waiter_that_times_out_leaves_the_heir_its_turn);
    ADD_SHARED(a_starving_waiter_that_times_out_leaves_the_others_their_turn);
    ADD_SHARED(a_starving_waiter_takes_what_it_is_granted_as_its_time_is_up);
    ADD_SHARED(a_lock_on_its_way_is_not_for_newcomers);
}

static void add_tests_of_forks(void)
{
    ADD_SHARED(at_fork_reinit_makes_any_lock_free);
    ADD_SHARED(at_fork_reinit_frees_what_another_thread_held_at_the_fork);
    ADD_SHARED(a_child_may_use_a_lock_that_threads_of_the_parent_starve_for);
    ADD_SHARED(a_child_may_use_a_lock_that_a_thread_of_the_parent_waits_for);
    ADD_SHARED(a_lock_on_its_way_in_the_parent_is_free_in_the_child);
    ADD_SHARED(a_child_knows_its_own_heir_only);
}

static void add_stress(void)
{
    ADD_SHARED(one_thread_at_a_time_is_inside);
    ADD_SHARED(timeouts_under_contention_lose_no_token);
    ADD_SHARED(a_waiter_is_not_overtaken_for_ever);
}

void locking_add_tests(const struct locking *tested)
{
    type = *tested;
    add_tests_of_one_thread();
    add_tests_of_several_threads();
    add_tests_of_deadlines();
    add_tests_of_the_hand_over();
    add_tests_of_forks();
    add_stress();
}
