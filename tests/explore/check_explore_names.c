/* check_explore_names.c -- this program's own names, as its files tell them:
   explore/names/load.h.

   SPDX-License-Identifier: MIT */

#include "explore/names/load.h"
#include "explore/names/named.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

/* As a program that is explored has it.  */
void il_explore_name(const void *at, size_t size, const char *name);

struct account {
    char lock[40];
    int balance;
    const char *owner;
    struct {
        short year, month;
    } opened;
};

static struct account accounts[2];
static int grid[3][2];
static unsigned char byte;
static double rate;
static _Bool done;
static _Atomic int counter;
static char letter;
static enum { CLOSED, OPEN = 5 } state;
static struct names names;
static char *text;

static void load(void)
{
    struct image image = load_image();

    load_symbols(&image, &names);
    load_types(&image, &names, NULL, 0);
}

static void end(void)
{
    names_free(&names);
}

static void expect_name(const void *at, size_t size, const char *name)
{
    size_t n;
    FILE *out = open_memstream(&text, &n);

    names_write(&names, at, size, out);
    fclose(out);
    ck_assert_str_eq(text, name);
    free(text);
}

static void expect_value(const void *at, size_t size, uint64_t value,
                         const char *word)
{
    size_t n;
    FILE *out = open_memstream(&text, &n);

    names_write_value(&names, at, size, value, out);
    fclose(out);
    ck_assert_str_eq(text, word);
    free(text);
}

START_TEST(static_variables_have_names)
{
    static int local;

    load();
    expect_name(&done, 1, "done");
    expect_name(&local, sizeof local, "local");
    expect_name(accounts, sizeof accounts, "accounts");
    local++;
    end();
}
END_TEST

START_TEST(parts_have_names)
{
    load();
    expect_name(&accounts[1].balance, 4, "accounts[1].balance");
    expect_name(&accounts[0].opened.month, 2, "accounts[0].opened.month");
    expect_name(&accounts[1], 0, "accounts[1].lock[0]");
    expect_name(&grid[2][1], 4, "grid[2][1]");
    expect_name((const char *)&grid[1][0] + 1, 4, "grid[1][0]+1");
    end();
}
END_TEST

START_TEST(values_are_shown_by_type)
{
    const double half = 0.5;
    uint64_t bits;

    load();
    memcpy(&bits, &half, sizeof bits);
    expect_value(&accounts[0].balance, 4, 0xffffffce, "-50");
    expect_value(&counter, 4, 0xffffffff, "-1");
    expect_value(&byte, 1, 200, "200");
    expect_value(&rate, 8, bits, "0.5");
    expect_value(&done, 1, 1, "true");
    expect_value(&letter, 1, 'x', "'x'");
    expect_value(&state, 4, OPEN, "OPEN");
    expect_value(&state, 4, CLOSED, "CLOSED");
    expect_value(&state, 4, 7, "7");
    expect_value(&accounts[0].owner, 8, 0, "NULL");
    expect_value(&accounts[0].owner, 8, (uintptr_t)&done, "&done");
    end();
}
END_TEST

/* The program's own names come first, and a name may change.  */
START_TEST(given_names_come_first)
{
    load();
    il_explore_name(&accounts[1].balance, 4, "Alice");
    il_explore_name(&accounts[1].balance, 4, "Bob");
    named_add(&names);
    named_add(&names);
    expect_name(&accounts[1].balance, 4, "Bob");
    expect_value(&accounts[1].balance, 4, 0xffffffce, "-50");
    expect_name(&accounts[0].balance, 4, "accounts[0].balance");
    end();
}
END_TEST

static void *body(void *argument)
{
    return argument;
}

START_TEST(functions_have_names)
{
    load();
    ck_assert_str_eq(names_function(&names, (uintptr_t)body), "body");
    end();
}
END_TEST

/* Each call is made, as the compiler does not know what it does.  */
static uintptr_t __attribute__((noinline)) here(void)
{
    __asm__ volatile("");
    return (uintptr_t)__builtin_return_address(0);
}

START_TEST(calls_have_lines)
{
    struct image image = load_image();
    uintptr_t pcs[] = {here(), 0, here()}; /* this line */
    const struct place *p;

    load_places(&image, &names, pcs, 3);
    p = names_place(&names, pcs[2]);
    ck_assert_uint_eq(names.n_places, 2);
    ck_assert_ptr_nonnull(p);
    ck_assert_str_eq(strrchr(p->file, '/'), "/check_explore_names.c");
    ck_assert_str_eq(names_line(&names, p),
                     "uintptr_t pcs[] = {here(), 0, here()}; /* this line */");
    ck_assert_ptr_eq(names_source(&names, p),
                     names_source(&names, names_place(&names, pcs[0])));
    end();
}
END_TEST

/* A program without symbols, or no program, is no failure.  */
START_TEST(what_is_not_there_is_left_out)
{
    struct image image = {.path = "/dev/null"};
    const uintptr_t pc = 0x1000;

    load_symbols(&image, &names);
    load_types(&image, &names, NULL, 0);
    load_places(&image, &names, &pc, 1);
    ck_assert_uint_eq(names.n_symbols, 0);
    ck_assert_ptr_null(names_source(&names, names_place(&names, pc)));
    end();
}
END_TEST

static void number(const void *at, enum kind kind)
{
    struct step step = {.kind = kind, .object = at, .size = 4};
    const struct trace t = {.steps = &step, .length = 1};

    names_number(&names, &t);
}

START_TEST(what_nobody_named_has_a_number)
{
    static const char memory[32];

    number(memory, KIND_MUTEX);
    number(memory + 8, KIND_MUTEX);
    number(memory, KIND_MUTEX);
    number(memory + 16, KIND_MEMORY);
    expect_name(memory, 0, "mutex 1");
    expect_name(memory + 8, 0, "mutex 2");
    expect_name(memory + 16, 4, "memory 1");
    end();
}
END_TEST

int main(void)
{
    suite_begin("explore-names");
    suite_add(static_variables_have_names);
    suite_add(parts_have_names);
    suite_add(values_are_shown_by_type);
    suite_add(given_names_come_first);
    suite_add(functions_have_names);
    suite_add(calls_have_lines);
    suite_add(what_is_not_there_is_left_out);
    suite_add(what_nobody_named_has_a_number);
    return suite_end();
}
