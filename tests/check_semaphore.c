/* check_semaphore.c -- il_semaphore keeps what semaphore.h promises.  What it
   shares with il_bounded_semaphore is in support/tokens.c.

   SPDX-License-Identifier: MIT */

#include <interlock.h>

#include "support/suite.h"
#include "support/tokens.h"

TOKENS_CALLS(inlined, il_semaphore, plain, INLINED);
TOKENS_CALLS(exported, il_semaphore, plain, EXPORTED);

START_TEST(the_initializer_makes_what_init_makes)
{
    static il_semaphore none = IL_SEMAPHORE_INIT(0);
    static il_semaphore one = IL_SEMAPHORE_INIT(1);
    static il_semaphore most = IL_SEMAPHORE_INIT(IL_SEMAPHORE_MAX);

    ck_assert_int_eq(il_semaphore_try_acquire(&none), EBUSY);
    ck_assert_int_eq(il_semaphore_try_acquire(&one), 0);
    ck_assert_int_eq(il_semaphore_try_acquire(&one), EBUSY);
    ck_assert_uint_eq(il_semaphore_value(&most), IL_SEMAPHORE_MAX);
    ck_assert_int_eq(il_semaphore_release(&most), EOVERFLOW);
}
END_TEST

START_TEST(release_gives_tokens_that_were_never_taken)
{
    il_semaphore s = IL_SEMAPHORE_INIT(1);

    ck_assert_int_eq(il_semaphore_release(&s), 0);
    ck_assert_int_eq(il_semaphore_release_n(&s, 5), 0);
    ck_assert_uint_eq(il_semaphore_value(&s), 7);
    for (int i = 0; i < 7; i++)
        ck_assert_int_eq(il_semaphore_acquire(&s), 0);
    ck_assert_int_eq(il_semaphore_try_acquire(&s), EBUSY);
}
END_TEST

START_TEST(release_fills_up_to_the_maximum_from_any_value)
{
    il_semaphore s = IL_SEMAPHORE_INIT(5);

    ck_assert_int_eq(il_semaphore_release_n(&s, IL_SEMAPHORE_MAX - 4),
                     EOVERFLOW);
    ck_assert_uint_eq(il_semaphore_value(&s), 5);
    ck_assert_int_eq(il_semaphore_release_n(&s, IL_SEMAPHORE_MAX - 6), 0);
    ck_assert_int_eq(il_semaphore_release(&s), 0);
    ck_assert_uint_eq(il_semaphore_value(&s), IL_SEMAPHORE_MAX);
    ck_assert_int_eq(il_semaphore_release(&s), EOVERFLOW);
}
END_TEST

START_TEST(with_blocks_nest)
{
    il_semaphore s = IL_SEMAPHORE_INIT(2);

    IL_WITH(&s) {
        IL_WITH(&s) {
            ck_assert_int_eq(il_semaphore_try_acquire(&s), EBUSY);
        }
        ck_assert_uint_eq(il_semaphore_value(&s), 1);
    }
    ck_assert_uint_eq(il_semaphore_value(&s), 2);
}
END_TEST

int main(void)
{
    suite_begin("semaphore");
    tokens_add_tests(&inlined, &exported);
    suite_add(the_initializer_makes_what_init_makes);
    suite_add(release_gives_tokens_that_were_never_taken);
    suite_add(release_fills_up_to_the_maximum_from_any_value);
    suite_add(with_blocks_nest);
    return suite_end();
}
