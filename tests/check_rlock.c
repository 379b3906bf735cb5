/* check_rlock.c -- il_rlock keeps what rlock.h promises: of its owner and its
   depth.  What it shares with il_lock is in support/locking.h.

   SPDX-License-Identifier: MIT */

#include <interlock.h>

#include "support/child.h"
#include "support/locking.h"
#include "support/suite.h"

static int init(struct object *o, unsigned flags)
{
    return il_rlock_init(&o->rlock, flags);
}

static bool locked(const struct object *o)
{
    return il_rlock_locked(&o->rlock);
}

static bool has(const struct object *o, uint32_t times)
{
    return il_rlock_owned(&o->rlock) == (times > 0)
           && il_rlock_depth(&o->rlock) == times;
}

static il_lock *base(struct object *o)
{
    return &o->rlock.il_base;
}

LOCKING_WITHIN(within, rlock, locked)

static const struct locking locking = {
    .name = "rlock",
    .forwarded = "condition on an rlock",
    .levels = 4,
    .init = init,
    .locked = locked,
    .has = has,
    .base = base,
    .within = within,
};

START_TEST(the_initializer_makes_a_free_rlock)
{
    static struct object everywhere = {.rlock = IL_RLOCK_INIT};
    struct object o;
    locking_begin(&o);
    o.rlock = (il_rlock)IL_RLOCK_INIT;
    assert_free(&everywhere);
    assert_free(&o);
}
END_TEST

START_TEST(an_rlock_has_at_most_sixteen_bytes)
{
    ck_assert_uint_le(sizeof(il_rlock), 16);
    ck_assert_uint_le(_Alignof(il_rlock), 8);
}
END_TEST

START_TEST(every_call_is_an_exported_function)
{
    int (*volatile initialize)(il_rlock *, unsigned) = il_rlock_init;
    int (*volatile acquire)(il_rlock *) = il_rlock_acquire;
    int (*volatile try_acquire)(il_rlock *) = il_rlock_try_acquire;
    int (*volatile acquire_until)(il_rlock *, il_deadline) =
        il_rlock_acquire_until;
    int (*volatile release)(il_rlock *) = il_rlock_release;
    bool (*volatile is_locked)(const il_rlock *) = il_rlock_locked;
    bool (*volatile owned)(const il_rlock *) = il_rlock_owned;
    uint32_t (*volatile depth)(const il_rlock *) = il_rlock_depth;
    void (*volatile reinit)(il_rlock *) = il_rlock_at_fork_reinit;
    il_rlock r;

    ck_assert_int_eq(initialize(&r, 0), 0);
    ck_assert_int_eq(release(&r), EPERM);
    ck_assert(!is_locked(&r) && !owned(&r));
    ck_assert_int_eq(acquire(&r), 0);
    ck_assert_int_eq(try_acquire(&r), 0);
    ck_assert_int_eq(acquire_until(&r, il_after(0)), 0);
    ck_assert(is_locked(&r) && owned(&r));
    ck_assert_uint_eq(depth(&r), 3);
    ck_assert_int_eq(release(&r), 0);
    ck_assert_uint_eq(depth(&r), 2);
    reinit(&r);
    ck_assert(!is_locked(&r) && !owned(&r));
    ck_assert_uint_eq(depth(&r), 0);
}
END_TEST

/* One thread.  */

START_TEST(reacquire)
{
    struct object o;

    locking_begin(&o);
    for (uint32_t depth = 1; depth <= 3; depth++) {
        ck_assert_int_eq(il_rlock_acquire(&o.rlock), 0);
        assert_mine(&o, depth);
    }
    release_times(&o, 3);
    assert_free(&o);
}
END_TEST

START_TEST(reacquire_by_each_of_the_calls)
{
    struct object o;
    il_rlock *r = &o.rlock;

    locking_begin(&o);
    ck_assert_int_eq(il_rlock_acquire(r), 0);
    assert_mine(&o, 1);
    ck_assert_int_eq(il_rlock_try_acquire(r), 0);
    assert_mine(&o, 2);
    ck_assert_int_eq(il_rlock_acquire_until(r, il_never()), 0);
    assert_mine(&o, 3);
    ck_assert_int_eq(il_rlock_acquire_until(r, il_after(0)), 0);
    assert_mine(&o, 4);
    ck_assert_int_eq(il_rlock_acquire(r), 0);
    release_times(&o, 5);
    assert_free(&o);
}
END_TEST

