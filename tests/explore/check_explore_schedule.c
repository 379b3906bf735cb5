/* check_explore_schedule.c -- schedules as strings: explore/report/schedule.h.

   SPDX-License-Identifier: MIT */

#include "explore/report/schedule.h"
#include "support/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 64 };

static struct step steps[MOST];
static struct choice choices[MOST];
static struct trace trace;

static void take(int actor, unsigned chance)
{
    struct step *s = &steps[trace.length];

    *s = (struct step){.op = OP_WRITE,
                       .kind = KIND_MEMORY,
                       .actor = (uint8_t)actor,
                       .chance = (uint8_t)chance,
                       .chosen = true};
    choices[trace.length++] = (struct choice){(uint8_t)actor, (uint8_t)chance};
    trace.steps = steps;
}

static void begin(void)
{
    trace = (struct trace){0};
}

/* Fails unless the choices are written so, with a hash after it.  Returns the
   string.  */
static char *expect(const char *text)
{
    char *is = schedule_to_string(choices, trace.length, &trace);

    ck_assert_uint_eq(strlen(is), strlen(text) + strlen("#0000"));
    ck_assert_int_eq(strncmp(is, text, strlen(text)), 0);
    ck_assert_int_eq(is[strlen(text)], '#');
    return is;
}

/* Fails unless the string gives the choices back.  */
static void expect_back(const char *text)
{
    struct schedule s;

    ck_assert_ptr_null(schedule_parse(text, &s));
    ck_assert_uint_eq(s.length, trace.length);
    ck_assert_int_eq(memcmp(s.choices, choices, s.length * sizeof *choices), 0);
    ck_assert(s.has_hash);
    ck_assert_ptr_null(schedule_refusal(&s, &trace, -1));
    free(s.choices);
}

static void expect_round_trip(const char *text)
{
    char *string = expect(text);
    expect_back(string);
    free(string);
}

START_TEST(runs_are_counted)
{
    begin();
    take(1, CHANCE_GO);
    take(2, CHANCE_GO);
    take(2, CHANCE_GO);
    take(1, CHANCE_GO);
    expect_round_trip("A1.B2.A1");
}
END_TEST

START_TEST(chances_stand_alone)
{
    begin();
    take(1, CHANCE_TIME_OUT);
    take(1, CHANCE_TIME_OUT);
    take(1, CHANCE_GO);
    take(2, CHANCE_SPURIOUS);
    take(1, CHANCE_VALUE + 1);
    take(1, CHANCE_VALUE + 12);
    expect_round_trip("A!.A!.A1.B?.A=1.A=12");
}
END_TEST

/* M is main, so that the threads' letters skip it.  */
START_TEST(each_actor_has_a_letter)
{
    begin();
    for (int i = 0; i < ACTORS_MOST; i++)
        take(i, CHANCE_GO);
    expect_round_trip("M1.A1.B1.C1.D1.E1.F1.G1.H1.I1.J1.K1.L1.N1.O1.P1."
                      "m1.a1.b1.c1.d1.e1.f1.g1.h1.i1.j1.k1.l1.n1.o1.p1");
}
END_TEST

/* One step, M1, is the least.  */
START_TEST(one_step)
{
    begin();
    take(0, CHANCE_GO);
    expect_round_trip("M1");
}
END_TEST

/* What a person writes.  */
START_TEST(the_hash_may_be_left_out)
{
    struct schedule s;

    begin();
    take(1, CHANCE_GO);
    take(2, CHANCE_GO);
    ck_assert_ptr_null(schedule_parse("A.B=0", &s));
    ck_assert_uint_eq(s.length, 2);
    ck_assert(!s.has_hash);
    ck_assert_ptr_null(schedule_refusal(&s, &trace, -1));
    free(s.choices);
}
END_TEST

