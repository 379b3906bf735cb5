/* check_rlock.c -- il_rlock keeps what rlock.h promises: of its owner and its
   depth.  What it shares with il_lock is in support/locking.h.

   SPDX-License-Identifier: MIT */

#include <interlock.h>

#include "owner.h"
#include "presence.h"
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

/* Its first thread keeps it, see lib/rlock.c.  */
static uint32_t at_rest(const struct object *o)
{
    return o->rlock.il_owner < IL__RLOCK_NUMBER ? 0 : IL__LOCK_HELD;
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
    .at_rest = at_rest,
    .within = within,
};

/* How an RLock stands (lib/rlock.c).  */

enum { DEPTH_MAX = 4194303, MANY = 5000 };

static uint64_t owner_of(const struct object *o)
{
    return __atomic_load_n(&o->rlock.il_owner, __ATOMIC_ACQUIRE);
}

static bool is_biased_to_me(const struct object *o)
{
    return owner_of(o) == il__thread_id;
}

static bool is_revoked(const struct object *o)
{
    return owner_of(o) > IL__RLOCK_NUMBER && (owner_of(o) & IL__RLOCK_SHARED);
}

/* Where the kernel refuses to fence for us (a sandbox, valgrind), nothing is
   ever biased.  */
static bool is_never_biased;

static bool is_anybody_present(const struct object *o)
{
    return __atomic_load_n(il__presence_of(&o->rlock), __ATOMIC_ACQUIRE)
           != IL__NOBODY;
}

/* Makes the lock's entry of il__presence IL__NOBODY: others have parked on
   what was at this address.  */
static void make_nobody_present(const struct object *o)
{
    for (int i = 0; i < MANY && is_anybody_present(o); i++)
        il__presence_unneeded(&o->rlock);
    is_never_biased = is_anybody_present(o);
}

/* Has *o, free and never used, biased to the caller, if that can be.  */
static void bias(struct object *o)
{
    make_nobody_present(o);
    for (int i = 0; i < MANY; i++) {
        ck_assert_int_eq(il_rlock_acquire(&o->rlock), 0);
        ck_assert_int_eq(il_rlock_release(&o->rlock), 0);
    }
    ck_assert(is_never_biased || is_biased_to_me(o));
}

static void acquire_and_release(struct object *o)
{
    ck_assert_int_eq(il_rlock_acquire(&o->rlock), 0);
    ck_assert_int_eq(il_rlock_release(&o->rlock), 0);
}

static void assert_shared(const struct object *o)
{
    ck_assert_uint_eq(owner_of(o), IL__RLOCK_SHARED);
}

static void share(struct object *o)
{
    acquire_and_release(o);
    elsewhere(acquire_and_release, o);
    assert_shared(o);
}

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

static void acquire_to_the_largest_depth(struct object *o)
{
    int answer = 0;
    while (answer == 0 && il_rlock_depth(&o->rlock) < DEPTH_MAX)
        answer = il_rlock_acquire(&o->rlock);
    ck_assert_int_eq(answer, 0);
}

static void find_the_largest_depth(struct object *o)
{
    il_rlock *r = &o->rlock;

    acquire_to_the_largest_depth(o);
    assert_mine(o, DEPTH_MAX);
    mark_errno();
    assert_call(il_rlock_acquire(r), EOVERFLOW);
    assert_call(il_rlock_try_acquire(r), EOVERFLOW);
    assert_call(il_rlock_acquire_until(r, il_never()), EOVERFLOW);
    assert_call(il_rlock_acquire_until(r, il_after(0)), EOVERFLOW);
    assert_mine(o, DEPTH_MAX);
    mark_errno();
    assert_call(il_rlock_release(r), 0);
    assert_mine(o, DEPTH_MAX - 1);
    mark_errno();
    assert_call(il_rlock_try_acquire(r), 0);
    assert_call(il_rlock_release(r), 0);
    assert_call(il_rlock_acquire_until(r, il_never()), 0);
    while (il_rlock_depth(r) > 0 && il_rlock_release(r) == 0)
        ;
    assert_free(o);
}

