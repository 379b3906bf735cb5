/* check_judge.c -- data races, missing locks and deadlocks in traces that are
   written by hand: explore/judge/judge.h.

   SPDX-License-Identifier: MIT */

#include "explore/judge/judge.h"
#include "support/suite.h"

#include <errno.h>

enum { MAIN, A, B };

static int x, y[2];
static const char lock_1, lock_2, condition;

static struct step steps[64];
static struct trace trace;
static struct races races;

static void begin(void)
{
    trace = (struct trace){.steps = steps, .n_threads = 3};
    races_free(&races);
}

static struct step *add(int thread, enum op op)
{
    struct step *s = &steps[trace.length++];
    *s = (struct step){.op = op, .actor = (uint8_t)thread, .other = -1};
    s->pc = (uintptr_t)trace.length;
    return s;
}

static void touch(struct step *s, struct touch t)
{
    s->touch[s->touches++] = t;
}

static struct step *memory(int thread, enum op op, const int *at, bool writes)
{
    struct step *s = add(thread, op);
    s->kind = KIND_MEMORY;
    s->object = at;
    touch(s,
          (struct touch){(uintptr_t)at, sizeof *at, false, writes, false, 0});
    return s;
}

static void reads(int thread, const int *at)
{
    memory(thread, OP_READ, at, false);
}

static void writes(int thread, const int *at)
{
    memory(thread, OP_WRITE, at, true);
}

static void atomic(int thread, enum op op, const int *at, uint8_t order)
{
    struct step *s = memory(thread, op, at, op != OP_LOAD);
    s->touch[0].atomic = true;
    s->touch[0].order = order;
}

static void fence(int thread, uint8_t order)
{
    touch(add(thread, OP_FENCE), (struct touch){.order = order});
}

static struct step *object(int thread, enum op op, enum kind kind,
                           const char *at, uint8_t order)
{
    struct step *s = add(thread, op);
    s->kind = kind;
    s->object = at;
    touch(s, (struct touch){(uintptr_t)at, 1, true, true, false, order});
    return s;
}

static void acquire(int thread, const char *lock)
{
    object(thread, OP_ACQUIRE, KIND_LOCK, lock, ORDER_ACQUIRE);
}

static void release(int thread, const char *lock)
{
    object(thread, OP_RELEASE, KIND_LOCK, lock, ORDER_RELEASE);
}

/* The section of a lock with a write in it.  */
static void write_with(int thread, const char *lock)
{
    acquire(thread, lock);
    writes(thread, &x);
    release(thread, lock);
}

static struct step *notify(int thread, uint32_t waiting)
{
    struct step *s =
        object(thread, OP_NOTIFY, KIND_CONDITION, &condition, ORDER_RELEASE);
    s->count = waiting;
    return s;
}

static void wake(int thread)
{
    object(thread, OP_WAKE, KIND_CONDITION, &condition, ORDER_ACQUIRE);
}

static void with_thread(int thread, enum op op, int other)
{
    add(thread, op)->other = other;
}

/* The last step was not taken: its thread waits to.  */
static void blocked(void)
{
    trace.blocked[trace.n_blocked++] = steps[--trace.length];
}

#define assert_data_races(n) ck_assert_int_eq(judge_races(&trace, &races), (n))

START_TEST(two_writes_that_nothing_orders_are_a_data_race)
{
    begin();
    reads(A, &x);
    writes(A, &x);
    writes(B, &x);
    assert_data_races(2); /* with the read, and with the write */
    ck_assert_int_eq(races.n, 2);
    ck_assert_ptr_null(races.list[0].held_first[0]);
}
END_TEST

START_TEST(a_race_is_told_once)
{
    begin();
    writes(A, &x);
    writes(B, &x);
    assert_data_races(1);
    assert_data_races(0);
    ck_assert_int_eq(races.n, 1);
}
END_TEST

START_TEST(reads_and_other_bytes_do_not_race)
{
    begin();
    reads(A, &x);
    reads(B, &x);
    writes(A, &y[0]);
    writes(B, &y[1]);
    assert_data_races(0);
}
END_TEST