static const struct {
    const char *text, *sentence;
} bad[] = {
    {"", "\"\" is no schedule like A1.B2.A1#7f3c: at character 1, a thread "
         "should be there: A to P, or M for main"},
    {"A1..B1", "\"A1..B1\" is no schedule like A1.B2.A1#7f3c: at character 4, "
               "a thread should be there: A to P, or M for main"},
    {"A1.Q1", "\"A1.Q1\" is no schedule like A1.B2.A1#7f3c: at character 4, a "
              "thread should be there: A to P, or M for main"},
    {"A0", "\"A0\" is no schedule like A1.B2.A1#7f3c: at character 2, a number "
           "of steps is at least 1"},
    {"A99999999999999999999",
     "\"A99999999999999999999\" is no schedule like A1.B2.A1#7f3c: at "
     "character 2, so many steps has no execution"},
    {"A1B1", "\"A1B1\" is no schedule like A1.B2.A1#7f3c: at character 3, a "
             "dot should be there, or the end"},
    {"A=", "\"A=\" is no schedule like A1.B2.A1#7f3c: at character 3, after = "
           "comes a number"},
    {"A=254", "\"A=254\" is no schedule like A1.B2.A1#7f3c: at character 3, so "
              "many answers has no choice"},
    {"A1#7f3", "\"A1#7f3\" is no schedule like A1.B2.A1#7f3c: at character 4, "
               "after # come four hexadecimal digits"},
    {"A1#7f3cc", "\"A1#7f3cc\" is no schedule like A1.B2.A1#7f3c: at character "
                 "4, after # come four hexadecimal digits"},
    {"A1#7f3c.B1", "\"A1#7f3c.B1\" is no schedule like A1.B2.A1#7f3c: at "
                   "character 8, a dot should be there, or the end"},
};

START_TEST(bad_strings_are_refused_with_a_sentence)
{
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct schedule s;
        char *sentence = schedule_parse(bad[i].text, &s);

        ck_assert_ptr_nonnull(sentence);
        ck_assert_str_eq(sentence, bad[i].sentence);
        ck_assert_ptr_null(s.choices);
        ck_assert_uint_eq(s.length, 0);
        free(sentence);
    }
}
END_TEST

/* Returns the sentence on the string when the program does what *trace says. */
static char *refusal_of(const char *text, int64_t diverged)
{
    struct schedule s;
    char *sentence;

    ck_assert_ptr_null(schedule_parse(text, &s));
    sentence = schedule_refusal(&s, &trace, diverged);
    free(s.choices);
    return sentence;
}

START_TEST(a_changed_program_is_refused)
{
    char *before, *sentence, *expected = NULL;
    size_t size;
    FILE *out = open_memstream(&expected, &size);

    begin();
    take(1, CHANCE_GO);
    before = expect("A1");
    steps[0].op = OP_RMW; /* it has become atomic */
    sentence = refusal_of(before, -1);
    fprintf(out,
            "the program has changed since the schedule was written: its steps "
            "are others (%s, now ",
            strchr(before, '#'));
    free(before);
    before = expect("A1");
    fprintf(out, "%s)", strchr(before, '#'));
    fclose(out);
    ck_assert_ptr_nonnull(sentence);
    ck_assert_str_eq(sentence, expected);
    free(before);
    free(sentence);
    free(expected);
}
END_TEST

START_TEST(a_step_that_cannot_be_taken_is_named)
{
    char *sentence = refusal_of("A1.B2.A1#7f3c", 2);

    ck_assert_str_eq(sentence,
                     "the schedule does not fit the program: step 3 is of B, "
                     "which can't go on there; has the program changed since?");
    free(sentence);
    sentence = refusal_of("A1.B2.A1", 3);
    ck_assert_str_eq(sentence, "the schedule does not fit the program: step 4 "
                               "is of A, which can't go on there");
    free(sentence);
}
END_TEST

/* What was not chosen may come and go: it concerns nobody else.  Nor do
   addresses and lines count.  */
START_TEST(the_hash_is_of_what_was_chosen)
{
    char *before, *after;

    begin();
    take(1, CHANCE_GO);
    before = expect("A1");
    steps[0].pc = 1234;
    steps[0].object = steps;
    steps[trace.length++] = (struct step){.op = OP_EXIT, .actor = 1};
    after = schedule_to_string(choices, 1, &trace);
    ck_assert_str_eq(before, after);
    free(before);
    free(after);
}
END_TEST

int main(void)
{
    suite_begin("explore-schedule");
    suite_add(runs_are_counted);
    suite_add(chances_stand_alone);
    suite_add(each_actor_has_a_letter);
    suite_add(one_step);
    suite_add(the_hash_may_be_left_out);
    suite_add(bad_strings_are_refused_with_a_sentence);
    suite_add(a_changed_program_is_refused);
    suite_add(a_step_that_cannot_be_taken_is_named);
    suite_add(the_hash_is_of_what_was_chosen);
    return suite_end();
}
