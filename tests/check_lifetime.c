/* check_lifetime.c -- the last user may free.

   An object lies in a page of its own.  Who is let through makes the page trap
   at once, while the call that let it through may not have returned yet: if
   that call looks at the object again, the test dies of it.

   SPDX-License-Identifier: MIT */

#include "support/kinds.h"
#include "support/pace.h"
#include "support/page.h"
#include "support/require.h"
#include "support/step.h"
#include "support/suite.h"
#include "support/thread.h"

#include <sched.h>

enum { ROUNDS = 20000, MOST = 3 };

/* The parties of a test, in rounds: one of them makes the object, all meet,
   each does its part.  */
struct rounds {
    struct meeting meeting;
    struct pages pages;
    struct object *object;
    uint32_t users; /* of *object still to come; under what it is about */
    int left;       /* rounds */
    int64_t span;   /* ns that the rounds may take; fewer then */
    int64_t end;    /* of it */
    const struct wait *wait;
    const struct exclusion *exclusion;
    int (*action)(void *);
    bool timed;
    int answers[MOST];
};

struct party {
    struct rounds *rounds;
    uint32_t number;
    uint32_t seed;
};

/* Runs the rounds with n parties.  */
static void run(struct rounds *r, uint32_t n, void *(*body)(void *))
{
    struct party party[MOST];
    struct thread t[MOST];

    r->meeting = (struct meeting){.parties = n};
    r->left = times(ROUNDS);
    r->end = test_now() + r->span;
    pages_open(&r->pages);
    for (uint32_t i = 0; i < n; i++)
        party[i] = (struct party){r, i, 4711 + i};
    thread_start_all(t, (int)n, body, party, sizeof *party);
    thread_join_all(t, (int)n);
    pages_close(&r->pages);
}

/* Between rounds, in one party.  */
static struct object *new_object(struct rounds *r)
{
    r->object = page_take(&r->pages);
    r->left = test_now() < r->end ? r->left - 1 : 0;
    return r->object;
}

/* Begins the round for which the object was made.  Returns whether another one
   follows.  */
static bool begin_round(struct party *p)
{
    meet(&p->rounds->meeting);
    return p->rounds->left > 0;
}

/* Waits until all are through.  */
static void end_round(struct party *p)
{
    meet(&p->rounds->meeting);
}

static void *let_one_through(struct party *p)
{
    const struct wait *how = p->rounds->wait;
    bool more;
    do {
        struct object *o = new_object(p->rounds);
        how->block(o);
        more = begin_round(p);
        dawdle(&p->seed);
        require(how->let(o) == 0);
        end_round(p);
    } while (more);
    return NULL;
}

static void *free_when_through(struct party *p)
{
    const struct wait *how = p->rounds->wait;
    bool more;
    do {
        struct object *o;
        more = begin_round(p);
        o = p->rounds->object;
        dawdle(&p->seed);
        require(how->wait(o) == 0);
        page_retire(o);
        end_round(p);
    } while (more);
    return NULL;
}

static void *let_or_free(void *arg)
{
    struct party *p = arg;
    return p->number == 0 ? let_one_through(p) : free_when_through(p);
}

static void free_after(const char *name)
{
    struct rounds r = {.wait = wait_named(name), .span = IL_MS(300)};
    ck_assert(r.wait->remembers);
    run(&r, 2, let_or_free);
}

START_TEST(who_acquired_a_lock_may_free_it)
{
    free_after("lock");
}
END_TEST

START_TEST(who_acquired_an_rlock_may_free_it)
{
    free_after("rlock");
}
END_TEST

START_TEST(who_acquired_a_semaphore_may_free_it)
{
    free_after("semaphore");
}
END_TEST

START_TEST(who_acquired_a_bounded_semaphore_may_free_it)
{
    free_after("bounded semaphore");
}
END_TEST

START_TEST(who_saw_an_event_set_may_free_it)
{
    free_after("event");
}
END_TEST

START_TEST(who_was_notified_may_free_the_condition_and_its_lock)
{
    free_after("condition on an rlock, with a predicate");
}
END_TEST