START_TEST(a_part_of_what_was_written_races)
{
    begin();
    writes(A, &x);
    reads(B, &x);
    steps[1].touch[0].at += 3;
    steps[1].touch[0].size = 1;
    assert_data_races(1);
}
END_TEST

START_TEST(a_lock_orders)
{
    begin();
    write_with(A, &lock_1);
    write_with(B, &lock_1);
    assert_data_races(0);
    ck_assert_int_eq(races.n, 0);
}
END_TEST

START_TEST(another_lock_does_not)
{
    begin();
    write_with(A, &lock_1);
    write_with(B, &lock_2);
    assert_data_races(1);
    ck_assert_ptr_eq(races.list[0].held_first[0], &lock_1);
    ck_assert_ptr_null(races.list[0].held_first[1]);
    ck_assert_ptr_eq(races.list[0].held_second[0], &lock_2);
}
END_TEST

START_TEST(an_order_by_chance_without_a_common_lock_is_told)
{
    begin();
    write_with(A, &lock_1);
    acquire(B, &lock_1);
    release(B, &lock_1);
    write_with(B, &lock_2);
    assert_data_races(0);
    ck_assert_int_eq(races.n, 1);
    ck_assert(races.list[0].is_ordered);
}
END_TEST

START_TEST(creation_and_join_order)
{
    begin();
    writes(MAIN, &x);
    with_thread(MAIN, OP_CREATE, A);
    writes(A, &x);
    with_thread(MAIN, OP_JOIN, A);
    writes(MAIN, &x);
    assert_data_races(0);
}
END_TEST

START_TEST(what_comes_after_creation_races)
{
    begin();
    with_thread(MAIN, OP_CREATE, A);
    writes(MAIN, &x);
    writes(A, &x);
    assert_data_races(1);
}
END_TEST

/* A writes x and stores y with `stored`; main does `between` to y, unless that
   is OP_READ; B loads y with `loaded` and reads x.  Returns the data races.  */
static int pass_on(uint8_t stored, enum op between, uint8_t loaded)
{
    begin();
    writes(A, &x);
    atomic(A, OP_STORE, y, stored);
    if (between != OP_READ)
        atomic(MAIN, between, y, ORDER_NONE);
    atomic(B, OP_LOAD, y, loaded);
    reads(B, &x);
    return judge_races(&trace, &races);
}

START_TEST(a_release_store_orders_for_who_acquires_it)
{
    ck_assert_int_eq(pass_on(ORDER_RELEASE, OP_READ, ORDER_ACQUIRE), 0);
    ck_assert_int_eq(pass_on(ORDER_NONE, OP_READ, ORDER_ACQUIRE), 1);
    ck_assert_int_eq(pass_on(ORDER_RELEASE, OP_READ, ORDER_NONE), 1);
}
END_TEST

START_TEST(a_read_modify_write_carries_it_on_and_a_store_does_not)
{
    ck_assert_int_eq(pass_on(ORDER_RELEASE, OP_RMW, ORDER_ACQUIRE), 0);
    ck_assert_int_eq(pass_on(ORDER_RELEASE, OP_STORE, ORDER_ACQUIRE), 1);
}
END_TEST

START_TEST(fences_make_relaxed_atomics_order)
{
    begin();
    writes(A, &x);
    fence(A, ORDER_RELEASE);
    atomic(A, OP_STORE, y, ORDER_NONE);
    atomic(B, OP_LOAD, y, ORDER_NONE);
    fence(B, ORDER_ACQUIRE);
    reads(B, &x);
    assert_data_races(0);
}
END_TEST

START_TEST(a_plain_read_of_an_atomic_races)
{
    begin();
    atomic(A, OP_STORE, y, ORDER_RELEASE);
    reads(B, y);
    assert_data_races(1);
}
END_TEST

START_TEST(a_wait_gives_up_its_lock)
{
    begin();
    acquire(A, &lock_1);
    touch(object(A, OP_WAIT, KIND_CONDITION, &condition, ORDER_RELEASE),
          (struct touch){(uintptr_t)&lock_1, 1, true, true, false,
                         ORDER_RELEASE});
    writes(A, &x);
    write_with(B, &lock_1);
    assert_data_races(1);
    ck_assert_ptr_null(races.list[0].held_first[0]);
}
END_TEST

