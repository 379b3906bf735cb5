/* ends.c -- a program that ends in the way that its argument says.

   SPDX-License-Identifier: MIT */

#include <interlock/explore.h>

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile int zero;
static int *volatile nowhere;
static int flag;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void end_right(void)
{
    puts("first\nlast");
}

static void end_status(void)
{
    exit(3);
}

static void end_exit_at_once(void)
{
    write(STDOUT_FILENO, "gone\n", 5);
    _exit(4);
}

static void end_abort(void)
{
    abort();
}

static void end_assert(void)
{
    assert(zero == 1);
}

static void end_explore_assert(void)
{
    il_explore_assert(zero == 1);
}

static void end_null(void)
{
    *nowhere = 1;
}

static void end_division(void)
{
    zero = 7 / zero;
}

static int deeper(int n)
{
    volatile char room[4096];

    room[0] = (char)n;
    return deeper(n + 1) + room[0];
}

static void end_overflow(void)
{
    deeper(0);
}

static void end_freed_twice(void)
{
    void *volatile p = malloc(10);

    free(p);
    free(p);
}

static void end_used_freed(void)
{
    int *volatile p = malloc(sizeof *p);

    free(p);
    *p = 1;
}

static void end_beyond(void)
{
    char *volatile p = malloc(10);

    p[10] = 1;
}

static void end_deadlock(void)
{
    pthread_mutex_lock(&lock);
    pthread_mutex_lock(&lock);
}

static void *yield_for_ever(void *unused)
{
    for (;;)
        sched_yield();
    return unused;
}

static void end_livelock(void)
{
    pthread_t t;

    pthread_create(&t, NULL, yield_for_ever, NULL);
    pthread_join(t, NULL);
}

static void end_stuck(void)
{
    for (;;)
        ;
}

static bool is_zero_one(void *unused)
{
    (void)unused;
    return zero == 1;
}

static void end_oracle(void)
{
    il_explore_oracle(is_zero_one, NULL);
}

static void say_last(void)
{
    puts("asked for last");
}

static void say_first(void)
{
    puts("asked for first");
}

static void end_at_exit(void)
{
    atexit(say_first);
    atexit(say_last);
}

static void end_choose(void)
{
    printf("%u\n", 3 * il_explore_choose(2) + il_explore_choose(3));
}

static void *say(void *unused)
{
    puts("heard");
    return unused;
}

/* Whether the thread comes first is a choice.  */
static void end_early(void)
{
    pthread_t t;

    pthread_create(&t, NULL, say, NULL);
}

static void *raise_flag(void *unused)
{
    flag = 1;
    return unused;
}

/* It waits for a write that nobody knows to be shared yet, and without a
   yield.  */
static void end_spin(void)
{
    pthread_t t;

    pthread_create(&t, NULL, raise_flag, NULL);
    while (!*(volatile int *)&flag)
        ;
    pthread_join(t, NULL);
}

/* ... with one: two of these must not keep the third from its turn.  */
static void *wait_politely(void *unused)
{
    while (!*(volatile int *)&flag)
        sched_yield();
    return unused;
}

static void end_polite(void)
{
    pthread_t t[3];

    pthread_create(&t[0], NULL, wait_politely, NULL);
    pthread_create(&t[1], NULL, wait_politely, NULL);
    pthread_create(&t[2], NULL, raise_flag, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
}

static const struct {
    const char *name;
    void (*end)(void);
} ends[] = {
    {"right", end_right},
    {"status", end_status},
    {"exit-at-once", end_exit_at_once},
    {"abort", end_abort},
    {"assert", end_assert},
    {"explore-assert", end_explore_assert},
    {"null", end_null},
    {"division", end_division},
    {"overflow", end_overflow},
    {"freed-twice", end_freed_twice},
    {"used-freed", end_used_freed},
    {"beyond", end_beyond},
    {"deadlock", end_deadlock},
    {"livelock", end_livelock},
    {"stuck", end_stuck},
    {"oracle", end_oracle},
    {"at-exit", end_at_exit},
    {"choose", end_choose},
    {"early", end_early},
    {"spin", end_spin},
    {"polite", end_polite},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (argc > 1 && !strcmp(argv[1], ends[i].name))
            ends[i].end();
    }
    return 0;
}
