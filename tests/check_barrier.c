/* check_barrier.c -- il_barrier keeps what barrier.h promises.

   SPDX-License-Identifier: MIT */

#include <interlock.h>

#include "guard.h"
#include "support/child.h"
#include "support/handler.h"
#include "support/pace.h"
#include "support/require.h"
#include "support/suite.h"
#include "support/thread.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

_Static_assert(sizeof(il_barrier) <= 64, "a barrier is small");

enum {
    N = 5,           /* the parties of most tests */
    UNTOUCHED = 999, /* an index before the wait */
    MARK = 12345,    /* errno before a call that must not touch it */
    FAILURE = 77,    /* what a failing action returns */
};

/* Long enough that the time-out is met asleep, mostly.  */
#define SHORT IL_MS(30)

static void tell(bool *flag)
{
    __atomic_store_n(flag, true, __ATOMIC_RELEASE);
}

static bool told(const bool *flag)
{
    return __atomic_load_n(flag, __ATOMIC_ACQUIRE);
}

/* A thread that waits at a barrier once, and what it saw.  */
struct party {
    struct thread thread;
    il_barrier *b;
    il_deadline until;
    uint32_t index;
    int answer;
    bool kept_errno; /* errno was after the wait as before */
};

static void *arrive(void *arg)
{
    struct party *p = arg;
    errno = MARK;
    p->answer = il_barrier_wait_until(p->b, &p->index, p->until);
    p->kept_errno = errno == MARK;
    return NULL;
}

static void party_start(struct party *p, il_barrier *b, il_deadline until)
{
    *p = (struct party){.b = b, .until = until, .index = UNTOUCHED};
    thread_start(&p->thread, arrive, p);
}

/* Starts n parties without a deadline, one after the other; all are counted
   and parked.  */
static void parties_park(struct party *p, int n, il_barrier *b)
{
    for (int i = 0; i < n; i++) {
        uint32_t before = il_barrier_waiting(b);
        party_start(&p[i], b, il_never());
        await(il_barrier_waiting(b) == before + 1);
        thread_await_parked(&p[i].thread);
    }
}

static void parties_stay(const struct party *p, int n)
{
    ck_assert_uint_eq(il_barrier_waiting(p->b), (uint32_t)n);
    for (int i = 0; i < n; i++)
        thread_await_parked(&p[i].thread);
}

/* Waits until p has returned `answer`, and with it no index.  */
static void party_fails(struct party *p, int answer)
{
    thread_join(&p->thread);
    ck_assert_int_eq(p->answer, answer);
    ck_assert_uint_eq(p->index, UNTOUCHED);
    ck_assert(p->kept_errno);
}

static void parties_fail(struct party *p, int n, int answer)
{
    for (int i = 0; i < n; i++)
        party_fails(&p[i], answer);
}

/* Waits until n parties, who arrived in this order, have passed.  */
static void parties_pass(struct party *p, int n)
{
    for (int i = 0; i < n; i++) {
        thread_join(&p[i].thread);
        ck_assert_int_eq(p[i].answer, 0);
        ck_assert_uint_eq(p[i].index, (uint32_t)i);
        ck_assert(p[i].kept_errno);
    }
}

/* Checks that the caller, as the last of the parties, passes.  */
static void pass_last(il_barrier *b)
{
    uint32_t index = UNTOUCHED;
    ck_assert_int_eq(il_barrier_wait(b, &index), 0);
    ck_assert_uint_eq(index, il_barrier_parties(b) - 1);
}

/* Checks that all the parties, at most N, can pass *b, in a round of its
   own.  */
static void pass_round(il_barrier *b)
{
    struct party p[N];
    int others = (int)il_barrier_parties(b) - 1;

    parties_park(p, others, b);
    pass_last(b);
    parties_pass(p, others);
    ck_assert(!il_barrier_broken(b));
    ck_assert_uint_eq(il_barrier_waiting(b), 0);
}

/* Checks that *b is broken and lets nobody wait.  */
static void assert_broken(il_barrier *b)
{
    uint32_t index = UNTOUCHED;

    ck_assert(il_barrier_broken(b));
    ck_assert_uint_eq(il_barrier_waiting(b), 0);
    ck_assert_int_eq(il_barrier_wait(b, &index), ECANCELED);
    ck_assert_int_eq(il_barrier_wait_until(b, &index, il_after(0)), ECANCELED);
    ck_assert_int_eq(il_barrier_wait_until(b, NULL, il_never()), ECANCELED);
    ck_assert_uint_eq(index, UNTOUCHED);
    ck_assert(il_barrier_broken(b));
}

/* Checks that a reset makes the broken *b as new.  */
static void assert_mended_by_reset(il_barrier *b)
{
    assert_broken(b);
    ck_assert_int_eq(il_barrier_reset(b), 0);
    ck_assert(!il_barrier_broken(b));
    pass_round(b);
}

/* Making one.  */

START_TEST(a_barrier_has_its_parties_and_nobody_waiting)
{
    static il_barrier b[2] = {IL_BARRIER_INIT(3)};

    ck_assert_int_eq(il_barrier_init(&b[1], 3, NULL, NULL, 0), 0);
    for (int i = 0; i < 2; i++) {
        ck_assert_uint_eq(il_barrier_parties(&b[i]), 3);
        ck_assert_uint_eq(il_barrier_waiting(&b[i]), 0);
        ck_assert(!il_barrier_broken(&b[i]));
        pass_round(&b[i]);
    }
}
END_TEST

START_TEST(a_barrier_may_be_for_very_many)
{
    il_barrier b;

    ck_assert_int_eq(il_barrier_init(&b, UINT32_MAX, NULL, NULL, 0), 0);
    ck_assert_uint_eq(il_barrier_parties(&b), UINT32_MAX);
    ck_assert_int_eq(il_barrier_wait_until(&b, NULL, il_after(0)), ETIMEDOUT);
}
END_TEST

START_TEST(init_refuses_no_parties_and_unknown_flags)
{
    il_barrier b, before;

    memset(&b, 0x5a, sizeof b);
    before = b;
    ck_assert_int_eq(il_barrier_init(&b, 0, NULL, NULL, 0), EINVAL);
    ck_assert_int_eq(il_barrier_init(&b, N, NULL, NULL, 1), EINVAL);
    ck_assert_int_eq(il_barrier_init(&b, N, NULL, NULL, 1U << 31), EINVAL);
    ck_assert_mem_eq(&b, &before, sizeof b);
}
END_TEST

START_TEST(a_barrier_of_no_parties_lets_nobody_wait)
{
    il_barrier b = IL_BARRIER_INIT(0);
    uint32_t index = UNTOUCHED;

    ck_assert_int_eq(il_barrier_wait(&b, &index), EINVAL);
    ck_assert_int_eq(il_barrier_wait_until(&b, &index, il_never()), EINVAL);
    ck_assert_int_eq(il_barrier_wait_until(&b, NULL, il_after(0)), EINVAL);
    ck_assert_uint_eq(index, UNTOUCHED);
    ck_assert(!il_barrier_broken(&b));
}
END_TEST

/* Rounds.  */

START_TEST(the_last_party_lets_all_pass_in_order_of_arrival)
{
    il_barrier b = IL_BARRIER_INIT(N);
    struct party p[N - 1];

    for (int round = 0; round < 2; round++) {
        parties_park(p, N - 1, &b);
        parties_stay(p, N - 1);
        pass_last(&b);
        parties_pass(p, N - 1);
    }
}
END_TEST

