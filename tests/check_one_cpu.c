/* check_one_cpu.c -- everything gets on with one processor, where a thread that
   spins keeps the one that it waits for from running.

   SPDX-License-Identifier: MIT */

#include "support/kinds.h"
#include "support/pace.h"
#include "support/require.h"
#include "support/suite.h"
#include "support/thread.h"

#include <sched.h>

enum { HOGS = 2, BALLS = 100, BALLS_AMID_HOGS = 5 };

/* Threads that want the processor all the time.  */
struct hogs {
    bool stop; /* atomic */
    struct thread t[HOGS];
};

static void *hog(void *arg)
{
    const struct hogs *h = arg;
    while (!__atomic_load_n(&h->stop, __ATOMIC_RELAXED))
        continue;
    return NULL;
}

static void hogs_start(struct hogs *h)
{
    h->stop = false;
    thread_start_all(h->t, HOGS, hog, h, 0);
}

static void hogs_end(struct hogs *h)
{
    __atomic_store_n(&h->stop, true, __ATOMIC_RELAXED);
    thread_join_all(h->t, HOGS);
}

/* Two players.  Each lets the other through one object after the other, which
   it has made itself, and waits for what the other made.  */
struct game {
    const struct wait *how;
    int balls;
    struct meeting meeting;
    struct object of[2][BALLS];
};

struct player {
    struct game *game;
    int number;
};

static void *play(void *arg)
{
    const struct player *p = arg;
    struct game *g = p->game;
    struct object *mine = g->of[p->number], *other = g->of[!p->number];

    for (int i = 0; i < g->balls; i++)
        g->how->block(&mine[i]);
    meet(&g->meeting);
    for (int i = 0; i < g->balls; i++) {
        if (p->number == 1)
            require(g->how->wait(&other[i]) == 0);
        require(g->how->let(&mine[i]) == 0);
        if (p->number == 0)
            require(g->how->wait(&other[i]) == 0);
    }
    return NULL;
}

static void ping_pong(int balls)
{
    static struct game game;

    for (int i = 0; i < WAITS; i++) {
        struct player players[2] = {{&game, 0}, {&game, 1}};
        struct thread t[2];
        if (!waits[i].remembers)
            continue;
        game.how = &waits[i];
        game.balls = balls;
        game.meeting = (struct meeting){.parties = 2};
        thread_start_all(t, 2, play, players, sizeof *players);
        thread_join_all(t, 2);
    }
}

START_TEST(two_threads_play_ping_pong)
{
    use_one_cpu();
    ping_pong(BALLS);
}
END_TEST

START_TEST(two_threads_play_ping_pong_amid_hogs)
{
    struct hogs h;

    use_one_cpu();
    hogs_start(&h);
    ping_pong(BALLS_AMID_HOGS);
    hogs_end(&h);
}
END_TEST

/* Threads that add to a number which only exclusion protects.  */
enum { ADDERS = 4 };

struct sum {
    const struct exclusion *how;
    struct object object;
    int turns; /* of each, at most */
    int64_t begin;
    int total;
};

/* Gives the processor away while the object is held, now and then.  Returns how
   many turns it had.  */
static void *add(void *arg)
{
    struct sum *s = arg;
    int i;
    for (i = 0; i < s->turns && !long_enough(s->begin); i++) {
        int total;
        require(s->how->acquire(&s->object) == 0);
        total = s->total;
        if (i % 8 == 0)
            sched_yield();
        s->total = total + 1;
        require(s->how->release(&s->object) == 0);
    }
    return (void *)(intptr_t)i;
}

static void add_up(int turns)
{
    for (int i = 0; i < EXCLUSIONS; i++) {
        struct sum s = {
            .how = &exclusions[i], .turns = turns, .begin = test_now()};
        struct thread t[ADDERS];
        int sum = 0;
        s.how->init(&s.object);
        thread_start_all(t, ADDERS, add, &s, 0);
        for (int j = 0; j < ADDERS; j++)
            sum += (int)(intptr_t)thread_join(&t[j]);
        ck_assert_int_eq(s.total, sum);
    }
}

START_TEST(threads_exclude_each_other)
{
    use_one_cpu();
    add_up(times(2000));
}
END_TEST

START_TEST(threads_exclude_each_other_amid_hogs)
{
    struct hogs h;

    use_one_cpu();
    hogs_start(&h);
    add_up(20);
    hogs_end(&h);
}
END_TEST

/* Threads that meet at a barrier, round after round.  */
struct round {
    il_barrier barrier;
    int64_t begin;
    int left; /* written by the action */
    bool done;
};

static int end_of_round(void *arg)
{
    struct round *r = arg;
    r->done = --r->left == 0 || long_enough(r->begin);
    return 0;
}

static void *go_round(void *arg)
{
    struct round *r = arg;
    do {
        require(il_barrier_wait(&r->barrier, NULL) == 0);
    } while (!r->done);
    return NULL;
}

/* The action writes `done` while all wait for it, and not again before each
   has looked and come back.  */
static void go_rounds(int rounds)
{
    enum { PARTIES = 3 };
    struct round r = {.left = rounds, .begin = test_now()};
    struct thread t[PARTIES];

    ck_assert_int_eq(il_barrier_init(&r.barrier, PARTIES, end_of_round, &r, 0),
                     0);
    thread_start_all(t, PARTIES, go_round, &r, 0);
    thread_join_all(t, PARTIES);
    ck_assert_int_lt(r.left, rounds);
}

START_TEST(a_barrier_passes_round_after_round)
{
    use_one_cpu();
    go_rounds(times(2000));
}
END_TEST

START_TEST(a_barrier_passes_round_after_round_amid_hogs)
{
    struct hogs h;

    use_one_cpu();
    hogs_start(&h);
    go_rounds(20);
    hogs_end(&h);
}
END_TEST

int main(void)
{
    suite_begin("one_cpu");
    suite_add(two_threads_play_ping_pong);
    suite_add(two_threads_play_ping_pong_amid_hogs);
    suite_add(threads_exclude_each_other);
    suite_add(threads_exclude_each_other_amid_hogs);
    suite_add(a_barrier_passes_round_after_round);
    suite_add(a_barrier_passes_round_after_round_amid_hogs);
    return suite_end();
}
