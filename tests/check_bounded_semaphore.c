/* check_bounded_semaphore.c -- il_bounded_semaphore keeps what
   bounded_semaphore.h promises.  What it shares with il_semaphore is in
   support/tokens.c.

   SPDX-License-Identifier: MIT */

#include <interlock.h>

#include "support/suite.h"
#include "support/thread.h"
#include "support/tokens.h"

TOKENS_CALLS(inlined, il_bounded_semaphore, bounded, INLINED);
TOKENS_CALLS(exported, il_bounded_semaphore, bounded, EXPORTED);

START_TEST(the_initializer_makes_what_init_makes)
{
    static const uint32_t values[] = {0, 5, IL_SEMAPHORE_MAX};
    static const il_bounded_semaphore made[] = {
        IL_BOUNDED_SEMAPHORE_INIT(0),
        IL_BOUNDED_SEMAPHORE_INIT(5),
        IL_BOUNDED_SEMAPHORE_INIT(IL_SEMAPHORE_MAX),
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        ck_assert_uint_eq(il_bounded_semaphore_value(&made[i]), values[i]);
        ck_assert_uint_eq(il_bounded_semaphore_bound(&made[i]), values[i]);
    }
}
END_TEST

START_TEST(the_bound_is_the_first_value_for_good)
{
    il_bounded_semaphore s;

    ck_assert_int_eq(il_bounded_semaphore_init(&s, 2, 0), 0);
    ck_assert_uint_eq(il_bounded_semaphore_bound(&s), 2);
    ck_assert_int_eq(il_bounded_semaphore_acquire(&s), 0);
    ck_assert_uint_eq(il_bounded_semaphore_bound(&s), 2);
    ck_assert_int_eq(il_bounded_semaphore_release(&s), 0);
    ck_assert_int_eq(il_bounded_semaphore_release(&s), EOVERFLOW);
    ck_assert_uint_eq(il_bounded_semaphore_bound(&s), 2);
}
END_TEST

START_TEST(the_bound_is_an_exported_function_too)
{
    uint32_t (*volatile bound)(const il_bounded_semaphore *) =
        il_bounded_semaphore_bound;
    il_bounded_semaphore s = IL_BOUNDED_SEMAPHORE_INIT(9);

    ck_assert_uint_eq(bound(&s), 9);
}
END_TEST

START_TEST(an_init_that_fails_leaves_the_bound)
{
    il_bounded_semaphore s = IL_BOUNDED_SEMAPHORE_INIT(3);

    ck_assert_int_eq(il_bounded_semaphore_init(&s, UINT32_MAX, 0), EINVAL);
    ck_assert_int_eq(il_bounded_semaphore_init(&s, 1, 1), EINVAL);
    ck_assert_uint_eq(il_bounded_semaphore_bound(&s), 3);
    ck_assert_uint_eq(il_bounded_semaphore_value(&s), 3);
}
END_TEST

START_TEST(a_release_past_the_bound_overflows)
{
    il_bounded_semaphore s = IL_BOUNDED_SEMAPHORE_INIT(1);

    ck_assert_int_eq(il_bounded_semaphore_release(&s), EOVERFLOW);
    ck_assert_uint_eq(il_bounded_semaphore_value(&s), 1);
    ck_assert_int_eq(il_bounded_semaphore_acquire(&s), 0);
    ck_assert_int_eq(il_bounded_semaphore_release(&s), 0);
    ck_assert_int_eq(il_bounded_semaphore_release(&s), EOVERFLOW);
    ck_assert_uint_eq(il_bounded_semaphore_value(&s), 1);
}
END_TEST

START_TEST(a_release_of_more_than_are_out_gives_none)
{
    static const uint32_t refused[] = {
        2,          3, IL_SEMAPHORE_MAX, IL_SEMAPHORE_MAX + 1, UINT32_MAX - 1,
        UINT32_MAX,
    };
    il_bounded_semaphore s = IL_BOUNDED_SEMAPHORE_INIT(2);

    ck_assert_int_eq(il_bounded_semaphore_acquire(&s), 0);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        ck_assert_int_eq(il_bounded_semaphore_release_n(&s, refused[i]),
                         EOVERFLOW);
        ck_assert_uint_eq(il_bounded_semaphore_value(&s), 1);
    }
    ck_assert_int_eq(il_bounded_semaphore_release_n(&s, 1), 0);
    ck_assert_uint_eq(il_bounded_semaphore_value(&s), 2);
}
END_TEST