START_TEST(waiting_counts_who_waits_for_the_round_to_fill)
{
    il_barrier b = IL_BARRIER_INIT(N);
    struct party p[N - 1];

    for (int i = 0; i < N - 1; i++) {
        ck_assert_uint_eq(il_barrier_waiting(&b), (uint32_t)i);
        parties_park(&p[i], 1, &b);
        ck_assert(!il_barrier_broken(&b));
        ck_assert_uint_eq(il_barrier_parties(&b), N);
    }
    pass_last(&b);
    ck_assert_uint_eq(il_barrier_waiting(&b), 0);
    for (int i = 0; i < N - 1; i++)
        thread_join(&p[i].thread);
}
END_TEST

static void *arrive_without_index(void *b)
{
    return (void *)(intptr_t)il_barrier_wait(b, NULL);
}

START_TEST(nobody_needs_to_ask_for_an_index)
{
    il_barrier b = IL_BARRIER_INIT(2);
    struct thread t;

    thread_start(&t, arrive_without_index, &b);
    thread_await_parked(&t);
    ck_assert_int_eq(il_barrier_wait_until(&b, NULL, il_never()), 0);
    ck_assert_ptr_null(thread_join(&t));
}
END_TEST

START_TEST(a_barrier_for_one_never_blocks)
{
    il_barrier b = IL_BARRIER_INIT(1);

    for (int i = 0; i < 3; i++) {
        uint32_t index = UNTOUCHED;
        pass_last(&b);
        ck_assert_int_eq(il_barrier_wait_until(&b, &index, il_after(0)), 0);
        ck_assert_uint_eq(index, 0);
    }
}
END_TEST

START_TEST(the_last_party_passes_whatever_its_deadline)
{
    il_barrier b = IL_BARRIER_INIT(2);
    struct party p;
    uint32_t index;

    parties_park(&p, 1, &b);
    ck_assert_int_eq(il_barrier_wait_until(&b, &index, il_after(0)), 0);
    ck_assert_uint_eq(index, 1);
    parties_pass(&p, 1);
}
END_TEST

/* The action.  */

/* What an action is to do, and what it saw.  */
struct action {
    il_barrier *b;
    void (*then)(il_barrier *); /* to be called by it, or NULL */
    int answer;
    bool blocks;  /* until told to go */
    bool running; /* atomic */
    bool go;      /* atomic */
    const struct party *parties;
    int others; /* how many of the parties it has to see parked */
    int calls;
    pthread_t caller;
    uint32_t waiting;
    bool broken;
};

static int act(void *arg)
{
    struct action *a = arg;
    a->calls++;
    a->caller = pthread_self();
    a->waiting = il_barrier_waiting(a->b);
    a->broken = il_barrier_broken(a->b);
    for (int i = 0; i < a->others; i++)
        thread_await_parked(&a->parties[i].thread);
    if (a->then)
        a->then(a->b);
    tell(&a->running);
    if (a->blocks)
        await(told(&a->go));
    return a->answer;
}

static void init_with_action(il_barrier *b, uint32_t parties, struct action *a)
{
    a->b = b;
    ck_assert_int_eq(il_barrier_init(b, parties, act, a, 0), 0);
}

START_TEST(the_last_party_runs_the_action_before_anybody_passes)
{
    il_barrier b;
    struct party p[N - 1];
    struct action a = {.parties = p, .others = N - 1};

    init_with_action(&b, N, &a);
    for (int round = 1; round <= 3; round++) {
        parties_park(p, N - 1, &b);
        ck_assert_int_eq(a.calls, round - 1);
        pass_last(&b);
        ck_assert_int_eq(a.calls, round);
        ck_assert(pthread_equal(a.caller, pthread_self()));
        parties_pass(p, N - 1);
    }
}
END_TEST

START_TEST(the_action_of_a_barrier_for_one_runs_at_each_wait)
{
    il_barrier b;
    struct action a = {.answer = 0};

    init_with_action(&b, 1, &a);
    for (int i = 1; i <= 3; i++) {
        pass_last(&b);
        ck_assert_int_eq(a.calls, i);
    }
}
END_TEST

START_TEST(the_action_sees_nobody_waiting)
{
    il_barrier b;
    struct party p[2];
    struct action a = {.waiting = UNTOUCHED, .broken = true};

    init_with_action(&b, 3, &a);
    parties_park(p, 2, &b);
    pass_last(&b);
    ck_assert_uint_eq(a.waiting, 0);
    ck_assert(!a.broken);
    parties_pass(p, 2);
}
END_TEST

/* Runs a round whose action returns `answer`.  */
static void fail_round(il_barrier *b, struct action *a, int answer)
{
    struct party p[N - 1];
    uint32_t index = UNTOUCHED;

    a->answer = answer;
    parties_park(p, N - 1, b);
    ck_assert_int_eq(il_barrier_wait(b, &index), answer);
    ck_assert_uint_eq(index, UNTOUCHED);
    parties_fail(p, N - 1, ECANCELED);
}

START_TEST(an_action_that_fails_breaks_the_barrier)
{
    il_barrier b;
    struct action a = {.answer = 0};

    init_with_action(&b, N, &a);
    fail_round(&b, &a, FAILURE);
    ck_assert_int_eq(a.calls, 1);
    a.answer = 0;
    assert_mended_by_reset(&b);
    ck_assert_int_eq(a.calls, 2);
}
END_TEST

START_TEST(an_action_may_return_any_number)
{
    const int answers[] = {-1, ETIMEDOUT, EINVAL, INT32_MIN};

    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        il_barrier b;
        struct action a = {.answer = 0};
        init_with_action(&b, N, &a);
        fail_round(&b, &a, answers[i]);
        assert_broken(&b);
    }
}
END_TEST

static void abort_it(il_barrier *b)
{
    ck_assert_int_eq(il_barrier_abort(b), 0);
    ck_assert(il_barrier_broken(b));
}

static void reset_it(il_barrier *b)
{
    ck_assert_int_eq(il_barrier_reset(b), 0);
    ck_assert(!il_barrier_broken(b));
}

static void abort_and_reset(il_barrier *b)
{
    abort_it(b);
    reset_it(b);
}

static void reset_and_abort(il_barrier *b)
{
    reset_it(b);
    abort_it(b);
}

/* Passes a round whose action does `then`, and checks whether the barrier is
   broken after it.  */
static void act_in_round(void (*then)(il_barrier *), bool broken)
{
    il_barrier b;
    struct party p[N - 1];
    struct action a = {.then = then};

    init_with_action(&b, N, &a);
    parties_park(p, N - 1, &b);
    pass_last(&b);
    parties_pass(p, N - 1);
    a.then = NULL;
    if (broken)
        assert_mended_by_reset(&b);
    else
        pass_round(&b);
}

START_TEST(an_action_may_break_the_barrier_for_the_next_round)
{
    act_in_round(abort_it, true);
    act_in_round(reset_and_abort, true);
}
END_TEST

START_TEST(an_action_may_reset_the_barrier)
{
    act_in_round(reset_it, false);
    act_in_round(abort_and_reset, false);
}
END_TEST

START_TEST(an_action_that_resets_and_fails_breaks_the_barrier)
{
    il_barrier b;
    struct action a = {.then = reset_it};

    init_with_action(&b, N, &a);
    fail_round(&b, &a, FAILURE);
    assert_broken(&b);
}
END_TEST