/* One that is let through, and frees, while the other takes its time after
   each instruction.  */
enum waits { UNTIMED, TIMED, BRIEF }; /* BRIEF: again and again */

struct stepped {
    const struct wait *how;
    struct object *object;
    enum waits waits;
};

static bool freed; /* atomic */

/* No rest is for long, nor are all of one call together: where others want the
   processor all the time each yield takes as long as theirs do.  */
static int64_t rests_end;

static void rest_until_freed(void)
{
    enum { NS = 60000 };
    int64_t now = test_now();
    int64_t end = now + NS < rests_end ? now + NS : rests_end;
    while (!__atomic_load_n(&freed, __ATOMIC_ACQUIRE) && test_now() < end)
        sched_yield();
}

static void *free_at_once(void *arg)
{
    const struct stepped *s = arg;
    int64_t patience = s->waits == BRIEF ? IL_US(20) : IL_SEC(1000);
    int answer;
    sharpen_timers();
    do
        answer = s->waits == UNTIMED
                     ? s->how->wait(s->object)
                     : s->how->wait_until(s->object, il_after(patience));
    while (s->waits == BRIEF && answer == ETIMEDOUT);
    require(answer == 0);
    page_retire(s->object);
    __atomic_store_n(&freed, true, __ATOMIC_RELEASE);
    return NULL;
}

static void step_through_let(struct stepped *s)
{
    struct thread t;
    int answer;

    s->how->block(s->object);
    __atomic_store_n(&freed, false, __ATOMIC_RELAXED);
    thread_start(&t, free_at_once, s);
    if (s->waits != BRIEF)
        thread_await_parked(&t);
    rests_end = test_now() + IL_MS(300);
    step_begin(rest_until_freed);
    answer = s->how->let(s->object);
    step_end();
    ck_assert_int_eq(answer, 0);
    thread_join(&t);
}

/* For each way to wait; briefly not for a barrier: that breaks by giving up.

   Who waits briefly is what a late touch before the wake-up needs: it is known
   to wait, so there is something to do after the store that lets it through,
   and gets through by itself meanwhile.  */
static void step_through_all(enum waits as)
{
    enum { TIMES = 3 };
    struct pages pages;

    pages_open(&pages);
    for (int i = 0; i < WAITS * TIMES && step_possible(); i++) {
        struct stepped s = {.how = &waits[i / TIMES], .waits = as};
        if (!s.how->remembers
            || (as == BRIEF && s.how == wait_named("barrier")))
            continue;
        s.object = page_take(&pages);
        step_through_let(&s);
    }
    pages_close(&pages);
}

START_TEST(no_instruction_touches_what_a_parked_thread_freed)
{
    step_through_all(UNTIMED);
}
END_TEST

START_TEST(no_instruction_touches_what_a_thread_with_a_deadline_freed)
{
    step_through_all(TIMED);
}
END_TEST

START_TEST(no_instruction_touches_what_a_brief_waiter_freed)
{
    step_through_all(BRIEF);
}
END_TEST

/* The usual end of what is counted by its users under its own lock.  */
static void *leave(void *arg)
{
    struct party *p = arg;
    struct rounds *r = p->rounds;
    bool more, last;
    do {
        struct object *o;
        if (p->number == 0) {
            r->exclusion->init(new_object(r));
            r->users = r->meeting.parties;
        }
        more = begin_round(p);
        o = r->object;
        dawdle(&p->seed);
        require(r->exclusion->acquire(o) == 0);
        last = --r->users == 0;
        require(r->exclusion->release(o) == 0);
        if (last)
            page_retire(o);
        end_round(p);
    } while (more);
    return NULL;
}

START_TEST(the_last_of_three_users_may_free)
{
    for (int i = 0; i < EXCLUSIONS; i++) {
        struct rounds r = {.exclusion = &exclusions[i], .span = IL_MS(100)};
        run(&r, 3, leave);
    }
}
END_TEST

