/* check_waiters.c -- the queue of waiting threads: waiters.h.

   SPDX-License-Identifier: MIT */

#include "fork.h"
#include "support/suite.h"
#include "support/thread.h"
#include "waiters.h"

enum { MANY = 5 };

/* A queue of MANY, entry[0] the oldest.  */
struct line {
    il__waiters queue;
    struct il__waiter entry[MANY];
};

static void line_up(struct line *l)
{
    l->queue = (il__waiters){0};
    for (int i = 0; i < MANY; i++)
        il__waiters_add(&l->queue, &l->entry[i]);
}

/* That a list from il__waiters_take is the entries whose indices `expected`
   names in order, a string of digits.  */
static void assert_list(const struct line *l, const struct il__waiter *list,
                        const char *expected)
{
    for (; *expected; expected++, list = list->next) {
        ck_assert_ptr_eq(list, &l->entry[*expected - '0']);
        ck_assert(!list->queued);
    }
    ck_assert_ptr_null(list);
}

static void assert_all(struct line *l, const char *expected)
{
    assert_list(l, il__waiters_take(&l->queue, UINT32_MAX), expected);
}

START_TEST(nothing_is_taken_from_all_zero_bytes)
{
    il__waiters q = {0};

    ck_assert_uint_eq(il__waiters_length(&q), 0);
    ck_assert_ptr_null(il__waiters_take(&q, 1));
}
END_TEST

START_TEST(the_oldest_come_first)
{
    struct line l;

    line_up(&l);
    assert_all(&l, "01234");
}
END_TEST

START_TEST(take_takes_as_many_as_told)
{
    struct line l;

    line_up(&l);
    assert_list(&l, il__waiters_take(&l.queue, 1), "0");
    assert_list(&l, il__waiters_take(&l.queue, 3), "123");
    assert_all(&l, "4");
    assert_all(&l, "");
}
END_TEST

START_TEST(take_0_takes_nobody)
{
    struct line l;

    line_up(&l);
    ck_assert_ptr_null(il__waiters_take(&l.queue, 0));
    assert_all(&l, "01234");
}
END_TEST

START_TEST(length_follows_every_change)
{
    struct line l;

    line_up(&l);
    ck_assert_uint_eq(il__waiters_length(&l.queue), MANY);
    il__waiters_remove(&l.queue, &l.entry[2]);
    ck_assert_uint_eq(il__waiters_length(&l.queue), MANY - 1);
    il__waiters_take(&l.queue, 3);
    ck_assert_uint_eq(il__waiters_length(&l.queue), MANY - 4);
    il__waiters_take(&l.queue, 3);
    ck_assert_uint_eq(il__waiters_length(&l.queue), 0);
}
END_TEST

START_TEST(an_entry_knows_whether_it_is_queued)
{
    struct line l;

    line_up(&l);
    ck_assert(l.entry[0].queued);
    il__waiters_remove(&l.queue, &l.entry[0]);
    ck_assert(!l.entry[0].queued);
    il__waiters_take(&l.queue, 1);
    ck_assert(!l.entry[1].queued);
    ck_assert(l.entry[2].queued);
}
END_TEST

START_TEST(the_front_is_removed)
{
    struct line l;

    line_up(&l);
    il__waiters_remove(&l.queue, &l.entry[0]);
    assert_all(&l, "1234");
}
END_TEST

START_TEST(the_middle_is_removed)
{
    struct line l;

    line_up(&l);
    il__waiters_remove(&l.queue, &l.entry[2]);
    il__waiters_remove(&l.queue, &l.entry[3]);
    assert_all(&l, "014");
}
END_TEST

START_TEST(the_back_is_removed)
{
    struct line l;

    line_up(&l);
    il__waiters_remove(&l.queue, &l.entry[4]);
    il__waiters_remove(&l.queue, &l.entry[3]);
    assert_all(&l, "012");
}
END_TEST

START_TEST(the_only_one_is_removed)
{
    il__waiters q = {0};
    struct il__waiter w;

    il__waiters_add(&q, &w);
    il__waiters_remove(&q, &w);
    ck_assert_uint_eq(il__waiters_length(&q), 0);
    ck_assert_ptr_null(il__waiters_take(&q, 1));
}
END_TEST

START_TEST(who_is_first_after_a_take_can_be_removed)
{
    struct line l;

    line_up(&l);
    il__waiters_take(&l.queue, 2);
    il__waiters_remove(&l.queue, &l.entry[2]);
    assert_all(&l, "34");
}
END_TEST

START_TEST(who_is_added_after_a_removal_is_the_youngest)
{
    struct line l;

    line_up(&l);
    il__waiters_remove(&l.queue, &l.entry[4]);
    il__waiters_remove(&l.queue, &l.entry[0]);
    il__waiters_add(&l.queue, &l.entry[0]);
    assert_all(&l, "1230");
}
END_TEST

