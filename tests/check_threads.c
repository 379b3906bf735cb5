/* check_threads.c -- all primitives at once: threads that do one thing after
   the other at random, and what must be true when they are done.

   SPDX-License-Identifier: MIT */

#include "support/kinds.h"
#include "support/pace.h"
#include "support/require.h"
#include "support/suite.h"
#include "support/thread.h"

enum { THREADS = 4, PLACES = 2, PARTIES = 2 };

struct world {
    int64_t end;
    struct object exclusive[EXCLUSIONS];
    int64_t held[EXCLUSIONS]; /* how often, under what it counts */
    il_semaphore places;      /* PLACES of them */
    int inside;               /* who has one; atomic */
    il_event event;
    il_lock store;
    il_condition stocked; /* on store */
    int64_t stock;        /* under store */
    il_barrier barrier;
};

/* A thread, and what it has done.  */
struct actor {
    struct world *world;
    uint32_t seed;
    int64_t held[EXCLUSIONS];
    int64_t produced;
    int64_t consumed;
    int64_t passed;
};

/* A deadline that has passed, or is up to 0.1 ms away.  */
static il_deadline soon(struct actor *a)
{
    uint32_t random = random_next(&a->seed);
    return il_after(random % 4 == 0 ? 0 : random % 100000);
}

/* Acquires in one of the three ways.  */
static int acquire_somehow(struct actor *a, const struct exclusion *how,
                           struct object *o)
{
    switch (random_next(&a->seed) % 3) {
    case 0:
        return how->acquire(o);
    case 1:
        return how->try_acquire(o);
    default:
        return how->acquire_until(o, soon(a));
    }
}

static void exclude(struct actor *a)
{
    struct world *w = a->world;
    uint32_t i = random_next(&a->seed) % EXCLUSIONS;
    const struct exclusion *how = &exclusions[i];
    int answer = acquire_somehow(a, how, &w->exclusive[i]);

    require(answer == 0 || answer == EBUSY || answer == ETIMEDOUT);
    if (answer != 0)
        return;
    w->held[i]++;
    a->held[i]++;
    if (a->held[i] % 16 == 0)
        dawdle(&a->seed);
    require(how->release(&w->exclusive[i]) == 0);
}

static void take_a_place(struct actor *a)
{
    struct world *w = a->world;

    if (il_semaphore_acquire_until(&w->places, soon(a)) != 0)
        return;
    require(__atomic_add_fetch(&w->inside, 1, __ATOMIC_RELAXED) <= PLACES);
    dawdle(&a->seed);
    require(__atomic_sub_fetch(&w->inside, 1, __ATOMIC_RELAXED) >= 0);
    require(il_semaphore_release(&w->places) == 0);
}

static void flip_the_event(struct actor *a)
{
    if (random_next(&a->seed) % 2)
        il_event_set(&a->world->event);
    else
        il_event_clear(&a->world->event);
}

static void await_the_event(struct actor *a)
{
    int answer = il_event_wait_until(&a->world->event, soon(a));
    require(answer == 0 || answer == ETIMEDOUT);
}

static void produce(struct actor *a)
{
    struct world *w = a->world;
    int64_t n = random_next(&a->seed) % 3;

    require(il_condition_acquire(&w->stocked) == 0);
    w->stock += n;
    a->produced += n;
    require(il_condition_notify_n(&w->stocked, (uint32_t)n) == 0);
    require(il_condition_release(&w->stocked) == 0);
}

static bool in_stock(void *arg)
{
    const struct world *w = arg;
    return w->stock > 0;
}

static void consume(struct actor *a)
{
    struct world *w = a->world;

    require(il_condition_acquire(&w->stocked) == 0);
    if (il_condition_wait_for_until(&w->stocked, in_stock, w, soon(a)) == 0) {
        require(w->stock > 0);
        w->stock--;
        a->consumed++;
    }
    require(il_condition_release(&w->stocked) == 0);
}

static void come_to_the_barrier(struct actor *a)
{
    il_barrier *b = &a->world->barrier;
    uint32_t index = PARTIES;

    switch (il_barrier_wait_until(b, &index, soon(a))) {
    case 0:
        require(index < PARTIES);
        a->passed++;
        break;
    case ETIMEDOUT:
    case ECANCELED:
        require(index == PARTIES);
        require(il_barrier_reset(b) == 0);
        break;
    default:
        ck_abort_msg("another answer");
    }
}

static void *act(void *arg)
{
    static void (*const acts[])(struct actor *) = {
        exclude, take_a_place, flip_the_event,      await_the_event,
        produce, consume,      come_to_the_barrier,
    };
    struct actor *a = arg;
    sharpen_timers();
    while (test_now() < a->world->end)
        acts[random_next(&a->seed) % (sizeof acts / sizeof *acts)](a);
    return NULL;
}

static void world_init(struct world *w)
{
    *w = (struct world){
        .end = test_now() + IL_MS(300),
        .places = IL_SEMAPHORE_INIT(PLACES),
        .stocked = IL_CONDITION_INIT(&w->store),
        .barrier = IL_BARRIER_INIT(PARTIES),
    };
    for (int i = 0; i < EXCLUSIONS; i++)
        exclusions[i].init(&w->exclusive[i]);
}

/* That what each thread did adds up to what the world says.  */
static void check_sums(const struct world *w, const struct actor *a)
{
    struct actor sum = {.world = NULL};
    for (int i = 0; i < THREADS; i++) {
        for (int j = 0; j < EXCLUSIONS; j++)
            sum.held[j] += a[i].held[j];
        sum.produced += a[i].produced;
        sum.consumed += a[i].consumed;
        sum.passed += a[i].passed;
    }
    for (int j = 0; j < EXCLUSIONS; j++)
        ck_assert_int_eq(w->held[j], sum.held[j]);
    ck_assert_int_eq(w->stock, sum.produced - sum.consumed);
    ck_assert_int_eq(sum.passed % PARTIES, 0);
    ck_assert_int_gt(sum.produced, 0);
}

/* That nothing is held and nobody waits.  */
static void check_rest(struct world *w)
{
    for (int i = 0; i < EXCLUSIONS; i++) {
        ck_assert_int_eq(exclusions[i].try_acquire(&w->exclusive[i]), 0);
        ck_assert_int_eq(exclusions[i].release(&w->exclusive[i]), 0);
    }
    ck_assert_uint_eq(il_semaphore_value(&w->places), PLACES);
    ck_assert(!il_lock_locked(&w->store));
    ck_assert_uint_eq(il_condition_waiting(&w->stocked), 0);
    ck_assert_uint_eq(il_barrier_waiting(&w->barrier), 0);
}

START_TEST(what_was_done_adds_up)
{
    struct world w;
    struct actor a[THREADS];
    struct thread t[THREADS];

    world_init(&w);
    for (uint32_t i = 0; i < THREADS; i++)
        a[i] = (struct actor){.world = &w, .seed = 4711 + i};
    thread_start_all(t, THREADS, act, a, sizeof *a);
    thread_join_all(t, THREADS);
    check_sums(&w, a);
    check_rest(&w);
}
END_TEST

int main(void)
{
    suite_begin("threads");
    suite_add(what_was_done_adds_up);
    return suite_end();
}