/* A set lets all through at once; the last of them frees.  */
static void *see_it_set(void *arg)
{
    struct party *p = arg;
    struct rounds *r = p->rounds;
    bool more;
    do {
        struct object *o;
        if (p->number == 0) {
            new_object(r)->event = (il_event)IL_EVENT_INIT;
            r->users = r->meeting.parties - 1;
        }
        more = begin_round(p);
        o = r->object;
        dawdle(&p->seed);
        if (p->number == 0)
            il_event_set(&o->event);
        else {
            require(il_event_wait(&o->event) == 0);
            if (__atomic_sub_fetch(&r->users, 1, __ATOMIC_ACQ_REL) == 0)
                page_retire(o);
        }
        end_round(p);
    } while (more);
    return NULL;
}

START_TEST(the_last_of_two_waiters_may_free_an_event)
{
    struct rounds r = {.span = IL_MS(300)};
    run(&r, 3, see_it_set);
}
END_TEST

static int arrive(struct party *p, il_barrier *b)
{
    uint32_t ns = random_next(&p->seed) % 30000 + 1;
    uint32_t index = 0;
    int answer = p->rounds->timed
                     ? il_barrier_wait_until(b, &index, il_after(ns))
                     : il_barrier_wait(b, &index);
    require(index < p->rounds->meeting.parties);
    return answer;
}

/* A round has passed for all, or for nobody: then because of a deadline.  */
static void check_answers(const struct rounds *r)
{
    int passed = 0, timed_out = 0, n = (int)r->meeting.parties;
    for (int i = 0; i < n; i++) {
        passed += r->answers[i] == 0;
        timed_out += r->answers[i] == ETIMEDOUT;
    }
    require(passed == n || (passed == 0 && r->timed && timed_out > 0));
}

/* Everybody who passed frees the barrier at once.  */
static void *pass_and_free(void *arg)
{
    struct party *p = arg;
    struct rounds *r = p->rounds;
    bool more;
    sharpen_timers();
    do {
        il_barrier *b;
        if (p->number == 0)
            require(il_barrier_init(&new_object(r)->barrier, r->meeting.parties,
                                    r->action, NULL, 0)
                    == 0);
        more = begin_round(p);
        b = &r->object->barrier;
        dawdle(&p->seed);
        r->answers[p->number] = arrive(p, b);
        if (r->answers[p->number] == 0)
            page_retire(r->object);
        end_round(p);
        if (p->number == 0)
            check_answers(r);
    } while (more);
    return NULL;
}

static int do_nothing(void *arg)
{
    (void)arg;
    return 0;
}

/* For both numbers of parties, without and with an action.  */
static void pass_barriers(bool timed)
{
    for (uint32_t parties = 2; parties <= MOST; parties++)
        for (int i = 0; i < 2; i++) {
            struct rounds r = {.span = IL_MS(100),
                               .timed = timed,
                               .action = i ? do_nothing : NULL};
            run(&r, parties, pass_and_free);
        }
}

START_TEST(every_party_that_passed_may_free_a_barrier)
{
    pass_barriers(false);
}
END_TEST

START_TEST(who_passed_just_in_time_may_free_a_barrier)
{
    pass_barriers(true);
}
END_TEST

int main(void)
{
    suite_begin("lifetime");
    suite_add(who_acquired_a_lock_may_free_it);
    suite_add(who_acquired_an_rlock_may_free_it);
    suite_add(who_acquired_a_semaphore_may_free_it);
    suite_add(who_acquired_a_bounded_semaphore_may_free_it);
    suite_add(who_saw_an_event_set_may_free_it);
    suite_add(who_was_notified_may_free_the_condition_and_its_lock);
    suite_add(no_instruction_touches_what_a_parked_thread_freed);
    suite_add(no_instruction_touches_what_a_thread_with_a_deadline_freed);
    suite_add(no_instruction_touches_what_a_brief_waiter_freed);
    suite_add(the_last_of_three_users_may_free);
    suite_add(the_last_of_two_waiters_may_free_an_event);
    suite_add(every_party_that_passed_may_free_a_barrier);
    suite_add(who_passed_just_in_time_may_free_a_barrier);
    return suite_end();
}