START_TEST(the_largest_depth_is_not_exceeded)
{
    struct object o;
    locking_begin(&o);
    find_the_largest_depth(&o);
    share(&o);
    find_the_largest_depth(&o);
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

static void acquire_by_the_last_number(struct object *o)
{
    acquire_times(o, 2);
    ck_assert_uint_eq(il__thread_id, -IL__RLOCK_NUMBER);
    assert_mine(o, 2);
    release_times(o, 2);
}

static void find_no_number(struct object *o)
{
    mark_errno();
    assert_call(il_rlock_acquire(&o->rlock), EOVERFLOW);
    assert_call(il_rlock_try_acquire(&o->rlock), EOVERFLOW);
    assert_call(il_rlock_acquire_until(&o->rlock, il_never()), EOVERFLOW);
    assert_call(il_rlock_release(&o->rlock), EPERM);
    ck_assert(has(o, 0));
    ck_assert(!locked(o));
}

/* As if a million million threads had had one.  */
START_TEST(no_number_is_given_twice)
{
    struct object o;
    uint64_t last;

    locking_begin(&o);
    acquire_times(&o, 1);
    release_times(&o, 1);
    last = il__owner_last;
    il__owner_last = -(2 * IL__RLOCK_NUMBER);
    elsewhere(acquire_by_the_last_number, &o);
    elsewhere(find_no_number, &o);
    elsewhere(find_no_number, &o);
    il__owner_last = last;
    assert_free(&o);
}
END_TEST

/* The bias.  */

START_TEST(a_lock_is_biased_to_who_acquires_it_often)
{
    struct object o;

    locking_begin(&o);
    bias(&o);
    assert_free(&o);
    for (uint32_t depth = 1; depth <= 3; depth++) {
        acquire_times(&o, 1);
        assert_mine(&o, depth);
    }
    elsewhere(first_query, &o);
    elsewhere(first_release, &o);
    release_times(&o, 3);
    ck_assert(is_never_biased || is_biased_to_me(&o));
    ck_assert_int_eq(il_rlock_release(&o.rlock), EPERM);
    assert_free(&o);
}
END_TEST

START_TEST(a_lock_becomes_biased_while_it_is_held)
{
    struct object o;

    locking_begin(&o);
    make_nobody_present(&o);
    for (uint32_t i = 0; i < MANY; i++)
        ck_assert_int_eq(il_rlock_acquire(&o.rlock), 0);
    ck_assert(is_never_biased || is_biased_to_me(&o));
    ck_assert(has(&o, MANY));
    for (uint32_t i = 0; i < MANY; i++)
        ck_assert_int_eq(il_rlock_release(&o.rlock), 0);
    assert_free(&o);
}
END_TEST

START_TEST(a_lock_that_another_thread_had_is_never_biased)
{
    struct object o;

    locking_begin(&o);
    share(&o);
    for (int i = 0; i < MANY; i++)
        acquire_and_release(&o);
    assert_shared(&o);
}
END_TEST

/* The second thread comes while the lock is free, by each of the calls.  */
static void assert_revoked_by(void (*action)(struct object *))
{
    struct object o;

    locking_begin(&o);
    acquire_and_release(&o);
    elsewhere(action, &o);
    assert_shared(&o);
    assert_free(&o);

    locking_begin(&o);
    bias(&o);
    elsewhere(action, &o);
    assert_shared(&o);
    assert_free(&o);
}

START_TEST(a_free_lock_is_had_by_who_comes_second)
{
    assert_revoked_by(first_acquire);
    assert_revoked_by(first_try_acquire);
    assert_revoked_by(first_acquire_until);
}
END_TEST

static void first_try_fails(struct object *o)
{
    ck_assert_int_eq(il_rlock_try_acquire(&o->rlock), EBUSY);
    ck_assert_int_eq(il_rlock_acquire_until(&o->rlock, il_after(0)), ETIMEDOUT);
}

START_TEST(a_try_that_fails_takes_no_bias_away)
{
    struct object o;

    locking_begin(&o);
    bias(&o);
    acquire_times(&o, 1);
    elsewhere(first_try_fails, &o);
    ck_assert(is_never_biased || is_biased_to_me(&o));
    release_times(&o, 1);
    assert_free(&o);
}
END_TEST

static void time_out(struct object *o)
{
    ck_assert_int_eq(il_rlock_acquire_until(&o->rlock, il_after(IL_MS(1))),
                     ETIMEDOUT);
    ck_assert(has(o, 0));
}

/* Has a second thread wait for *o in vain, unless it is so late that it only
   tries.  Returns whether it waited.  */
static bool revoke(struct object *o)
{
    elsewhere(time_out, o);
    return is_never_biased || is_revoked(o);
}

/* What the first thread does next after a second waited for it in vain.  */
static void begin_revoked(struct object *o, uint32_t depth)
{
    locking_begin(o);
    bias(o);
    acquire_times(o, depth);
    await(revoke(o));
    assert_mine(o, depth);
}

START_TEST(a_lock_whose_bias_was_revoked_in_vain_is_used_on)
{
    struct object o;

    begin_revoked(&o, 1);
    acquire_times(&o, 1);
    assert_mine(&o, 2);
    ck_assert(!is_revoked(&o));
    release_times(&o, 2);
    assert_shared(&o);
    begin_revoked(&o, 2);
    ck_assert_int_eq(il_rlock_release(&o.rlock), 0);
    assert_mine(&o, 1);
    elsewhere(first_try_fails, &o);
    release_times(&o, 1);
    assert_shared(&o);
    begin_revoked(&o, 2);
    elsewhere(time_out, &o);
    release_times(&o, 2);
    assert_free(&o);
}
END_TEST

START_TEST(the_largest_depth_is_that_of_a_revoked_lock_too)
{
    struct object o;

    locking_begin(&o);
    bias(&o);
    acquire_to_the_largest_depth(&o);
    elsewhere(time_out, &o);
    ck_assert_int_eq(il_rlock_acquire(&o.rlock), EOVERFLOW);
    ck_assert_int_eq(il_rlock_release(&o.rlock), 0);
    ck_assert_int_eq(il_rlock_acquire(&o.rlock), 0);
    ck_assert_int_eq(il_rlock_acquire(&o.rlock), EOVERFLOW);
    ck_assert(has(&o, DEPTH_MAX));
}
END_TEST

/* Waiters come while the first thread has it `depth` times.  */
static void let_through(uint32_t depth)
{
    enum { WAITERS = 3 };
    struct object o;
    struct visitor waiter[WAITERS];

    locking_begin(&o);
    bias(&o);
    acquire_times(&o, depth);
    for (int i = 0; i < WAITERS; i++) {
        visitor_start(&waiter[i], &o);
        thread_await_parked(&waiter[i].thread);
    }
    assert_mine(&o, depth);
    release_times(&o, depth);
    for (int i = 0; i < WAITERS; i++)
        __atomic_store_n(&waiter[i].leave, true, __ATOMIC_RELEASE);
    for (int i = 0; i < WAITERS; i++)
        visitor_leave(&waiter[i]);
    assert_shared(&o);
    assert_free(&o);
}

START_TEST(who_waits_for_a_biased_lock_gets_it)
{
    let_through(1);
    let_through(2);
    let_through(5);
}
END_TEST

/* The two halves of what the first thread may do late: its store into
   il_levels when it has not seen yet that another thread has taken the lock
   over, and the wake of who saw that store.  */
START_TEST(a_late_store_is_taken_back)
{
    struct object o;
    struct visitor other;

    locking_begin(&o);
    bias(&o);
    visitor_start(&other, &o);
    visitor_await_inside(&other);
    __atomic_store_n(&o.rlock.il_levels, 1, __ATOMIC_RELEASE);
    ck_assert(il_rlock_locked(&o.rlock));
    ck_assert(has(&o, 0));
    il__rlock_step_back(&o.rlock, 0);
    visitor_leave(&other);
    assert_free(&o);
}
END_TEST

START_TEST(who_saw_a_late_store_is_woken)
{
    struct object o;
    struct visitor waiter;

    locking_begin(&o);
    bias(&o);
    if (is_never_biased)
        return;
    __atomic_store_n(&o.rlock.il_levels, 1, __ATOMIC_RELEASE);
    visitor_start(&waiter, &o);
    thread_await_parked(&waiter.thread);
    ck_assert(is_revoked(&o));
    il__rlock_step_back(&o.rlock, 0);
    visitor_await_inside(&waiter);
    visitor_leave(&waiter);
    assert_free(&o);
}
END_TEST

/* The release that was at its store when another thread came: it has seen
   neither that thread nor the revocation.  */
START_TEST(a_release_that_sees_who_waits_too_late_wakes)
{
    struct object o;
    struct visitor waiter;

    locking_begin(&o);
    bias(&o);
    if (is_never_biased)
        return;
    acquire_times(&o, 1);
    visitor_start(&waiter, &o);
    thread_await_parked(&waiter.thread);
    ck_assert(is_anybody_present(&o));
    __atomic_store_n(&o.rlock.il_levels, 0, __ATOMIC_RELEASE);
    il__rlock_wake(&o.rlock);
    visitor_await_inside(&waiter);
    visitor_leave(&waiter);
    assert_free(&o);
}
END_TEST

/* Somebody is present, for this lock or another one.  */
START_TEST(a_release_with_others_present_gives_the_bias_up)
{
    struct object o;

    locking_begin(&o);
    bias(&o);
    acquire_times(&o, 2);
    il__presence_begin(&o.rlock);
    ck_assert_int_eq(il_rlock_release(&o.rlock), 0);
    assert_mine(&o, 1);
    release_times(&o, 1);
    il__presence_end(&o.rlock);
    assert_shared(&o);
    assert_free(&o);
}
END_TEST

START_TEST(nothing_is_biased_where_others_are_present)
{
    struct object o, another;

    locking_begin(&o);
    il__presence_begin(&o.rlock);
    for (int i = 0; i < MANY; i++)
        acquire_and_release(&o);
    assert_shared(&o);
    il__presence_end(&o.rlock);

    locking_begin(&another);
    make_nobody_present(&another);
    acquire_times(&another, 1);
    il__presence_begin(&another.rlock);
    for (int i = 0; i < MANY; i++)
        acquire_and_release(&another);
    il__presence_end(&another.rlock);
    assert_mine(&another, 1);
    release_times(&another, 1);
    assert_shared(&another);
}
END_TEST

static void bias_and_end(struct object *o)
{
    bias(o);
}

START_TEST(a_lock_biased_to_a_thread_that_has_ended_is_had)
{
    struct object o;
    locking_begin(&o);
    elsewhere(bias_and_end, &o);
    acquire_and_release(&o);
    assert_shared(&o);
    assert_free(&o);
}
END_TEST

/* Forked children.  */

static void have_what_is_biased_to_another(void *arg)
{
    acquire_and_release(arg);
    assert_free(arg);
}

static void use_own_bias(void *arg)
{
    struct object *o = arg;
    assert_mine(o, 2);
    release_times(o, 2);
    acquire_and_release(o);
    elsewhere(acquire_and_release, o);
    assert_free(o);
}

START_TEST(a_biased_lock_is_the_forking_threads_in_a_child)
{
    struct object o;
    locking_begin(&o);
    bias(&o);
    acquire_times(&o, 2);
    child_run("use_own_bias", use_own_bias, &o);
    release_times(&o, 2);
    locking_begin(&o);
    elsewhere(bias_and_end, &o);
    child_run("have_what_is_biased_to_another", have_what_is_biased_to_another,
              &o);
    begin_revoked(&o, 2);
    child_run("use_own_bias", use_own_bias, &o);
    release_times(&o, 2);
}
END_TEST

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
    acquire_to_the_largest_depth(&o);
    IL_WITH(&o.rlock)
        rounds++;
    ck_assert_int_eq(rounds, 0);
    assert_mine(&o, DEPTH_MAX);
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

/* A first thread that comes and goes, until it has been revoked, and others
   that come once it is likely to be biased, each to another lock.  */

enum { LOCKS = 200 };

struct crowd {
    il_rlock lock[LOCKS];
    int counts[LOCKS]; /* under the lock */
    uint32_t biased;   /* atomic; how many of them the first thread has used */
};

static void count(struct crowd *c, uint32_t i)
{
    il_rlock_acquire(&c->lock[i]);
    c->counts[i]++;
    il_rlock_release(&c->lock[i]);
}

static void *be_first(void *arg)
{
    struct crowd *c = arg;
    for (uint32_t i = 0; i < LOCKS; i++) {
        for (int n = 0; n < MANY; n++) {
            count(c, i);
            if (n == MANY / 2)
                __atomic_store_n(&c->biased, i + 1, __ATOMIC_RELEASE);
        }
    }
    return NULL;
}

static void *be_second(void *arg)
{
    struct crowd *c = arg;
    for (uint32_t i = 0; i < LOCKS; i++) {
        while (__atomic_load_n(&c->biased, __ATOMIC_ACQUIRE) <= i)
            sched_yield();
        for (int n = 0; n < 10; n++)
            count(c, i);
    }
    return NULL;
}

START_TEST(only_one_is_inside_while_a_bias_is_revoked)
{
    static struct crowd c;
    struct thread first, second[2];

    thread_start(&first, be_first, &c);
    thread_start_all(second, 2, be_second, &c, 0);
    thread_join(&first);
    thread_join(&second[0]);
    thread_join(&second[1]);
    for (int i = 0; i < LOCKS; i++) {
        ck_assert_int_eq(c.counts[i], MANY + 20);
        ck_assert_uint_eq(c.lock[i].il_owner, IL__RLOCK_SHARED);
    }
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
    suite_add(no_number_is_given_twice);
    suite_add(a_lock_is_biased_to_who_acquires_it_often);
    suite_add(a_lock_becomes_biased_while_it_is_held);
    suite_add(a_lock_that_another_thread_had_is_never_biased);
    suite_add(a_free_lock_is_had_by_who_comes_second);
    suite_add(a_try_that_fails_takes_no_bias_away);
    suite_add(a_lock_whose_bias_was_revoked_in_vain_is_used_on);
    suite_add(the_largest_depth_is_that_of_a_revoked_lock_too);
    suite_add(who_waits_for_a_biased_lock_gets_it);
    suite_add(a_late_store_is_taken_back);
    suite_add(who_saw_a_late_store_is_woken);
    suite_add(a_release_that_sees_who_waits_too_late_wakes);
    suite_add(a_release_with_others_present_gives_the_bias_up);
    suite_add(nothing_is_biased_where_others_are_present);
    suite_add(a_lock_biased_to_a_thread_that_has_ended_is_had);
    suite_add(a_biased_lock_is_the_forking_threads_in_a_child);
    suite_add(only_one_is_inside_while_a_bias_is_revoked);
    suite_add(who_forks_owns_the_childs_copy);
    suite_add(who_forks_owns_the_childs_copy_in_any_thread);
    suite_add(a_childs_new_threads_are_not_taken_for_the_owner);
    suite_add(a_childs_new_threads_are_not_taken_for_an_owner_of_the_parent);
    suite_add(with_nested_is_reentry);
    suite_add(with_skips_the_block_at_the_largest_depth);
    suite_add(nobody_else_ever_seems_to_be_the_owner);
    return suite_end();
}
