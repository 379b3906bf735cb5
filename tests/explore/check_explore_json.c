/* check_explore_json.c -- the report for programs, read by jansson:
   explore/report/report.h.

   SPDX-License-Identifier: MIT */

#include "explore/report/report.h"
#include "support/suite.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "made.h"

static struct made m;
static char *text;
static json_t *root;

static void print(void)
{
    size_t size;
    FILE *out = open_memstream(&text, &size);
    json_error_t error;

    report_json_as(out, &m.result, &m.names);
    fclose(out);
    root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(root, "line %d: %s in\n%s", error.line, error.text, text);
}

static void end(void)
{
    json_decref(root);
    made_free(&m);
    free(text);
}

static void expect_text(const json_t *object, const char *key,
                        const char *value)
{
    const char *is = json_string_value(json_object_get(object, key));

    ck_assert_msg(is, "%s is no string", key);
    ck_assert_str_eq(is, value);
}

static void expect_number(const json_t *object, const char *key, int value)
{
    const json_t *is = json_object_get(object, key);

    ck_assert_msg(json_is_integer(is), "%s is no number", key);
    ck_assert_int_eq(json_integer_value(is), value);
}

static const json_t *item(const json_t *object, const char *key, size_t i)
{
    const json_t *found = json_array_get(json_object_get(object, key), i);

    ck_assert_msg(found, "%s has not so many", key);
    return found;
}

START_TEST(all_is_there)
{
    const json_t *failure, *step;

    made_lost_update(&m);
    print();
    expect_text(root, "program", "01-lost-update");
    expect_text(root, "conclusion",
                "WRONG: 4 of all 6 schedules fail; 1 preemption is enough.");
    ck_assert_uint_eq(json_array_size(json_object_get(root, "levels")), 3);
    expect_text(item(root, "levels", 2), "guarantee", "all 6 schedules");
    expect_number(item(root, "levels", 1), "bound", 1);
    expect_number(item(root, "levels", 1), "failures", 2);
    expect_text(item(root, "outcomes", 1), "verdict", "wrong");
    expect_number(item(root, "outcomes", 1), "schedules", 2);
    failure = json_object_get(root, "failure");
    expect_text(failure, "replay", "A1.B2.A1#2c3b");
    expect_number(failure, "preemptions", 1);
    expect_text(item(failure, "threads", 1), "name", "withdraw");
    expect_text(item(failure, "threads", 1), "letter", "B");
    ck_assert_uint_eq(json_array_size(json_object_get(failure, "steps")), 4);
    expect_text(item(failure, "steps", 1), "preempts", "deposit");
    step = item(failure, "steps", 3);
    expect_text(step, "does", "balance = 150");
    expect_text(step, "note", "line 12 overwrote line 19's write");
    expect_number(step, "line", 12);
    ck_assert_str_eq(json_string_value(item(step, "state", 0)), "150");
    ck_assert(json_is_true(item(root, "needed", 0)));
    ck_assert(
        json_is_true(json_object_get(item(root, "races", 0), "data_race")));
    end();
}
END_TEST

START_TEST(without_a_failure_there_is_none)
{
    made_right(&m);
    print();
    ck_assert_ptr_null(json_object_get(root, "failure"));
    ck_assert_uint_eq(json_array_size(json_object_get(root, "races")), 0);
    end();
}
END_TEST

START_TEST(who_waits_is_told)
{
    made_lost_wakeup(&m);
    print();
    ck_assert_uint_eq(json_array_size(json_object_get(
                          json_object_get(root, "failure"), "blocked")),
                      1);
    end();
}
END_TEST

/* What a program prints need not be text.  */
START_TEST(any_bytes_are_a_string)
{
    static const char bytes[] = "a\"b\\c\n\x01 \xff \xc3\xa4 \xc0\xaf";

    made_lost_update(&m);
    m.result.outcomes[0].text = bytes;
    print();
    expect_text(item(root, "outcomes", 0), "text",
                "a\"b\\c\n\x01 \xef\xbf\xbd \xc3\xa4 \xef\xbf\xbd\xef\xbf\xbd");
    end();
}
END_TEST

int main(void)
{
    suite_begin("explore-json");
    suite_add(all_is_there);
    suite_add(without_a_failure_there_is_none);
    suite_add(who_waits_is_told);
    suite_add(any_bytes_are_a_string);
    return suite_end();
}
