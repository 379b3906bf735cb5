/* check_share.c -- which memory is shared: found by accesses that neither
   creation nor join has ordered.

   SPDX-License-Identifier: MIT */

#include "explore/engine/share.h"

#include "support/suite.h"

/* Threads; the first creates the others.  */
enum { MAIN, A, B };

static uint64_t words[1024];

static bool reads(int thread, const void *at)
{
    return share_access(thread, at, 4, false);
}

static bool writes(int thread, const void *at)
{
    return share_access(thread, at, 4, true);
}

static void begin(void)
{
    share_begin();
    share_created(MAIN, A);
    share_created(MAIN, B);
}

START_TEST(memory_of_one_thread_is_its_own)
{
    begin();
    ck_assert(!writes(A, words));
    ck_assert(!reads(A, words));
    ck_assert(!writes(A, words));
    ck_assert(!share_grew());
}
END_TEST

START_TEST(what_is_only_read_is_not_shared)
{
    begin();
    ck_assert(!reads(A, words));
    ck_assert(!reads(B, words));
    ck_assert(!share_grew());
}
END_TEST

START_TEST(a_write_and_an_access_of_another_share)
{
    begin();
    ck_assert(!writes(A, words));
    ck_assert(reads(B, words));
    ck_assert(share_grew());
    ck_assert(!share_grew());
    ck_assert(!reads(A, words + 1));
    ck_assert(writes(B, words + 1));
    ck_assert(share_grew());
}
END_TEST

START_TEST(what_is_shared_stays_so)
{
    begin();
    writes(A, words);
    writes(B, words);
    ck_assert(share_grew());
    begin();
    ck_assert(writes(A, words));
    ck_assert(reads(MAIN, words));
    ck_assert(!share_grew());
}
END_TEST

START_TEST(accesses_are_forgotten)
{
    begin();
    ck_assert(!writes(A, words));
    begin();
    ck_assert(!writes(B, words));
    ck_assert(!share_grew());
}
END_TEST

START_TEST(what_came_before_the_creation_is_not_shared)
{
    share_begin();
    ck_assert(!writes(MAIN, words));
    share_created(MAIN, A);
    ck_assert(!writes(A, words));
    ck_assert(writes(MAIN, words));
}
END_TEST

START_TEST(what_came_before_the_join_is_not_shared)
{
    begin();
    ck_assert(!writes(A, words));
    share_joined(MAIN, A);
    ck_assert(!writes(MAIN, words));
    ck_assert(writes(B, words));
}
END_TEST

/* A is over before B begins, although neither knows of the other.  */
START_TEST(a_join_orders_for_who_is_created_later)
{
    share_begin();
    share_created(MAIN, A);
    ck_assert(!writes(A, words));
    share_joined(MAIN, A);
    share_created(MAIN, B);
    ck_assert(!writes(B, words));
    ck_assert(!share_grew());
}
END_TEST

START_TEST(bytes_count_each)
{
    char *bytes = (char *)words;

    begin();
    ck_assert(!share_access(A, bytes, 1, true));
    ck_assert(!share_access(B, bytes + 1, 1, true));
    ck_assert(!share_grew());
    ck_assert(share_access(B, bytes, 2, false));
    ck_assert(!share_access(A, bytes + 2, 6, true));
    ck_assert(share_access(A, bytes + 1, 2, true));
}
END_TEST

START_TEST(a_range_is_shared_if_a_byte_of_it_is)
{
    begin();
    ck_assert(!share_access(A, words, sizeof words, true));
    ck_assert(share_access(B, words + 700, 1, false));
    ck_assert(share_access(A, words, sizeof words, false));
    ck_assert(!share_access(A, words, 700 * sizeof *words, false));
}
END_TEST

/* A later read of the same thread does not hide what it wrote.  */
START_TEST(a_read_does_not_hide_a_write)
{
    begin();
    ck_assert(!writes(MAIN, words));
    share_created(MAIN, B + 1);
    ck_assert(!reads(MAIN, words));
    ck_assert(reads(B, words));
}
END_TEST

START_TEST(to_free_is_to_write_what_others_have_accessed)
{
    begin();
    ck_assert(!share_free(A, words, sizeof words));
    ck_assert(!reads(B, words + 5));
    ck_assert(share_free(A, words, sizeof words));
    ck_assert(share_grew());
    ck_assert(reads(B, words + 5));
}
END_TEST

int main(void)
{
    suite_begin("share");
    suite_add(memory_of_one_thread_is_its_own);
    suite_add(what_is_only_read_is_not_shared);
    suite_add(a_write_and_an_access_of_another_share);
    suite_add(what_is_shared_stays_so);
    suite_add(accesses_are_forgotten);
    suite_add(what_came_before_the_creation_is_not_shared);
    suite_add(what_came_before_the_join_is_not_shared);
    suite_add(a_join_orders_for_who_is_created_later);
    suite_add(bytes_count_each);
    suite_add(a_range_is_shared_if_a_byte_of_it_is);
    suite_add(a_read_does_not_hide_a_write);
    suite_add(to_free_is_to_write_what_others_have_accessed);
    return suite_end();
}