/* The gate: two parties whose action runs until it is told to go.  */

struct gated {
    il_barrier b;
    struct action action;
    struct party first;
    struct party last; /* who runs the action */
};

static void gate_close(struct gated *g, int answer)
{
    g->action = (struct action){.answer = answer, .blocks = true};
    init_with_action(&g->b, 2, &g->action);
    parties_park(&g->first, 1, &g->b);
    party_start(&g->last, &g->b, il_never());
    await(told(&g->action.running));
}

/* Lets the action return, and checks that its round passes.  */
static void gate_open(struct gated *g)
{
    struct party *p[] = {&g->first, &g->last};

    thread_await_parked(&g->first.thread);
    tell(&g->action.go);
    for (uint32_t i = 0; i < 2; i++) {
        thread_join(&p[i]->thread);
        ck_assert_int_eq(p[i]->answer, 0);
        ck_assert_uint_eq(p[i]->index, i);
    }
}

/* Starts a party that has to wait for the action.  */
static void newcomer_park(struct party *p, struct gated *g)
{
    party_start(p, &g->b, il_never());
    thread_await_parked(&p->thread);
    ck_assert_uint_eq(il_barrier_waiting(&g->b), 0);
}

/* Checks that p, who waited for the action, is now the first of a round.  */
static void newcomer_passes(struct party *p, struct gated *g)
{
    await(il_barrier_waiting(&g->b) == 1);
    thread_await_parked(&p->thread);
    pass_last(&g->b);
    parties_pass(p, 1);
}

START_TEST(who_comes_while_the_action_runs_is_of_the_next_round)
{
    struct gated g;
    struct party newcomer;

    gate_close(&g, 0);
    newcomer_park(&newcomer, &g);
    gate_open(&g);
    newcomer_passes(&newcomer, &g);
    ck_assert_int_eq(g.action.calls, 2);
}
END_TEST

START_TEST(all_who_come_while_the_action_runs_are_let_go_on)
{
    struct gated g;
    struct party p[4];
    uint32_t sum = 0;

    gate_close(&g, 0);
    for (int i = 0; i < 4; i++)
        newcomer_park(&p[i], &g);
    gate_open(&g);
    for (int i = 0; i < 4; i++) {
        thread_join(&p[i].thread);
        ck_assert_int_eq(p[i].answer, 0);
        sum += p[i].index;
    }
    ck_assert_uint_eq(sum, 2);
    ck_assert_int_eq(g.action.calls, 3);
}
END_TEST

START_TEST(a_deadline_that_passes_while_the_action_runs_breaks_the_barrier)
{
    struct gated g;
    struct party newcomer;
    int64_t begin = test_now();

    gate_close(&g, 0);
    party_start(&newcomer, &g.b, il_after(SHORT));
    party_fails(&newcomer, ETIMEDOUT);
    ck_assert_int_ge(test_now() - begin, SHORT);
    assert_broken(&g.b);
    gate_open(&g);
    assert_mended_by_reset(&g.b);
}
END_TEST

START_TEST(a_passed_deadline_while_the_action_runs_breaks_the_barrier)
{
    struct gated g;
    uint32_t index = UNTOUCHED;

    gate_close(&g, 0);
    ck_assert_int_eq(il_barrier_wait_until(&g.b, &index, il_after(0)),
                     ETIMEDOUT);
    ck_assert_uint_eq(index, UNTOUCHED);
    assert_broken(&g.b);
    gate_open(&g);
}
END_TEST

START_TEST(a_barrier_for_one_runs_one_action_at_a_time)
{
    il_barrier b;
    struct action a = {.blocks = true};
    struct party p;

    init_with_action(&b, 1, &a);
    party_start(&p, &b, il_never());
    await(told(&a.running));
    ck_assert_int_eq(il_barrier_wait_until(&b, NULL, il_after(0)), ETIMEDOUT);
    tell(&a.go);
    parties_pass(&p, 1);
    ck_assert_int_eq(a.calls, 1);
    assert_mended_by_reset(&b);
}
END_TEST

/* Cancels, while an action runs, the round of another party that waits for its
   end: that one is refused at once, and the round of the action passes all the
   same.  */
static void cancel_at_gate(struct gated *g, void (*cancel)(il_barrier *))
{
    struct party newcomer;

    gate_close(g, 0);
    newcomer_park(&newcomer, g);
    cancel(&g->b);
    party_fails(&newcomer, ECANCELED);
    ck_assert(!thread_is_done(&g->last.thread));
    gate_open(g);
}

static void time_out(il_barrier *b)
{
    ck_assert_int_eq(il_barrier_wait_until(b, NULL, il_after(0)), ETIMEDOUT);
    ck_assert(il_barrier_broken(b));
}

START_TEST(a_barrier_broken_while_the_action_runs_refuses_who_waits_for_it)
{
    void (*const ways[])(il_barrier *) = {abort_it, time_out, reset_and_abort};

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct gated g;
        cancel_at_gate(&g, ways[i]);
        assert_mended_by_reset(&g.b);
    }
}
END_TEST

START_TEST(a_reset_while_the_action_runs_refuses_who_waits_for_it)
{
    struct gated g;

    cancel_at_gate(&g, reset_it);
    pass_round(&g.b);
    cancel_at_gate(&g, abort_and_reset);
    pass_round(&g.b);
}
END_TEST

static void *wait_by_default(void *arg)
{
    return (void *)(intptr_t)il_barrier_wait(arg, NULL);
}

START_TEST(the_default_timeout_does_not_count_the_action)
{
    struct gated g;
    struct thread newcomer;
    int64_t begin = test_now();

    gate_close(&g, 0);
    ck_assert_int_eq(il_barrier_set_timeout(&g.b, SHORT), 0);
    thread_start(&newcomer, wait_by_default, &g.b);
    thread_await_parked(&newcomer);
    await(test_now() - begin > 3 * SHORT);
    thread_await_parked(&newcomer);
    ck_assert(!il_barrier_broken(&g.b));
    gate_open(&g);
    ck_assert_int_eq((int)(intptr_t)thread_join(&newcomer), ETIMEDOUT);
}
END_TEST

START_TEST(an_action_that_fails_refuses_who_waited_for_it)
{
    struct gated g;
    struct party newcomer;

    gate_close(&g, FAILURE);
    newcomer_park(&newcomer, &g);
    tell(&g.action.go);
    party_fails(&newcomer, ECANCELED);
    party_fails(&g.first, ECANCELED);
    party_fails(&g.last, FAILURE);
    assert_broken(&g.b);
}
END_TEST

/* Breaking and resetting a round that fills.  */

START_TEST(abort_cancels_who_waits_and_who_comes)
{
    il_barrier b = IL_BARRIER_INIT(N);
    struct party p[N - 1];

    parties_park(p, N - 1, &b);
    ck_assert_int_eq(il_barrier_abort(&b), 0);
    parties_fail(p, N - 1, ECANCELED);
    assert_mended_by_reset(&b);
}
END_TEST

START_TEST(abort_breaks_a_barrier_that_nobody_waits_at)
{
    il_barrier b = IL_BARRIER_INIT(N);

    ck_assert_int_eq(il_barrier_abort(&b), 0);
    ck_assert_int_eq(il_barrier_abort(&b), 0);
    assert_mended_by_reset(&b);
}
END_TEST

START_TEST(abort_breaks_a_barrier_for_one)
{
    il_barrier b = IL_BARRIER_INIT(1);

    ck_assert_int_eq(il_barrier_abort(&b), 0);
    assert_mended_by_reset(&b);
}
END_TEST

