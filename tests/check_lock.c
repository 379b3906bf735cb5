/* check_lock.c -- il_lock keeps what lock.h promises.  What it shares with
   il_rlock is in support/locking.h.

   SPDX-License-Identifier: MIT */

#include <interlock.h>

#include "support/child.h"
#include "support/locking.h"
#include "support/suite.h"

static int init(struct object *o, unsigned flags)
{
    return il_lock_init(&o->lock, flags);
}

static bool locked(const struct object *o)
{
    return il_lock_locked(&o->lock);
}

/* A lock knows no owner.  */
static bool has(const struct object *o, uint32_t times)
{
    return times == 0 || locked(o);
}

static il_lock *base(struct object *o)
{
    return &o->lock;
}

static uint32_t at_rest(const struct object *o)
{
    (void)o;
    return 0;
}

LOCKING_WITHIN(within, lock, locked)

static const struct locking locking = {
    .name = "lock",
    .forwarded = "condition on a lock",
    .levels = 1,
    .init = init,
    .locked = locked,
    .has = has,
    .base = base,
    .at_rest = at_rest,
    .within = within,
};

START_TEST(the_initializer_makes_a_free_lock)
{
    static struct object everywhere = {.lock = IL_LOCK_INIT};
    struct object o;
    locking_begin(&o);
    o.lock = (il_lock)IL_LOCK_INIT;
    assert_free(&everywhere);
    assert_free(&o);
}
END_TEST

START_TEST(a_lock_has_at_most_eight_bytes)
{
    ck_assert_uint_le(sizeof(il_lock), 8);
    ck_assert_uint_le(_Alignof(il_lock), 8);
}
END_TEST

START_TEST(every_call_is_an_exported_function)
{
    int (*volatile initialize)(il_lock *, unsigned) = il_lock_init;
    int (*volatile acquire)(il_lock *) = il_lock_acquire;
    int (*volatile try_acquire)(il_lock *) = il_lock_try_acquire;
    int (*volatile acquire_until)(il_lock *, il_deadline) =
        il_lock_acquire_until;
    int (*volatile release)(il_lock *) = il_lock_release;
    bool (*volatile is_locked)(const il_lock *) = il_lock_locked;
    void (*volatile reinit)(il_lock *) = il_lock_at_fork_reinit;
    il_lock l;

    ck_assert_int_eq(initialize(&l, 0), 0);
    ck_assert_int_eq(release(&l), EPERM);
    ck_assert_int_eq(acquire(&l), 0);
    ck_assert_int_eq(try_acquire(&l), EBUSY);
    ck_assert_int_eq(acquire_until(&l, il_after(IL_US(10))), ETIMEDOUT);
    ck_assert(is_locked(&l));
    ck_assert_int_eq(release(&l), 0);
    ck_assert(!is_locked(&l));
    ck_assert_int_eq(try_acquire(&l), 0);
    reinit(&l);
    ck_assert_int_eq(acquire_until(&l, il_never()), 0);
}
END_TEST

/* The thread that has it is as good as any other.  */

static void *acquire_twice(void *arg)
{
    ck_assert_int_eq(il_lock_acquire(arg), 0);
    return (void *)(intptr_t)il_lock_acquire(arg);
}

START_TEST(reacquire_blocks_until_another_thread_releases)
{
    struct object o;
    struct thread t;

    locking_begin(&o);
    thread_start(&t, acquire_twice, &o.lock);
    thread_await_parked(&t);
    ck_assert_int_eq(il_lock_release(&o.lock), 0);
    ck_assert_ptr_null(thread_join(&t));
    ck_assert(il_lock_locked(&o.lock));
    ck_assert_int_eq(il_lock_release(&o.lock), 0);
    assert_free(&o);
}
END_TEST

START_TEST(reacquire_in_vain_times_out_and_leaves_errno_alone)
{
    struct object o;

    locking_begin(&o);
    mark_errno();
    assert_call(il_lock_acquire(&o.lock), 0);
    assert_call(il_lock_try_acquire(&o.lock), EBUSY);
    for (int64_t ns = 0; ns < IL_MS(5); ns += IL_MS(1)) {
        int64_t start = test_now();
        mark_errno();
        assert_call(il_lock_acquire_until(&o.lock, il_after(ns)), ETIMEDOUT);
        ck_assert_int_ge(test_now() - start, ns);
    }
    ck_assert(il_lock_locked(&o.lock));
    ck_assert_int_eq(il_lock_release(&o.lock), 0);
    assert_free(&o);
}
END_TEST

static void acquire(struct object *o)
{
    ck_assert_int_eq(il_lock_acquire(&o->lock), 0);
}

static void release(struct object *o)
{
    ck_assert_int_eq(il_lock_release(&o->lock), 0);
}

START_TEST(different_thread_may_release)
{
    struct object o;

    locking_begin(&o);
    acquire(&o);
    elsewhere(release, &o);
    assert_free(&o);
    elsewhere(acquire, &o);
    release(&o);
    assert_free(&o);
}
END_TEST

static void wait_and_use(void *arg)
{
    struct object *o = arg;
    assert_no_heir_in_child(o);
    release(o);
    assert_free(o);
}

START_TEST(a_child_may_starve_for_its_copy_and_release_it)
{
    struct object o;
    struct visitor waiter;

    locking_begin(&o);
    acquire(&o);
    visitor_start_starving(&waiter, &o);
    child_run("wait_and_use", wait_and_use, &o);
    release(&o);
    visitor_leave(&waiter);
    assert_free(&o);
}
END_TEST

/* IL_WITH.  */

static bool return_from_nested_blocks(struct object *outer,
                                      struct object *inner)
{
    IL_WITH(&outer->lock) {
        IL_WITH(&inner->lock) {
            ck_assert(locked(outer) && locked(inner));
        }
        ck_assert(locked(outer));
        assert_free(inner);
        IL_WITH(&inner->lock)
            return locked(outer) && locked(inner);
    }
    return false;
}

START_TEST(with_nested_releases_each_at_its_end_and_all_by_return)
{
    struct object outer, inner;
    locking_begin(&outer);
    locking_begin(&inner);
    ck_assert(return_from_nested_blocks(&outer, &inner));
    assert_free(&outer);
    assert_free(&inner);
}
END_TEST

START_TEST(with_evaluates_its_lock_once)
{
    il_lock l[2] = {IL_LOCK_INIT, IL_LOCK_INIT};
    il_lock *next = l;

    IL_WITH(next++)
        ck_assert(il_lock_locked(&l[0]) && !il_lock_locked(&l[1]));
    ck_assert_ptr_eq(next, &l[1]);
    ck_assert(!il_lock_locked(&l[0]) && !il_lock_locked(&l[1]));
}
END_TEST

int main(void)
{
    suite_begin("lock");
    locking_add_tests(&locking);
    suite_add(the_initializer_makes_a_free_lock);
    suite_add(a_lock_has_at_most_eight_bytes);
    suite_add(every_call_is_an_exported_function);
    suite_add(reacquire_blocks_until_another_thread_releases);
    suite_add(reacquire_in_vain_times_out_and_leaves_errno_alone);
    suite_add(different_thread_may_release);
    suite_add(a_child_may_starve_for_its_copy_and_release_it);
    suite_add(with_nested_releases_each_at_its_end_and_all_by_return);
    suite_add(with_evaluates_its_lock_once);
    return suite_end();
}