START_TEST(a_queue_that_was_emptied_can_be_used_again)
{
    struct line l;

    line_up(&l);
    il__waiters_take(&l.queue, UINT32_MAX);
    il__waiters_add(&l.queue, &l.entry[3]);
    il__waiters_add(&l.queue, &l.entry[1]);
    assert_all(&l, "31");
}
END_TEST

START_TEST(after_a_fork_nobody_is_queued)
{
    struct line l;

    line_up(&l);
    il__fork_count++;
    ck_assert_uint_eq(il__waiters_length(&l.queue), 0);
    ck_assert_ptr_null(il__waiters_take(&l.queue, UINT32_MAX));
}
END_TEST

START_TEST(after_a_fork_only_newcomers_are_queued)
{
    struct line l;
    struct il__waiter *list;
    struct il__waiter w;

    line_up(&l);
    il__fork_count++;
    il__waiters_add(&l.queue, &w);
    ck_assert_uint_eq(il__waiters_length(&l.queue), 1);
    list = il__waiters_take(&l.queue, UINT32_MAX);
    ck_assert_ptr_eq(list, &w);
    ck_assert_ptr_null(list->next);
}
END_TEST

static void *await_verdict(void *arg)
{
    return (void *)(intptr_t)il__waiters_wait(arg, il_never());
}

/* What a thread's il__waiters_wait returned.  */
static int verdict_of(struct thread *t)
{
    return (int)(intptr_t)thread_join(t);
}

START_TEST(release_gives_each_of_a_list_its_verdict)
{
    struct line l;
    struct thread t[MANY];

    line_up(&l);
    thread_start_all(t, MANY, await_verdict, l.entry, sizeof *l.entry);
    thread_await_all_parked(t, MANY);
    il__waiters_release(il__waiters_take(&l.queue, 2), PASSED);
    ck_assert_int_eq(verdict_of(&t[0]), PASSED);
    ck_assert_int_eq(verdict_of(&t[1]), PASSED);
    thread_await_all_parked(&t[2], MANY - 2);
    il__waiters_release(il__waiters_take(&l.queue, UINT32_MAX), CANCELED);
    for (int i = 2; i < MANY; i++)
        ck_assert_int_eq(verdict_of(&t[i]), CANCELED);
}
END_TEST

START_TEST(nobody_is_released_by_an_empty_list)
{
    il__waiters_release(NULL, PASSED);
}
END_TEST

START_TEST(a_verdict_that_is_there_is_not_waited_for)
{
    il__waiters q = {0};
    struct il__waiter w;

    il__waiters_add(&q, &w);
    il__waiters_release(il__waiters_take(&q, 1), CANCELED);
    ck_assert_int_eq(il__waiters_wait(&w, il_never()), CANCELED);
    ck_assert_int_eq(il__waiters_wait(&w, il_after(0)), CANCELED);
}
END_TEST

START_TEST(a_wait_ends_without_a_verdict_not_before_its_deadline)
{
    il__waiters q = {0};
    struct il__waiter w;
    int64_t begin = test_now();

    il__waiters_add(&q, &w);
    ck_assert_int_eq(il__waiters_wait(&w, il_after(IL_MS(20))), WAITING);
    ck_assert_int_ge(test_now() - begin, IL_MS(20));
    ck_assert(w.queued);
}
END_TEST

static void *await_verdict_twice(void *arg)
{
    if (il__waiters_wait(arg, il_after(0)) != WAITING)
        return NULL;
    return await_verdict(arg);
}

START_TEST(a_wait_can_go_on_after_its_deadline)
{
    il__waiters q = {0};
    struct il__waiter w;
    struct thread t;

    il__waiters_add(&q, &w);
    thread_start(&t, await_verdict_twice, &w);
    thread_await_parked(&t);
    il__waiters_release(il__waiters_take(&q, 1), CANCELED);
    ck_assert_int_eq(verdict_of(&t), CANCELED);
}
END_TEST

int main(void)
{
    suite_begin("waiters");
    suite_add(nothing_is_taken_from_all_zero_bytes);
    suite_add(the_oldest_come_first);
    suite_add(take_takes_as_many_as_told);
    suite_add(take_0_takes_nobody);
    suite_add(length_follows_every_change);
    suite_add(an_entry_knows_whether_it_is_queued);
    suite_add(the_front_is_removed);
    suite_add(the_middle_is_removed);
    suite_add(the_back_is_removed);
    suite_add(the_only_one_is_removed);
    suite_add(who_is_first_after_a_take_can_be_removed);
    suite_add(who_is_added_after_a_removal_is_the_youngest);
    suite_add(a_queue_that_was_emptied_can_be_used_again);
    suite_add(after_a_fork_nobody_is_queued);
    suite_add(after_a_fork_only_newcomers_are_queued);
    suite_add(release_gives_each_of_a_list_its_verdict);
    suite_add(nobody_is_released_by_an_empty_list);
    suite_add(a_verdict_that_is_there_is_not_waited_for);
    suite_add(a_wait_ends_without_a_verdict_not_before_its_deadline);
    suite_add(a_wait_can_go_on_after_its_deadline);
    return suite_end();
}