START_TEST(reset_cancels_who_waits_and_breaks_nothing)
{
    il_barrier b = IL_BARRIER_INIT(N);
    struct party p[N - 1];

    parties_park(p, N / 2, &b);
    ck_assert_int_eq(il_barrier_reset(&b), 0);
    ck_assert(!il_barrier_broken(&b));
    ck_assert_uint_eq(il_barrier_waiting(&b), 0);
    parties_fail(p, N / 2, ECANCELED);
    pass_round(&b);
}
END_TEST

START_TEST(reset_of_a_barrier_as_new_changes_nothing)
{
    il_barrier b = IL_BARRIER_INIT(N);

    ck_assert_int_eq(il_barrier_reset(&b), 0);
    ck_assert_int_eq(il_barrier_reset(&b), 0);
    pass_round(&b);
}
END_TEST

/* The parties resynchronize at a second barrier, whose last party resets the
   first; Python's BarrierTests.test_abort_and_reset.  */
struct resync {
    il_barrier b;
    il_barrier second;
    int passed;    /* atomic */
    int cancelled; /* atomic */
    int again;     /* atomic */
};

static int reset_first(void *arg)
{
    struct resync *s = arg;
    return il_barrier_reset(&s->b);
}

static void *abort_and_resync(void *arg)
{
    struct resync *s = arg;
    uint32_t index;
    int r;

    require(il_barrier_wait(&s->second, &index) == 0);
    if (index == N / 2)
        r = il_barrier_abort(&s->b) ? -1 : ECANCELED;
    else
        r = il_barrier_wait(&s->b, NULL);
    require(r == 0 || r == ECANCELED);
    __atomic_fetch_add(r ? &s->cancelled : &s->passed, 1, __ATOMIC_RELAXED);
    require(il_barrier_wait(&s->second, NULL) == 0);
    require(il_barrier_wait(&s->b, NULL) == 0);
    __atomic_fetch_add(&s->again, 1, __ATOMIC_RELAXED);
    return NULL;
}

START_TEST(parties_of_a_broken_barrier_may_meet_again)
{
    struct resync s = {.b = IL_BARRIER_INIT(N)};
    struct thread t[N];

    ck_assert_int_eq(il_barrier_init(&s.second, N, reset_first, &s, 0), 0);
    thread_start_all(t, N, abort_and_resync, &s, 0);
    thread_join_all(t, N);
    ck_assert_int_eq(s.passed, 0);
    ck_assert_int_eq(s.cancelled, N);
    ck_assert_int_eq(s.again, N);
}
END_TEST

/* Deadlines.  */

START_TEST(a_party_that_times_out_breaks_the_barrier)
{
    il_barrier b = IL_BARRIER_INIT(N);
    struct party p[N - 2], late;
    int64_t begin = test_now();

    parties_park(p, N - 2, &b);
    party_start(&late, &b, il_after(SHORT));
    party_fails(&late, ETIMEDOUT);
    ck_assert_int_ge(test_now() - begin, SHORT);
    parties_fail(p, N - 2, ECANCELED);
    assert_mended_by_reset(&b);
}
END_TEST

START_TEST(the_first_party_times_out_and_the_others_are_cancelled)
{
    il_barrier b = IL_BARRIER_INIT(N);
    struct party first, p[N - 2];

    party_start(&first, &b, il_after(2 * SHORT));
    for (int i = 0; i < N - 2; i++)
        party_start(&p[i], &b, il_never());
    party_fails(&first, ETIMEDOUT);
    parties_fail(p, N - 2, ECANCELED);
    assert_mended_by_reset(&b);
}
END_TEST

START_TEST(a_passed_deadline_with_parties_missing_breaks_the_barrier_at_once)
{
    const il_deadline passed[] = {{0}, {-1}, {INT64_MIN}, il_after(0)};

    for (size_t i = 0; i < sizeof passed / sizeof *passed; i++) {
        il_barrier b = IL_BARRIER_INIT(N);
        struct party p[2];
        uint32_t index = UNTOUCHED;
        parties_park(p, 2, &b);
        ck_assert_int_eq(il_barrier_wait_until(&b, &index, passed[i]),
                         ETIMEDOUT);
        ck_assert_uint_eq(index, UNTOUCHED);
        parties_fail(p, 2, ECANCELED);
        assert_broken(&b);
    }
}
END_TEST

START_TEST(wait_has_the_time_limit_of_its_barrier)
{
    il_barrier b = IL_BARRIER_INIT(N);
    uint32_t index = UNTOUCHED;
    int64_t begin;

    ck_assert_int_eq(il_barrier_set_timeout(&b, SHORT), 0);
    begin = test_now();
    ck_assert_int_eq(il_barrier_wait(&b, &index), ETIMEDOUT);
    ck_assert_int_ge(test_now() - begin, SHORT);
    ck_assert_uint_eq(index, UNTOUCHED);
    ck_assert(il_barrier_broken(&b));
    ck_assert_int_eq(il_barrier_wait(&b, &index), ECANCELED);
}
END_TEST

START_TEST(a_time_limit_of_zero_lets_only_the_last_party_pass)
{
    il_barrier one = IL_BARRIER_INIT(1), two = IL_BARRIER_INIT(2);

    ck_assert_int_eq(il_barrier_set_timeout(&one, 0), 0);
    pass_last(&one);
    ck_assert_int_eq(il_barrier_set_timeout(&two, 0), 0);
    ck_assert_int_eq(il_barrier_wait(&two, NULL), ETIMEDOUT);
}
END_TEST

START_TEST(the_time_limit_outlives_a_reset)
{
    il_barrier b = IL_BARRIER_INIT(2);

    ck_assert_int_eq(il_barrier_set_timeout(&b, IL_MS(1)), 0);
    ck_assert_int_eq(il_barrier_wait(&b, NULL), ETIMEDOUT);
    ck_assert_int_eq(il_barrier_reset(&b), 0);
    ck_assert_int_eq(il_barrier_wait(&b, NULL), ETIMEDOUT);
}
END_TEST

/* Checks that with this time limit a party waits for the other.  */
static void wait_with_limit(int64_t ns)
{
    il_barrier b = IL_BARRIER_INIT(2);
    struct thread t;

    ck_assert_int_eq(il_barrier_set_timeout(&b, IL_MS(1)), 0);
    ck_assert_int_eq(il_barrier_set_timeout(&b, ns), 0);
    thread_start(&t, arrive_without_index, &b);
    thread_await_parked(&t);
    pass_last(&b);
    ck_assert_ptr_null(thread_join(&t));
}

START_TEST(a_negative_time_limit_is_none)
{
    wait_with_limit(-1);
    wait_with_limit(INT64_MIN);
}
END_TEST

START_TEST(a_time_limit_may_be_of_any_length)
{
    wait_with_limit(IL_SEC(1000));
    wait_with_limit(INT64_MAX);
}
END_TEST

START_TEST(wait_until_has_its_own_time_limit)
{
    il_barrier b = IL_BARRIER_INIT(2);
    struct party p;

    ck_assert_int_eq(il_barrier_set_timeout(&b, 0), 0);
    parties_park(&p, 1, &b);
    pass_last(&b);
    parties_pass(&p, 1);
}
END_TEST

/* Draining: parties of a round that has passed are kept from leaving, in a
   signal handler.  (ThreadSanitizer runs handlers late; then the parties just
   may leave before.)  */