START_TEST(a_release_of_zero_at_the_bound_is_invalid)
{
    il_bounded_semaphore s = IL_BOUNDED_SEMAPHORE_INIT(2);

    ck_assert_int_eq(il_bounded_semaphore_release_n(&s, 0), EINVAL);
    ck_assert_uint_eq(il_bounded_semaphore_value(&s), 2);
}
END_TEST

START_TEST(one_of_no_tokens_never_has_any)
{
    il_bounded_semaphore s = IL_BOUNDED_SEMAPHORE_INIT(0);

    ck_assert_int_eq(il_bounded_semaphore_release(&s), EOVERFLOW);
    ck_assert_int_eq(il_bounded_semaphore_release_n(&s, 1), EOVERFLOW);
    ck_assert_int_eq(il_bounded_semaphore_release_n(&s, UINT32_MAX), EOVERFLOW);
    ck_assert_int_eq(il_bounded_semaphore_release_n(&s, 0), EINVAL);
    ck_assert_int_eq(il_bounded_semaphore_try_acquire(&s), EBUSY);
    ck_assert_int_eq(il_bounded_semaphore_acquire_until(&s, il_after(IL_MS(1))),
                     ETIMEDOUT);
    ck_assert_uint_eq(il_bounded_semaphore_value(&s), 0);
}
END_TEST

START_TEST(with_blocks_nest)
{
    il_bounded_semaphore s = IL_BOUNDED_SEMAPHORE_INIT(2);

    IL_WITH(&s) {
        IL_WITH(&s) {
            ck_assert_int_eq(il_bounded_semaphore_try_acquire(&s), EBUSY);
        }
        ck_assert_uint_eq(il_bounded_semaphore_value(&s), 1);
    }
    ck_assert_uint_eq(il_bounded_semaphore_value(&s), 2);
}
END_TEST

enum { BOUND = 3, THREADS = 5, ROUNDS = 2000 };

struct tally {
    il_bounded_semaphore *s;
    int overflows;
    int wrong; /* answers, and values above the bound */
};

static void release_and_tally(struct tally *t)
{
    int r = il_bounded_semaphore_release(t->s);
    t->overflows += r == EOVERFLOW;
    t->wrong += r != 0 && r != EOVERFLOW;
    t->wrong += il_bounded_semaphore_value(t->s) > BOUND;
}

static void *take_one_give_two(void *arg)
{
    struct tally *t = arg;
    for (int i = 0; i < ROUNDS; i++) {
        t->wrong += il_bounded_semaphore_acquire(t->s) != 0;
        release_and_tally(t);
        release_and_tally(t);
    }
    return NULL;
}

/* No more tokens are ever out than threads have yet to release for: at the
   end none, so all that was given too much was refused.  */
START_TEST(of_concurrent_releases_the_surplus_overflows)
{
    il_bounded_semaphore s = IL_BOUNDED_SEMAPHORE_INIT(BOUND);
    struct thread threads[THREADS];
    struct tally tallies[THREADS];
    int overflows = 0;

    for (int i = 0; i < THREADS; i++)
        tallies[i] = (struct tally){.s = &s};
    thread_start_all(threads, THREADS, take_one_give_two, tallies,
                     sizeof *tallies);
    thread_join_all(threads, THREADS);
    for (int i = 0; i < THREADS; i++) {
        ck_assert_int_eq(tallies[i].wrong, 0);
        overflows += tallies[i].overflows;
    }
    ck_assert_int_eq(overflows, THREADS * ROUNDS);
    ck_assert_uint_eq(il_bounded_semaphore_value(&s), BOUND);
}
END_TEST

int main(void)
{
    suite_begin("bounded_semaphore");
    tokens_add_tests(&inlined, &exported);
    suite_add(the_initializer_makes_what_init_makes);
    suite_add(the_bound_is_the_first_value_for_good);
    suite_add(the_bound_is_an_exported_function_too);
    suite_add(an_init_that_fails_leaves_the_bound);
    suite_add(a_release_past_the_bound_overflows);
    suite_add(a_release_of_more_than_are_out_gives_none);
    suite_add(a_release_of_zero_at_the_bound_is_invalid);
    suite_add(one_of_no_tokens_never_has_any);
    suite_add(with_blocks_nest);
    suite_add(of_concurrent_releases_the_surplus_overflows);
    return suite_end();
}