START_TEST(the_largest_depth_is_not_exceeded)
{
    struct object o;
    il_rlock *r = &o.rlock;

    locking_begin(&o);
    mark_errno();
    assert_call(il_rlock_acquire(r), 0);
    r->il_more = UINT32_MAX - 2;
    assert_call(il_rlock_acquire(r), 0);
    assert_mine(&o, UINT32_MAX);
    mark_errno();
    assert_call(il_rlock_acquire(r), EOVERFLOW);
    assert_call(il_rlock_try_acquire(r), EOVERFLOW);
    assert_call(il_rlock_acquire_until(r, il_never()), EOVERFLOW);
    assert_call(il_rlock_acquire_until(r, il_after(0)), EOVERFLOW);
    assert_mine(&o, UINT32_MAX);
    mark_errno();
    assert_call(il_rlock_release(r), 0);
    assert_mine(&o, UINT32_MAX - 1);
    mark_errno();
    assert_call(il_rlock_try_acquire(r), 0);
    assert_call(il_rlock_release(r), 0);
    assert_call(il_rlock_acquire_until(r, il_never()), 0);
    r->il_more = 0;
    release_times(&o, 1);
    assert_free(&o);
}
END_TEST

/* Each call is a thread's first, when it has no number yet.  */

static void first_query(struct object *o)
{
    mark_errno();
    assert_call(il_rlock_owned(&o->rlock), false);
    assert_call((int)il_rlock_depth(&o->rlock), 0);
}

static void first_release(struct object *o)
{
    mark_errno();
    assert_call(il_rlock_release(&o->rlock), EPERM);
    ck_assert(has(o, 0));
}

START_TEST(a_thread_that_never_acquired_owns_nothing)
{
    struct object o;

    locking_begin(&o);
    elsewhere(first_query, &o);
    elsewhere(first_release, &o);
    ck_assert_int_eq(il_rlock_acquire(&o.rlock), 0);
    elsewhere(first_query, &o);
    elsewhere(first_release, &o);
    elsewhere(assert_busy, &o);
    release_times(&o, 1);
    assert_free(&o);
}
END_TEST

static void first_acquire(struct object *o)
{
    ck_assert_int_eq(il_rlock_acquire(&o->rlock), 0);
    release_times(o, 1);
}

static void first_try_acquire(struct object *o)
{
    ck_assert_int_eq(il_rlock_try_acquire(&o->rlock), 0);
    release_times(o, 1);
}

static void first_acquire_until(struct object *o)
{
    ck_assert_int_eq(il_rlock_acquire_until(&o->rlock, il_after(0)), 0);
    release_times(o, 1);
}

START_TEST(the_first_call_of_a_thread_acquires)
{
    struct object o;

    locking_begin(&o);
    elsewhere(first_acquire, &o);
    elsewhere(first_try_acquire, &o);
    elsewhere(first_acquire_until, &o);
    assert_free(&o);
}
END_TEST

/* Several threads.  */

START_TEST(different_thread_may_not_release)
{
    struct object o;

    locking_begin(&o);
    acquire_times(&o, 2);
    elsewhere(first_release, &o);
    release_times(&o, 2);
    elsewhere(first_release, &o);
    assert_free(&o);
}
END_TEST

START_TEST(recursion_count_and_is_owned_are_the_owners_own)
{
    struct object o;
    struct visitor holder;

    locking_begin(&o);
    ck_assert(has(&o, 0));
    visitor_start(&holder, &o);
    visitor_await_inside(&holder);
    ck_assert(has(&o, 0));
    visitor_leave(&holder);
    ck_assert(has(&o, 0));
    for (uint32_t depth = 1; depth <= 3; depth++) {
        ck_assert_int_eq(il_rlock_acquire(&o.rlock), 0);
        ck_assert(has(&o, depth));
        elsewhere(first_query, &o);
    }
    release_times(&o, 3);
    ck_assert(has(&o, 0));
}
END_TEST