static struct {
    int inside; /* atomic; handlers that have begun */
    bool thaw;  /* atomic */
} frozen;

static void freeze(int number)
{
    int saved = errno;
    (void)number;
    __atomic_fetch_add(&frozen.inside, 1, __ATOMIC_RELEASE);
    while (!told(&frozen.thaw))
        test_pause();
    errno = saved;
}

static void parties_freeze(const struct party *p, int n)
{
    frozen.inside = 0;
    __atomic_store_n(&frozen.thaw, false, __ATOMIC_RELEASE);
    handler_install(freeze);
    for (int i = 0; i < n; i++)
        ck_assert_int_eq(pthread_kill(p[i].thread.handle, SIGUSR1), 0);
    if (!under_tsan())
        await(__atomic_load_n(&frozen.inside, __ATOMIC_ACQUIRE) == n);
}

static void parties_thaw(void)
{
    tell(&frozen.thaw);
}

/* Does something while the other parties of a round that has passed cannot
   leave; they have passed all the same.  */
static void drain(void (*meanwhile)(il_barrier *))
{
    il_barrier b = IL_BARRIER_INIT(3);
    struct party p[2];

    parties_park(p, 2, &b);
    parties_freeze(p, 2);
    pass_last(&b);
    ck_assert_uint_eq(il_barrier_waiting(&b), 0);
    meanwhile(&b);
    parties_thaw();
    parties_pass(p, 2);
}

START_TEST(a_round_that_passed_is_not_undone_by_abort)
{
    drain(abort_it);
}
END_TEST

START_TEST(a_round_that_passed_is_not_undone_by_reset)
{
    drain(reset_it);
    drain(abort_and_reset);
}
END_TEST

START_TEST(a_round_that_passed_is_not_undone_by_a_deadline_of_the_next)
{
    drain(time_out);
}
END_TEST

/* As in libuv#3872, where it could not.  */
START_TEST(a_round_begins_and_passes_before_the_last_one_has_drained)
{
    drain(pass_round);
}
END_TEST

/* Lets a round pass while a party is kept from seeing it until its deadline
   is over; again with a later one if the deadline was first.  */
START_TEST(a_round_that_passed_is_not_undone_by_a_deadline_of_its_own)
{
    for (int64_t ns = SHORT;; ns *= 2) {
        il_barrier b = IL_BARRIER_INIT(2);
        struct party p;
        party_start(&p, &b, il_after(ns));
        await(il_barrier_waiting(&b) == 1 || il_barrier_broken(&b));
        parties_freeze(&p, 1);
        if (il_barrier_wait(&b, NULL) == 0) {
            await(il_remaining(p.until) == 0);
            parties_thaw();
            parties_pass(&p, 1);
            ck_assert(!il_barrier_broken(&b));
            break;
        }
        parties_thaw();
        party_fails(&p, ETIMEDOUT);
    }
}
END_TEST

static il_deadline first_deadline;

static void await_first_deadline(il_barrier *b)
{
    (void)b;
    await(il_remaining(first_deadline) == 0);
}

START_TEST(a_deadline_that_passes_while_the_action_runs_is_met)
{
    for (int64_t ns = SHORT;; ns *= 2) {
        il_barrier b;
        struct party p;
        struct action a = {.then = await_first_deadline};
        init_with_action(&b, 2, &a);
        first_deadline = il_after(ns);
        party_start(&p, &b, first_deadline);
        await(il_barrier_waiting(&b) == 1 || il_barrier_broken(&b));
        if (il_barrier_wait(&b, NULL) == 0) {
            parties_pass(&p, 1);
            ck_assert(!il_barrier_broken(&b));
            break;
        }
        party_fails(&p, ETIMEDOUT);
    }
}
END_TEST

/* The guard: it is in the way of rounds that have a party with a deadline, and
   of those only.  Who holds it keeps such a round from being decided.  */

START_TEST(a_round_without_deadlines_needs_no_guard)
{
    il_barrier b = IL_BARRIER_INIT(N);
    il_lock *guard;

    /* In a forked child, which a test is, the first to come needs it.  */
    reset_it(&b);
    guard = il__guard_acquire(&b);
    pass_round(&b);
    abort_and_reset(&b);
    pass_round(&b);
    il__guard_release(guard);
}
END_TEST

START_TEST(a_round_after_one_with_deadlines_needs_no_guard)
{
    il_barrier b = IL_BARRIER_INIT(2);
    struct party p;
    il_lock *guard;

    party_start(&p, &b, il_after(IL_SEC(1000)));
    await(il_barrier_waiting(&b) == 1);
    pass_last(&b);
    parties_pass(&p, 1);
    guard = il__guard_acquire(&b);
    pass_round(&b);
    il__guard_release(guard);
}
END_TEST

START_TEST(parties_with_and_without_deadlines_meet)
{
    enum { ALL = 1 << N };
    for (int timed = 0; timed < ALL; timed++) {
        il_barrier b = IL_BARRIER_INIT(N);
        struct party p[N];
        for (int i = 0; i < N; i++) {
            bool has = timed >> i & 1;
            party_start(&p[i], &b, has ? il_after(IL_SEC(1000)) : il_never());
            await(il_barrier_waiting(&b) == (uint32_t)(i + 1) % N);
        }
        parties_pass(p, N);
    }
}
END_TEST

/* A party whose deadline passes, and somebody who would decide its round
   before, both held up by the guard.  */
struct race {
    il_barrier b;
    il_lock *guard;
    struct party late;
    struct party other; /* if it is the last party */
    struct thread aborter;
    bool aborts;
};

static void *abort_barrier(void *b)
{
    abort_it(b);
    return NULL;
}

static bool somebody_waits_for(const il_lock *l)
{
    return __atomic_load_n(&l->il_word, __ATOMIC_RELAXED) != IL__LOCK_HELD;
}

/* Returns whether the late party waits; else its deadline was too early.  */
static bool race_begin(struct race *r, bool aborts, int64_t ns)
{
    *r = (struct race){.b = IL_BARRIER_INIT(2), .aborts = aborts};
    party_start(&r->late, &r->b, il_after(ns));
    await(il_barrier_waiting(&r->b) == 1 || il_barrier_broken(&r->b));
    r->guard = il__guard_acquire(&r->b);
    if (!il_barrier_broken(&r->b))
        return true;
    party_fails(&r->late, ETIMEDOUT);
    return false;
}

static void other_park(struct race *r)
{
    if (r->aborts) {
        thread_start(&r->aborter, abort_barrier, &r->b);
        thread_await_parked(&r->aborter);
    } else {
        party_start(&r->other, &r->b, il_never());
        thread_await_parked(&r->other.thread);
    }
}

/* Lets both go on.  Returns whether the late party was the first, having
   checked that each has the answer that goes with that.  */
static bool late_was_first(struct race *r)
{
    bool first;

    il__guard_release(r->guard);
    thread_join(&r->late.thread);
    first = r->late.answer == ETIMEDOUT;
    if (r->aborts) {
        thread_join(&r->aborter);
        ck_assert(first || r->late.answer == ECANCELED);
    } else {
        thread_join(&r->other.thread);
        ck_assert(first || r->late.answer == 0);
        ck_assert_int_eq(r->other.answer, first ? ECANCELED : 0);
        ck_assert_uint_eq(r->other.index, first ? UNTOUCHED : 1);
    }
    ck_assert(il_barrier_broken(&r->b) == (first || r->aborts));
    return first;
}

