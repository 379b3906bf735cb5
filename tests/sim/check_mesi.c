/* check_mesi.c -- the caches, against the protocol's table.

   SPDX-License-Identifier: MIT */

#include "explore/simulate/mesi.h"

#include "support/suite.h"

enum { CORES = 8, SOCKETS = 2, WORD = 4096 };

static struct mesi *caches;
static struct mesi_line *line;

static void begin(void)
{
    caches = mesi_new(CORES, SOCKETS);
    line = mesi_line(caches, WORD);
}

static void end(void)
{
    mesi_free(caches);
}

static struct mesi_access reads(unsigned core)
{
    return mesi_access(caches, line, core, false);
}

static struct mesi_access writes(unsigned core)
{
    return mesi_access(caches, line, core, true);
}

static void ck_state(unsigned core, enum mesi_state expected)
{
    ck_assert_int_eq(mesi_state(line, core), expected);
}

START_TEST(bytes_of_64_are_one_line)
{
    begin();
    ck_assert_ptr_eq(mesi_line(caches, WORD + 63), line);
    ck_assert_ptr_ne(mesi_line(caches, WORD + 64), line);
    ck_assert_ptr_ne(mesi_line(caches, WORD - 1), line);
    end();
}
END_TEST

START_TEST(first_reader_has_it_exclusively_and_writes_for_nothing)
{
    begin();
    ck_assert_int_eq(reads(0).kind, MESI_MISS);
    ck_state(0, MESI_EXCLUSIVE);
    ck_assert_int_eq(writes(0).kind, MESI_HIT);
    ck_state(0, MESI_MODIFIED);
    ck_assert_int_eq(reads(0).kind, MESI_HIT);
    ck_state(0, MESI_MODIFIED);
    end();
}
END_TEST

START_TEST(second_reader_shares_what_was_modified)
{
    begin();
    writes(0);
    ck_assert_int_eq(reads(1).kind, MESI_MISS);
    ck_state(0, MESI_SHARED);
    ck_state(1, MESI_SHARED);
    ck_assert_uint_eq(reads(1).invalidated, 0);
    end();
}
END_TEST

START_TEST(upgrade_takes_the_other_copies_away)
{
    struct mesi_access a;

    begin();
    for (unsigned c = 0; c < CORES; c++)
        reads(c);
    a = writes(3);
    ck_assert_int_eq(a.kind, MESI_UPGRADE);
    ck_assert_uint_eq(a.invalidated, CORES - 1);
    ck_state(3, MESI_MODIFIED);
    for (unsigned c = 0; c < CORES; c++)
        if (c != 3)
            ck_state(c, MESI_INVALID);
    end();
}
END_TEST

START_TEST(writer_who_has_no_copy_misses)
{
    struct mesi_access a;

    begin();
    writes(0);
    a = writes(1);
    ck_assert_int_eq(a.kind, MESI_MISS);
    ck_assert_uint_eq(a.invalidated, 1);
    ck_state(0, MESI_INVALID);
    ck_state(1, MESI_MODIFIED);
    end();
}
END_TEST

START_TEST(line_that_nobody_has_invalidates_nothing)
{
    struct mesi_access a;

    begin();
    a = writes(0);
    ck_assert_int_eq(a.kind, MESI_MISS);
    ck_assert_uint_eq(a.invalidated, 0);
    ck_assert(!a.is_far);
    end();
}
END_TEST

/* The cores 0 to 3 are one socket, 4 to 7 the other.  */
START_TEST(reader_is_far_from_what_only_another_socket_has)
{
    begin();
    writes(0);
    ck_assert(!reads(3).is_far);
    ck_assert(reads(4).is_far);
    ck_assert(!reads(5).is_far);
    end();
}
END_TEST

START_TEST(writer_is_far_from_a_copy_that_has_to_go)
{
    begin();
    writes(0);
    ck_assert(!writes(1).is_far);
    reads(4);
    ck_assert(writes(1).is_far);
    ck_assert(writes(7).is_far);
    end();
}
END_TEST

START_TEST(core_127_has_a_place)
{
    struct mesi *large = mesi_new(MESI_CORES_MOST, 1);
    struct mesi_line *l = mesi_line(large, 0);
    struct mesi_access a;

    for (unsigned c = 0; c < MESI_CORES_MOST; c++)
        mesi_access(large, l, c, false);
    ck_assert_int_eq(mesi_state(l, MESI_CORES_MOST - 1), MESI_SHARED);
    a = mesi_access(large, l, MESI_CORES_MOST - 1, true);
    ck_assert_int_eq(a.kind, MESI_UPGRADE);
    ck_assert_uint_eq(a.invalidated, MESI_CORES_MOST - 1);
    mesi_free(large);
}
END_TEST

int main(void)
{
    suite_begin("mesi");
    suite_add(bytes_of_64_are_one_line);
    suite_add(first_reader_has_it_exclusively_and_writes_for_nothing);
    suite_add(second_reader_shares_what_was_modified);
    suite_add(upgrade_takes_the_other_copies_away);
    suite_add(writer_who_has_no_copy_misses);
    suite_add(line_that_nobody_has_invalidates_nothing);
    suite_add(reader_is_far_from_what_only_another_socket_has);
    suite_add(writer_is_far_from_a_copy_that_has_to_go);
    suite_add(core_127_has_a_place);
    return suite_end();
}