START_TEST(two_locks_in_two_orders_are_a_cycle)
{
    struct deadlock d;

    begin();
    acquire(A, &lock_1);
    acquire(B, &lock_2);
    with_thread(MAIN, OP_JOIN, A);
    blocked();
    acquire(A, &lock_2);
    blocked();
    acquire(B, &lock_1);
    blocked();
    d = judge_deadlock(&trace);
    ck_assert_int_eq(d.n, 3);
    ck_assert_int_eq(d.cycle, 2);
    ck_assert_int_eq(d.waits[0].thread, A);
    ck_assert_int_eq(d.waits[0].holder, B);
    ck_assert_ptr_eq(d.waits[0].held_since, &steps[1]);
    ck_assert_int_eq(d.waits[1].thread, B);
    ck_assert_int_eq(d.waits[1].holder, A);
    ck_assert_int_eq(d.waits[2].thread, MAIN);
}
END_TEST

START_TEST(who_acquires_twice_is_a_cycle_of_its_own)
{
    struct deadlock d;

    begin();
    acquire(A, &lock_1);
    acquire(A, &lock_1);
    blocked();
    d = judge_deadlock(&trace);
    ck_assert_int_eq(d.cycle, 1);
    ck_assert_int_eq(d.waits[0].holder, A);
}
END_TEST

START_TEST(a_notify_that_nobody_got_is_named)
{
    struct deadlock d;

    begin();
    notify(A, 0);
    wake(B);
    blocked();
    d = judge_deadlock(&trace);
    ck_assert_int_eq(d.cycle, 0);
    ck_assert_int_eq(d.waits[0].holder, -1);
    ck_assert_ptr_eq(d.waits[0].lost, &steps[0]);
}
END_TEST

START_TEST(a_notify_that_somebody_got_is_not_lost)
{
    begin();
    notify(A, 1);
    wake(B);
    blocked();
    ck_assert_ptr_null(judge_deadlock(&trace).waits[0].lost);
}
END_TEST

START_TEST(what_another_thread_released_is_held_by_nobody)
{
    begin();
    acquire(A, &lock_1);
    release(B, &lock_1);
    acquire(B, &lock_1);
    blocked();
    ck_assert_int_eq(judge_deadlock(&trace).waits[0].holder, -1);
}
END_TEST

START_TEST(a_release_of_what_is_not_held_is_misuse)
{
    struct step s = {.op = OP_RELEASE, .result = EPERM};
    struct step time_out = {.op = OP_ACQUIRE, .result = ETIMEDOUT};

    ck_assert(judge_is_misuse(&s));
    s.result = 0;
    ck_assert(!judge_is_misuse(&s));
    ck_assert(!judge_is_misuse(&time_out));
}
END_TEST

int main(void)
{
    suite_begin("judge");
    suite_add(two_writes_that_nothing_orders_are_a_data_race);
    suite_add(a_race_is_told_once);
    suite_add(reads_and_other_bytes_do_not_race);
    suite_add(a_part_of_what_was_written_races);
    suite_add(a_lock_orders);
    suite_add(another_lock_does_not);
    suite_add(an_order_by_chance_without_a_common_lock_is_told);
    suite_add(creation_and_join_order);
    suite_add(what_comes_after_creation_races);
    suite_add(a_release_store_orders_for_who_acquires_it);
    suite_add(a_read_modify_write_carries_it_on_and_a_store_does_not);
    suite_add(fences_make_relaxed_atomics_order);
    suite_add(a_plain_read_of_an_atomic_races);
    suite_add(a_wait_gives_up_its_lock);
    suite_add(two_locks_in_two_orders_are_a_cycle);
    suite_add(who_acquires_twice_is_a_cycle_of_its_own);
    suite_add(a_notify_that_nobody_got_is_named);
    suite_add(a_notify_that_somebody_got_is_not_lost);
    suite_add(what_another_thread_released_is_held_by_nobody);
    suite_add(a_release_of_what_is_not_held_is_misuse);
    return suite_end();
}