static void deadline_is_first(bool aborts)
{
    struct race r;

    for (int64_t ns = SHORT; !race_begin(&r, aborts, ns); ns *= 2)
        il__guard_release(r.guard);
    await(somebody_waits_for(r.guard));
    thread_await_parked(&r.late.thread);
    other_park(&r);
    ck_assert(late_was_first(&r));
}

START_TEST(a_deadline_before_the_last_party_comes_is_first)
{
    deadline_is_first(false);
}
END_TEST

START_TEST(a_deadline_before_an_abort_is_first)
{
    deadline_is_first(true);
}
END_TEST

/* The deadline may still be first, if it passes before the other waits for the
   guard: then again with a later one.  */
static void deadline_is_second(bool aborts)
{
    struct race r;
    bool again = true;

    for (int64_t ns = SHORT; again; ns *= 2) {
        again = !race_begin(&r, aborts, ns);
        if (again) {
            il__guard_release(r.guard);
            continue;
        }
        other_park(&r);
        await(il_remaining(r.late.until) == 0);
        thread_await_parked(&r.late.thread);
        again = late_was_first(&r);
    }
}

START_TEST(a_deadline_after_the_last_party_came_is_second)
{
    deadline_is_second(false);
}
END_TEST

START_TEST(a_deadline_after_an_abort_is_second)
{
    deadline_is_second(true);
}
END_TEST

/* What does not end a wait.  */

static void ignore(int number)
{
    (void)number;
}

START_TEST(a_wait_is_not_ended_by_signals)
{
    enum { SIGNALS = 20 };
    il_barrier b = IL_BARRIER_INIT(2);
    struct party p;

    handler_install(ignore);
    parties_park(&p, 1, &b);
    for (int i = 0; i < SIGNALS; i++) {
        ck_assert_int_eq(pthread_kill(p.thread.handle, SIGUSR1), 0);
        parties_stay(&p, 1);
    }
    pass_last(&b);
    parties_pass(&p, 1);
}
END_TEST

static void *arrive_to_be_cancelled(void *arg)
{
    arrive(arg);
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
    return NULL;
}

START_TEST(a_wait_is_not_a_cancellation_point)
{
    il_barrier b = IL_BARRIER_INIT(2);
    struct party p = {.b = &b, .until = il_never()};

    thread_start(&p.thread, arrive_to_be_cancelled, &p);
    thread_await_parked(&p.thread);
    ck_assert_int_eq(pthread_cancel(p.thread.handle), 0);
    parties_stay(&p, 1);
    pass_last(&b);
    parties_pass(&p, 1);
}
END_TEST

/* Asserts what a call returned, and that errno is still what it was set to;
   sets it for the next call.  */
static void check_call(int answer, int expected)
{
    int after = errno;
    ck_assert_int_eq(answer, expected);
    ck_assert_int_eq(after, MARK);
    errno = MARK;
}

START_TEST(errno_is_left_alone)
{
    il_barrier b, none = IL_BARRIER_INIT(0);
    struct party p;

    errno = MARK;
    check_call(il_barrier_init(&b, 0, NULL, NULL, 0), EINVAL);
    check_call(il_barrier_init(&b, 2, NULL, NULL, 0), 0);
    check_call(il_barrier_set_timeout(&b, IL_MS(3)), 0);
    check_call(il_barrier_wait(&none, NULL), EINVAL);
    check_call(il_barrier_wait(&b, NULL), ETIMEDOUT);
    check_call(il_barrier_wait(&b, NULL), ECANCELED);
    check_call(il_barrier_reset(&b), 0);
    check_call(il_barrier_abort(&b), 0);
    check_call(il_barrier_broken(&b), true);
    check_call(il_barrier_reset(&b), 0);
    check_call((int)il_barrier_waiting(&b), 0);
    check_call((int)il_barrier_parties(&b), 2);
    parties_park(&p, 1, &b);
    errno = MARK;
    check_call(il_barrier_wait_until(&b, NULL, il_after(0)), 0);
    parties_pass(&p, 1);
}
END_TEST

/* Forks.  */

/* ThreadSanitizer lets a child of several threads start none.  */
static void use_in_child(void *arg)
{
    il_barrier *b = arg;

    ck_assert_uint_eq(il_barrier_waiting(b), 0);
    ck_assert(!il_barrier_broken(b));
    if (!under_tsan())
        pass_round(b);
}

static void reset_in_child(void *arg)
{
    ck_assert_int_eq(il_barrier_reset(arg), 0);
    use_in_child(arg);
}

static void abort_in_child(void *arg)
{
    ck_assert_int_eq(il_barrier_abort(arg), 0);
    assert_broken(arg);
    reset_in_child(arg);
}

static void time_out_in_child(void *arg)
{
    ck_assert_int_eq(il_barrier_wait_until(arg, NULL, il_after(SHORT)),
                     ETIMEDOUT);
    assert_broken(arg);
    reset_in_child(arg);
}

/* Checks that children do not meet the parties of their parent.  */
static void child_run_each(il_barrier *b)
{
    child_run("reset_in_child", reset_in_child, b);
    child_run("use_in_child", use_in_child, b);
    child_run("abort_in_child", abort_in_child, b);
    child_run("time_out_in_child", time_out_in_child, b);
}

START_TEST(a_child_may_use_a_barrier_that_threads_of_its_parent_wait_at)
{
    il_barrier b = IL_BARRIER_INIT(3);
    struct party p[2];

    parties_park(p, 2, &b);
    child_run_each(&b);
    parties_stay(p, 2);
    pass_last(&b);
    parties_pass(p, 2);
}
END_TEST

/* The child's copy of the action does not block: a child has nobody who could
   tell it to go.  */
static void use_without_blocking(void *arg)
{
    struct gated *g = arg;

    g->action.blocks = false;
    child_run_each(&g->b);
    reset_in_child(&g->b);
}

START_TEST(a_child_may_use_a_barrier_whose_action_runs_in_its_parent)
{
    struct gated g;
    struct party newcomer;

    gate_close(&g, 0);
    newcomer_park(&newcomer, &g);
    child_run("use_without_blocking", use_without_blocking, &g);
    gate_open(&g);
    newcomer_passes(&newcomer, &g);
}
END_TEST

static int fork_in_action(void *arg)
{
    pid_t *child = arg;
    *child = fork();
    require(*child >= 0);
    return 0;
}

/* The child is the party that ran the action; the others are not there.  */
START_TEST(an_action_may_fork)
{
    il_barrier b;
    struct party p[N - 1];
    pid_t child = -1;
    int status;

    ck_assert_int_eq(il_barrier_init(&b, N, fork_in_action, &child, 0), 0);
    parties_park(p, N - 1, &b);
    ck_assert_int_eq(il_barrier_wait(&b, NULL), 0);
    if (child == 0) {
        require(il_barrier_waiting(&b) == 0);
        require(il_barrier_reset(&b) == 0);
        require(il_barrier_wait_until(&b, NULL, il_after(0)) == ETIMEDOUT);
        _exit(0);
    }
    parties_pass(p, N - 1);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
}
END_TEST

/* The child's action goes on while another party arrives there, and fails.  */
struct forking {
    il_barrier b;
    pid_t child;
    struct party newcomer;
};

static int fork_and_fail(void *arg)
{
    struct forking *f = arg;

    f->child = fork();
    require(f->child >= 0);
    if (f->child > 0)
        return 0;
    party_start(&f->newcomer, &f->b, il_after(test_bound()));
    await(il_barrier_waiting(&f->b) == 1);
    return 7;
}