START_TEST(the_last_release_wakes_a_parked_waiter)
{
    struct object o;
    struct visitor waiter;

    locking_begin(&o);
    acquire_times(&o, 2);
    visitor_start(&waiter, &o);
    thread_await_parked(&waiter.thread);
    ck_assert_int_eq(il_rlock_release(&o.rlock), 0);
    thread_await_parked(&waiter.thread);
    assert_mine(&o, 1);
    ck_assert_int_eq(il_rlock_release(&o.rlock), 0);
    visitor_await_inside(&waiter);
    visitor_leave(&waiter);
    assert_free(&o);
}
END_TEST

START_TEST(reacquire_does_not_wait_for_those_who_wait)
{
    struct object o;
    struct visitor waiter;

    locking_begin(&o);
    acquire_times(&o, 1);
    visitor_start_starving(&waiter, &o);
    acquire_times(&o, 3);
    ck_assert_int_eq(il_rlock_acquire_until(&o.rlock, il_after(0)), 0);
    release_times(&o, 5);
    visitor_leave(&waiter);
    assert_free(&o);
}
END_TEST

static void acquire_twice_and_end(struct object *o)
{
    acquire_times(o, 2);
}

/* New threads normally get the stack, the pthread_t and the thread-local
   memory of the one that has ended.  */
START_TEST(no_new_thread_is_taken_for_an_owner_that_has_ended)
{
    enum { THREADS = 100 };
    struct object o;

    locking_begin(&o);
    elsewhere(acquire_twice_and_end, &o);
    for (int i = 0; i < THREADS; i++)
        elsewhere(assert_busy, &o);
    assert_busy(&o);
}
END_TEST

/* Forked children.  */

/* In a child of the thread that has *o twice.  */
static void release_and_use(void *arg)
{
    struct object *o = arg;
    assert_mine(o, 2);
    acquire_times(o, 3);
    ck_assert_int_eq(il_rlock_acquire_until(&o->rlock, il_after(0)), 0);
    release_times(o, 6);
    assert_free(o);
}

static void reinit_and_use(void *arg)
{
    struct object *o = arg;
    il_rlock_at_fork_reinit(&o->rlock);
    assert_free(o);
}

static void hold_and_fork(struct object *o)
{
    acquire_times(o, 2);
    child_run("release_and_use", release_and_use, o);
    child_run("reinit_and_use", reinit_and_use, o);
    release_times(o, 2);
}

START_TEST(who_forks_owns_the_childs_copy)
{
    struct object o;
    locking_begin(&o);
    hold_and_fork(&o);
    assert_free(&o);
}
END_TEST

START_TEST(who_forks_owns_the_childs_copy_in_any_thread)
{
    struct object o;
    locking_begin(&o);
    elsewhere(hold_and_fork, &o);
    assert_free(&o);
}
END_TEST

static void share_with_new_threads(void *arg)
{
    struct object *o = arg;
    assert_mine(o, 1);
    elsewhere(assert_busy, o);
    release_times(o, 1);
    elsewhere(first_acquire, o);
    assert_free(o);
}

START_TEST(a_childs_new_threads_are_not_taken_for_the_owner)
{
    struct object o;
    locking_begin(&o);
    acquire_times(&o, 1);
    child_run("share_with_new_threads", share_with_new_threads, &o);
    assert_mine(&o, 1);
}
END_TEST

static void find_held_in_new_threads(void *arg)
{
    enum { THREADS = 20 };
    for (int i = 0; i < THREADS; i++)
        elsewhere(assert_busy, arg);
}

START_TEST(a_childs_new_threads_are_not_taken_for_an_owner_of_the_parent)
{
    struct object o;
    locking_begin(&o);
    elsewhere(acquire_twice_and_end, &o);
    child_run("find_held_in_new_threads", find_held_in_new_threads, &o);
}
END_TEST

/* IL_WITH.  */