START_TEST(an_action_that_fails_in_a_child_breaks_the_round_there)
{
    struct forking f = {.child = -1};
    struct party p[N - 1];
    int status;
    int answer;

    if (under_tsan())
        return;
    ck_assert_int_eq(il_barrier_init(&f.b, N, fork_and_fail, &f, 0), 0);
    parties_park(p, N - 1, &f.b);
    answer = il_barrier_wait(&f.b, NULL);
    if (f.child == 0) {
        require(answer == 7);
        party_fails(&f.newcomer, ECANCELED);
        require(il_barrier_broken(&f.b));
        _exit(0);
    }
    ck_assert_int_eq(answer, 0);
    parties_pass(p, N - 1);
    ck_assert_int_eq(waitpid(f.child, &status, 0), f.child);
    ck_assert_int_eq(status, 0);
}
END_TEST

static void find_broken_in_child(void *arg)
{
    assert_broken(arg);
    reset_in_child(arg);
}

START_TEST(a_child_finds_a_broken_barrier_broken)
{
    il_barrier b = IL_BARRIER_INIT(2);

    abort_it(&b);
    child_run("find_broken_in_child", find_broken_in_child, &b);
    assert_mended_by_reset(&b);
}
END_TEST

/* Exports.  */

START_TEST(every_call_is_an_exported_function)
{
    int (*volatile init)(il_barrier *, uint32_t, int (*)(void *), void *,
                         unsigned) = il_barrier_init;
    int (*volatile set_timeout)(il_barrier *, int64_t) = il_barrier_set_timeout;
    int (*volatile wait_it)(il_barrier *, uint32_t *) = il_barrier_wait;
    int (*volatile wait_until)(il_barrier *, uint32_t *, il_deadline) =
        il_barrier_wait_until;
    int (*volatile reset)(il_barrier *) = il_barrier_reset;
    int (*volatile abort_now)(il_barrier *) = il_barrier_abort;
    uint32_t (*volatile parties)(const il_barrier *) = il_barrier_parties;
    uint32_t (*volatile waiting)(const il_barrier *) = il_barrier_waiting;
    bool (*volatile broken)(const il_barrier *) = il_barrier_broken;
    il_barrier b;
    uint32_t index = UNTOUCHED;

    ck_assert_int_eq(init(&b, 1, NULL, NULL, 0), 0);
    ck_assert_int_eq(set_timeout(&b, 0), 0);
    ck_assert_int_eq(wait_it(&b, &index), 0);
    ck_assert_uint_eq(index, 0);
    ck_assert_int_eq(wait_until(&b, NULL, il_never()), 0);
    ck_assert_uint_eq(parties(&b), 1);
    ck_assert_uint_eq(waiting(&b), 0);
    ck_assert_int_eq(abort_now(&b), 0);
    ck_assert(broken(&b));
    ck_assert_int_eq(reset(&b), 0);
    ck_assert(!broken(&b));
}
END_TEST

/* Under stress.  */

/* N threads that write, meet, and read what the others wrote.  */
struct exchange {
    il_barrier b;
    int rounds;
    int written[N];       /* by each thread, its present round; plain */
    uint32_t arrivals[N]; /* atomic; how often each index was given */
    uint32_t next;        /* atomic; the next thread's place */
};

/* Meets the others, and checks that each index was given once more.  */
static void exchange_once(struct exchange *x, uint32_t round)
{
    uint32_t index = UNTOUCHED;

    require(il_barrier_wait(&x->b, &index) == 0);
    require(index < N);
    require(__atomic_add_fetch(&x->arrivals[index], 1, __ATOMIC_RELAXED)
            == round);
}

static void *exchange_all(void *arg)
{
    struct exchange *x = arg;
    uint32_t me = __atomic_fetch_add(&x->next, 1, __ATOMIC_RELAXED);

    for (int round = 1; round <= x->rounds; round++) {
        x->written[me] = round;
        exchange_once(x, 2 * (uint32_t)round - 1);
        for (int i = 0; i < N; i++)
            require(x->written[i] == round);
        exchange_once(x, 2 * (uint32_t)round);
    }
    return NULL;
}

START_TEST(parties_see_what_the_others_wrote_round_after_round)
{
    struct exchange x = {.b = IL_BARRIER_INIT(N), .rounds = times(500)};
    struct thread t[N];

    thread_start_all(t, N, exchange_all, &x, 0);
    thread_join_all(t, N);
    for (int i = 0; i < N; i++)
        ck_assert_uint_eq(x.arrivals[i], 2 * (uint32_t)x.rounds);
}
END_TEST

/* More threads than parties; each arrival has a ticket, and there are as many
   as make whole rounds.  The action sees what the parties of its round
   wrote.  */
enum { CROWD = 7, FEW = 3 };
struct crowd {
    il_barrier b;
    int rounds;
    int tickets;      /* atomic; those that are left */
    int acted;        /* by the action only */
    int indices[FEW]; /* atomic; how often each was given */
};

static int count_round(void *arg)
{
    struct crowd *w = arg;
    __atomic_store_n(&w->acted, w->acted + 1, __ATOMIC_RELAXED);
    return 0;
}

static void *arrive_with_tickets(void *arg)
{
    struct crowd *w = arg;
    int mine = 0;

    while (__atomic_fetch_sub(&w->tickets, 1, __ATOMIC_RELAXED) > 0) {
        uint32_t index = UNTOUCHED;
        require(il_barrier_wait(&w->b, &index) == 0);
        require(index < FEW);
        __atomic_fetch_add(&w->indices[index], 1, __ATOMIC_RELAXED);
        require(__atomic_load_n(&w->acted, __ATOMIC_RELAXED) >= ++mine);
    }
    return NULL;
}

/* With an action or without.  */
static void crowd_through(int (*action)(void *))
{
    struct crowd w = {.rounds = times(1500)};
    struct thread t[CROWD];

    w.tickets = FEW * w.rounds;
    w.acted = action ? 0 : w.tickets;
    ck_assert_int_eq(il_barrier_init(&w.b, FEW, action, &w, 0), 0);
    thread_start_all(t, CROWD, arrive_with_tickets, &w, 0);
    thread_join_all(t, CROWD);
    for (int i = 0; i < FEW; i++)
        ck_assert_int_eq(w.indices[i], w.rounds);
    ck_assert_int_eq(w.acted, action ? w.rounds : FEW * w.rounds);
    ck_assert_uint_eq(il_barrier_waiting(&w.b), 0);
}

START_TEST(more_threads_than_parties_pass_in_whole_rounds)
{
    crowd_through(NULL);
}
END_TEST

START_TEST(more_threads_than_parties_pass_with_an_action_each_round)
{
    crowd_through(count_round);
}
END_TEST

/* A round raced by deadlines, or by an abort.  */
struct verdicts {
    il_barrier b;
    struct meeting meeting; /* the parties, and who aborts */
    bool aborted;           /* there is one who aborts; else deadlines */
    int rounds;             /* at most */
    int64_t begin;
    bool over; /* written by the first before all meet */
    int answers[FEW];
    uint32_t next; /* atomic; the next thread's place */
};

static int contend(struct verdicts *v, uint32_t *seed)
{
    il_deadline until = il_never();

    if (!v->aborted)
        until = il_after((int64_t)random_next(seed) % IL_US(100));
    dawdle(seed);
    return il_barrier_wait_until(&v->b, NULL, until);
}

/* Checks that a round has one verdict, and begins the next.  */
static void judge(struct verdicts *v)
{
    int passed = 0, timed_out = 0;

    for (int i = 0; i < FEW; i++) {
        passed += v->answers[i] == 0;
        timed_out += v->answers[i] == ETIMEDOUT;
        require(v->answers[i] == 0 || v->answers[i] == ETIMEDOUT
                || v->answers[i] == ECANCELED);
    }
    require(passed == 0 || passed == FEW);
    require(passed == FEW || v->aborted == (timed_out == 0));
    require(il_barrier_broken(&v->b) == (v->aborted || passed == 0));
    require(il_barrier_reset(&v->b) == 0);
}

static void *contend_all(void *arg)
{
    struct verdicts *v = arg;
    uint32_t me = __atomic_fetch_add(&v->next, 1, __ATOMIC_RELAXED);
    uint32_t seed = me + 1;

    sharpen_timers();
    for (int i = 0; i < v->rounds && !v->over; i++) {
        meet(&v->meeting);
        if (me < FEW)
            v->answers[me] = contend(v, &seed);
        else {
            dawdle(&seed);
            require(il_barrier_abort(&v->b) == 0);
        }
        if (me == 0)
            v->over = long_enough(v->begin);
        meet(&v->meeting);
        if (me == 0)
            judge(v);
    }
    return NULL;
}

static void race_for_verdicts(bool aborted)
{
    struct verdicts v = {
        .b = IL_BARRIER_INIT(FEW), .aborted = aborted, .begin = test_now()};
    struct thread t[FEW + 1];
    int n = FEW + aborted;

    v.rounds = times(1000);
    v.meeting.parties = (uint32_t)n;
    thread_start_all(t, n, contend_all, &v, 0);
    thread_join_all(t, n);
}

START_TEST(a_round_raced_by_deadlines_passes_for_all_or_for_none)
{
    race_for_verdicts(false);
}
END_TEST

START_TEST(a_round_raced_by_abort_passes_for_all_or_for_none)
{
    race_for_verdicts(true);
}
END_TEST

static void add_tests_of_rounds(void)
{
    suite_add(a_barrier_has_its_parties_and_nobody_waiting);
    suite_add(a_barrier_may_be_for_very_many);
    suite_add(init_refuses_no_parties_and_unknown_flags);
    suite_add(a_barrier_of_no_parties_lets_nobody_wait);
    suite_add(the_last_party_lets_all_pass_in_order_of_arrival);
    suite_add(waiting_counts_who_waits_for_the_round_to_fill);
    suite_add(nobody_needs_to_ask_for_an_index);
    suite_add(a_barrier_for_one_never_blocks);
    suite_add(the_last_party_passes_whatever_its_deadline);
}

static void add_tests_of_actions(void)
{
    suite_add(the_last_party_runs_the_action_before_anybody_passes);
    suite_add(the_action_of_a_barrier_for_one_runs_at_each_wait);
    suite_add(the_action_sees_nobody_waiting);
    suite_add(an_action_that_fails_breaks_the_barrier);
    suite_add(an_action_may_return_any_number);
    suite_add(an_action_may_break_the_barrier_for_the_next_round);
    suite_add(an_action_may_reset_the_barrier);
    suite_add(an_action_that_resets_and_fails_breaks_the_barrier);
    suite_add(who_comes_while_the_action_runs_is_of_the_next_round);
    suite_add(all_who_come_while_the_action_runs_are_let_go_on);
    suite_add(a_deadline_that_passes_while_the_action_runs_breaks_the_barrier);
    suite_add(a_passed_deadline_while_the_action_runs_breaks_the_barrier);
    suite_add(a_barrier_for_one_runs_one_action_at_a_time);
    suite_add(a_barrier_broken_while_the_action_runs_refuses_who_waits_for_it);
    suite_add(a_reset_while_the_action_runs_refuses_who_waits_for_it);
    suite_add(the_default_timeout_does_not_count_the_action);
    suite_add(an_action_that_fails_refuses_who_waited_for_it);
}

static void add_tests_of_breaking(void)
{
    suite_add(abort_cancels_who_waits_and_who_comes);
    suite_add(abort_breaks_a_barrier_that_nobody_waits_at);
    suite_add(abort_breaks_a_barrier_for_one);
    suite_add(reset_cancels_who_waits_and_breaks_nothing);
    suite_add(reset_of_a_barrier_as_new_changes_nothing);
    suite_add(parties_of_a_broken_barrier_may_meet_again);
    suite_add(a_party_that_times_out_breaks_the_barrier);
    suite_add(the_first_party_times_out_and_the_others_are_cancelled);
    suite_add(
        a_passed_deadline_with_parties_missing_breaks_the_barrier_at_once);
    suite_add(wait_has_the_time_limit_of_its_barrier);
    suite_add(a_time_limit_of_zero_lets_only_the_last_party_pass);
    suite_add(the_time_limit_outlives_a_reset);
    suite_add(a_negative_time_limit_is_none);
    suite_add(a_time_limit_may_be_of_any_length);
    suite_add(wait_until_has_its_own_time_limit);
}

static void add_tests_of_draining(void)
{
    suite_add(a_round_that_passed_is_not_undone_by_abort);
    suite_add(a_round_that_passed_is_not_undone_by_reset);
    suite_add(a_round_that_passed_is_not_undone_by_a_deadline_of_the_next);
    suite_add(a_round_begins_and_passes_before_the_last_one_has_drained);
    suite_add(a_round_that_passed_is_not_undone_by_a_deadline_of_its_own);
    suite_add(a_deadline_that_passes_while_the_action_runs_is_met);
}

static void add_tests_of_the_guard(void)
{
    suite_add(a_round_without_deadlines_needs_no_guard);
    suite_add(a_round_after_one_with_deadlines_needs_no_guard);
    suite_add(parties_with_and_without_deadlines_meet);
    suite_add(a_deadline_before_the_last_party_comes_is_first);
    suite_add(a_deadline_before_an_abort_is_first);
    suite_add(a_deadline_after_the_last_party_came_is_second);
    suite_add(a_deadline_after_an_abort_is_second);
}

static void add_stress(void)
{
    suite_add(parties_see_what_the_others_wrote_round_after_round);
    suite_add(more_threads_than_parties_pass_in_whole_rounds);
    suite_add(more_threads_than_parties_pass_with_an_action_each_round);
    suite_add(a_round_raced_by_deadlines_passes_for_all_or_for_none);
    suite_add(a_round_raced_by_abort_passes_for_all_or_for_none);
}

int main(void)
{
    suite_begin("barrier");
    add_tests_of_rounds();
    add_tests_of_actions();
    add_tests_of_breaking();
    add_tests_of_draining();
    add_tests_of_the_guard();
    suite_add(a_wait_is_not_ended_by_signals);
    suite_add(a_wait_is_not_a_cancellation_point);
    suite_add(errno_is_left_alone);
    suite_add(a_child_may_use_a_barrier_that_threads_of_its_parent_wait_at);
    suite_add(a_child_may_use_a_barrier_whose_action_runs_in_its_parent);
    suite_add(an_action_may_fork);
    suite_add(an_action_that_fails_in_a_child_breaks_the_round_there);
    suite_add(a_child_finds_a_broken_barrier_broken);
    suite_add(every_call_is_an_exported_function);
    add_stress();
    return suite_end();
}