static uint32_t return_from_nested_blocks(il_rlock *r)
{
    IL_WITH(r) {
        IL_WITH(r)
            ck_assert_uint_eq(il_rlock_depth(r), 2);
        ck_assert_uint_eq(il_rlock_depth(r), 1);
        IL_WITH(r)
            return il_rlock_depth(r);
    }
    return 0;
}

START_TEST(with_nested_is_reentry)
{
    struct object o;
    locking_begin(&o);
    ck_assert_uint_eq(return_from_nested_blocks(&o.rlock), 2);
    assert_free(&o);
}
END_TEST

START_TEST(with_skips_the_block_at_the_largest_depth)
{
    struct object o;
    int rounds = 0;

    locking_begin(&o);
    acquire_times(&o, 1);
    o.rlock.il_more = UINT32_MAX - 1;
    IL_WITH(&o.rlock)
        rounds++;
    ck_assert_int_eq(rounds, 0);
    assert_mine(&o, UINT32_MAX);
}
END_TEST

/* Stress.  No assertion runs in the loops: Check would serialize the threads
   with a lock of its own.  */

struct shared {
    il_rlock rlock;
    bool stop; /* atomic */
};

static void *come_and_go(void *arg)
{
    enum { ROUNDS = 20000 };
    struct shared *s = arg;
    intptr_t errors = 0;
    for (uint32_t i = 0; i < ROUNDS; i++) {
        errors += il_rlock_acquire(&s->rlock) != 0;
        errors += il_rlock_depth(&s->rlock) != 1;
        errors += il_rlock_release(&s->rlock) != 0;
    }
    return (void *)errors;
}

/* Asks, while others come and go, whether it owns what it has only had at
   first, so that it has a number.  */
static void *claim(void *arg)
{
    struct shared *s = arg;
    intptr_t errors = il_rlock_acquire(&s->rlock);
    errors += il_rlock_release(&s->rlock);
    while (!__atomic_load_n(&s->stop, __ATOMIC_ACQUIRE)) {
        errors += il_rlock_owned(&s->rlock);
        errors += il_rlock_depth(&s->rlock) != 0;
        errors += il_rlock_release(&s->rlock) != EPERM;
    }
    return (void *)errors;
}

START_TEST(nobody_else_ever_seems_to_be_the_owner)
{
    struct shared s = {.rlock = IL_RLOCK_INIT};
    struct thread worker[2], other;

    thread_start(&other, claim, &s);
    thread_start_all(worker, 2, come_and_go, &s, 0);
    ck_assert_ptr_null(thread_join(&worker[0]));
    ck_assert_ptr_null(thread_join(&worker[1]));
    __atomic_store_n(&s.stop, true, __ATOMIC_RELEASE);
    ck_assert_ptr_null(thread_join(&other));
    ck_assert(!il_rlock_locked(&s.rlock));
}
END_TEST

int main(void)
{
    suite_begin("rlock");
    locking_add_tests(&locking);
    suite_add(the_initializer_makes_a_free_rlock);
    suite_add(an_rlock_has_at_most_sixteen_bytes);
    suite_add(every_call_is_an_exported_function);
    suite_add(reacquire);
    suite_add(reacquire_by_each_of_the_calls);
    suite_add(the_largest_depth_is_not_exceeded);
    suite_add(a_thread_that_never_acquired_owns_nothing);
    suite_add(the_first_call_of_a_thread_acquires);
    suite_add(different_thread_may_not_release);
    suite_add(recursion_count_and_is_owned_are_the_owners_own);
    suite_add(the_last_release_wakes_a_parked_waiter);
    suite_add(reacquire_does_not_wait_for_those_who_wait);
    suite_add(no_new_thread_is_taken_for_an_owner_that_has_ended);
    suite_add(who_forks_owns_the_childs_copy);
    suite_add(who_forks_owns_the_childs_copy_in_any_thread);
    suite_add(a_childs_new_threads_are_not_taken_for_the_owner);
    suite_add(a_childs_new_threads_are_not_taken_for_an_owner_of_the_parent);
    suite_add(with_nested_is_reentry);
    suite_add(with_skips_the_block_at_the_largest_depth);
    suite_add(nobody_else_ever_seems_to_be_the_owner);
    return suite_end();
}
