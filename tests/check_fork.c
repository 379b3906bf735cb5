/* check_fork.c -- a forked child can use every object, whatever the parent's
   threads were doing with it.

   SPDX-License-Identifier: MIT */

#include "guard.h"
#include "support/child.h"
#include "support/kinds.h"
#include "support/pace.h"
#include "support/require.h"
#include "support/suite.h"
#include "support/thread.h"
#include "support/waiting.h"

/* An object and the way in which a thread of the parent waits for it.  */
struct scene {
    const struct wait *how;
    struct object object;
    struct waiting waiting;
};

/* That a thread of this process waits for s->object until it is let through,
   by the caller.  */
static void let_a_thread_through(struct scene *s)
{
    struct waiting mine;
    if (under_tsan())
        return;
    waiting_start(&mine, s->how, &s->object);
    require(s->how->let(&s->object) == 0);
    waiting_end(&mine, 0);
}

static void let_a_thread_of_the_child_through(void *arg)
{
    let_a_thread_through(arg);
}

/* Runs body in a child that is forked when a thread waits for what the forking
   thread holds, for each way to wait.  */
static void fork_while_waited_for(void (*body)(void *))
{
    for (int i = 0; i < WAITS; i++) {
        struct scene s = {.how = &waits[i]};
        /* A thread that holds it is not in the child: see below.  */
        if (waits[i].staffed)
            continue;
        waits[i].block(&s.object);
        waiting_start(&s.waiting, &waits[i], &s.object);
        child_run(waits[i].name, body, &s);
        thread_await_parked(&s.waiting.thread);
        ck_assert_int_eq(waits[i].let(&s.object), 0);
        waiting_end(&s.waiting, 0);
    }
}

START_TEST(a_child_lets_its_threads_through_what_the_parent_waits_for)
{
    fork_while_waited_for(let_a_thread_of_the_child_through);
}
END_TEST

static void time_out(void *arg)
{
    struct scene *s = arg;
    struct waiting mine;
    if (under_tsan())
        return;
    waiting_start_for(&mine, s->how, &s->object, IL_MS(2));
    waiting_end(&mine, ETIMEDOUT);
}

START_TEST(a_child_times_out_on_what_the_parent_waits_for)
{
    fork_while_waited_for(time_out);
}
END_TEST

static void count_waiters(void *arg)
{
    struct scene *s = arg;
    require(il_barrier_waiting(&s->object.barrier) == 0);
    require(!il_barrier_broken(&s->object.barrier));
}

static void count_condition_waiters(void *arg)
{
    struct scene *s = arg;
    require(il_condition_waiting(&s->object.condition) == 0);
    require(il_condition_acquire(&s->object.condition) == 0);
    require(il_condition_notify_all(&s->object.condition) == 0);
    require(il_condition_release(&s->object.condition) == 0);
}

static void reset_and_pass(void *arg)
{
    struct scene *s = arg;
    require(il_barrier_reset(&s->object.barrier) == 0);
    require(!il_barrier_broken(&s->object.barrier));
    let_a_thread_through(s);
}

static void abort_and_reset(void *arg)
{
    struct scene *s = arg;
    require(il_barrier_abort(&s->object.barrier) == 0);
    require(il_barrier_wait(&s->object.barrier, NULL) == ECANCELED);
    reset_and_pass(s);
}

/* Runs body in a child that is forked while a thread waits in that way.  */
static void fork_while_waiting(const char *name, void (*body)(void *))
{
    struct scene s = {.how = wait_named(name)};
    s.how->block(&s.object);
    waiting_start(&s.waiting, s.how, &s.object);
    child_run(name, body, &s);
    ck_assert_int_eq(s.how->let(&s.object), 0);
    waiting_end(&s.waiting, 0);
}

START_TEST(nobody_waits_at_a_barrier_of_the_child)
{
    fork_while_waiting("barrier", count_waiters);
}
END_TEST

START_TEST(nobody_waits_on_a_condition_of_the_child)
{
    fork_while_waiting("condition on a lock", count_condition_waiters);
}
END_TEST

START_TEST(a_child_resets_a_barrier)
{
    fork_while_waiting("barrier", reset_and_pass);
}
END_TEST

START_TEST(a_child_aborts_a_barrier)
{
    fork_while_waiting("barrier", abort_and_reset);
}
END_TEST

/* The child has no thread that would end the action.  */
static void pass_the_gate(void *arg)
{
    struct scene *s = arg;
    il_event_set(&s->object.event);
    require(il_barrier_wait(&s->object.barrier, NULL) == 0);
    require(il_barrier_wait(&s->object.barrier, NULL) == 0);
}

START_TEST(a_child_passes_a_barrier_whose_action_ran)
{
    fork_while_waiting("barrier whose action runs", pass_the_gate);
}
END_TEST

static void pass_alone(void *arg)
{
    require(il_barrier_wait(arg, NULL) == 0);
    require(il_barrier_reset(arg) == 0);
}

/* What a thread of the parent had while it was at the barrier.  */
static void use_in_child_with_held(il_barrier *b, il_lock *held)
{
    child_run("barrier", pass_alone, b);
    ck_assert_int_eq(il_lock_release(held), 0);
    ck_assert_int_eq(il_barrier_wait(b, NULL), 0);
}

START_TEST(a_child_uses_a_barrier_that_a_thread_was_just_using)
{
    il_barrier b = IL_BARRIER_INIT(1);

    ck_assert_int_eq(il_lock_acquire(&b.il_mutex), 0);
    use_in_child_with_held(&b, &b.il_mutex);
    use_in_child_with_held(&b, il__guard_acquire(&b));
}
END_TEST

static void use_in_grandchild(void *arg)
{
    il_barrier *b = arg;

    pass_alone(b);
    require(il_lock_acquire(&b->il_mutex) == 0);
    child_run("barrier", pass_alone, b);
    require(il_lock_release(&b->il_mutex) == 0);
    pass_alone(b);
}

START_TEST(a_grandchild_uses_a_barrier_that_a_thread_was_just_using)
{
    il_barrier b = IL_BARRIER_INIT(1);

    child_run("barrier", use_in_grandchild, &b);
}
END_TEST

static void *pass_in_thread(void *b)
{
    require(il_barrier_wait(b, NULL) == 0);
    return NULL;
}

static void pass_with_threads(void *arg)
{
    struct thread t[3];

    if (under_tsan())
        return;
    thread_start_all(t, 3, pass_in_thread, arg, 0);
    thread_join_all(t, 3);
    require(il_barrier_waiting(arg) == 0);
}

/* The first of them makes it theirs.  */
START_TEST(threads_of_a_child_meet_at_a_barrier_that_was_held)
{
    il_barrier b = IL_BARRIER_INIT(3);

    ck_assert_int_eq(il_lock_acquire(&b.il_mutex), 0);
    for (int i = times(20); i > 0; i--)
        child_run("barrier", pass_with_threads, &b);
    ck_assert_int_eq(il_lock_release(&b.il_mutex), 0);
}
END_TEST

/* A thread that holds an object until it is told to release it.  */
struct holder {
    const struct exclusion *how;
    struct object object;
    il_event held;
    il_event enough;
    struct thread thread;
};

static void *hold(void *arg)
{
    struct holder *h = arg;
    require(h->how->acquire(&h->object) == 0);
    il_event_set(&h->held);
    il_event_wait(&h->enough);
    require(h->how->release(&h->object) == 0);
    return NULL;
}

/* Runs body in a child that is forked while another thread holds an object,
   for each way of mutual exclusion, or each that can be made free again.  */
static void fork_while_held(void (*body)(void *), bool with_reinit)
{
    for (int i = 0; i < EXCLUSIONS; i++) {
        struct holder h = {.how = &exclusions[i]};
        if (with_reinit && !h.how->at_fork_reinit)
            continue;
        h.how->init(&h.object);
        thread_start(&h.thread, hold, &h);
        ck_assert_int_eq(il_event_wait(&h.held), 0);
        child_run(h.how->name, body, &h);
        il_event_set(&h.enough);
        thread_join(&h.thread);
        ck_assert_int_eq(h.how->try_acquire(&h.object), 0);
        ck_assert_int_eq(h.how->release(&h.object), 0);
    }
}

static void find_it_held(void *arg)
{
    struct holder *h = arg;
    require(h->how->try_acquire(&h->object) == EBUSY);
    require(h->how->acquire_until(&h->object, il_after(IL_MS(2))) == ETIMEDOUT);
}

START_TEST(what_another_thread_held_stays_held_in_the_child)
{
    fork_while_held(find_it_held, false);
}
END_TEST

static void *acquire_and_release(void *arg)
{
    struct holder *h = arg;
    require(h->how->acquire(&h->object) == 0);
    require(h->how->release(&h->object) == 0);
    return NULL;
}

static void make_it_free(void *arg)
{
    struct holder *h = arg;
    struct thread t;

    h->how->at_fork_reinit(&h->object);
    require(h->how->try_acquire(&h->object) == 0);
    if (under_tsan())
        return;
    thread_start(&t, acquire_and_release, h);
    thread_await_parked(&t);
    require(h->how->release(&h->object) == 0);
    thread_join(&t);
}

START_TEST(at_fork_reinit_makes_it_free_in_the_child)
{
    fork_while_held(make_it_free, true);
}
END_TEST

static void reinit_event(void *arg)
{
    struct scene *s = arg;
    il_event_at_fork_reinit(&s->object.event);
    require(!il_event_is_set(&s->object.event));
    let_a_thread_through(s);
    il_event_set(&s->object.event);
    il_event_at_fork_reinit(&s->object.event);
    require(il_event_is_set(&s->object.event));
}

START_TEST(at_fork_reinit_of_an_event_keeps_the_flag)
{
    fork_while_waiting("event", reinit_event);
}
END_TEST

static void reinit_condition(void *arg)
{
    struct scene *s = arg;
    il_condition_at_fork_reinit(&s->object.condition);
    require(il_condition_waiting(&s->object.condition) == 0);
    let_a_thread_through(s);
}

START_TEST(at_fork_reinit_of_a_condition_forgets_its_waiters)
{
    fork_while_waiting("condition on a lock", reinit_condition);
    fork_while_waiting("condition on an rlock, with a predicate",
                       reinit_condition);
}
END_TEST

static void *find_it_foreign(void *arg)
{
    il_rlock *r = arg;
    require(!il_rlock_owned(r));
    require(il_rlock_depth(r) == 0);
    require(il_rlock_try_acquire(r) == EBUSY);
    require(il_rlock_release(r) == EPERM);
    return NULL;
}

static void release_every_level(void *arg)
{
    il_rlock *r = arg;
    struct thread t;

    require(il_rlock_owned(r));
    require(il_rlock_depth(r) == 2);
    thread_start(&t, find_it_foreign, r);
    thread_join(&t);
    require(il_rlock_acquire(r) == 0);
    for (int i = 0; i < 3; i++)
        require(il_rlock_release(r) == 0);
    require(il_rlock_release(r) == EPERM);
    require(!il_rlock_locked(r));
}

START_TEST(the_owner_of_an_rlock_owns_it_in_the_child)
{
    il_rlock r = IL_RLOCK_INIT;

    ck_assert_int_eq(il_rlock_acquire(&r), 0);
    ck_assert_int_eq(il_rlock_acquire(&r), 0);
    child_run("rlock", release_every_level, &r);
    ck_assert_uint_eq(il_rlock_depth(&r), 2);
}
END_TEST

static void release_and_take_back(void *arg)
{
    il_semaphore *s = arg;
    require(il_semaphore_value(s) == 3);
    require(il_semaphore_release(s) == 0);
    for (int i = 0; i < 4; i++)
        require(il_semaphore_try_acquire(s) == 0);
    require(il_semaphore_try_acquire(s) == EBUSY);
}

START_TEST(tokens_are_copied_to_the_child)
{
    il_semaphore s = IL_SEMAPHORE_INIT(3);

    child_run("semaphore", release_and_take_back, &s);
    ck_assert_uint_eq(il_semaphore_value(&s), 3);
}
END_TEST

int main(void)
{
    suite_begin("fork");
    suite_add(a_child_lets_its_threads_through_what_the_parent_waits_for);
    suite_add(a_child_times_out_on_what_the_parent_waits_for);
    suite_add(nobody_waits_at_a_barrier_of_the_child);
    suite_add(nobody_waits_on_a_condition_of_the_child);
    suite_add(a_child_resets_a_barrier);
    suite_add(a_child_aborts_a_barrier);
    suite_add(a_child_passes_a_barrier_whose_action_ran);
    suite_add(a_child_uses_a_barrier_that_a_thread_was_just_using);
    suite_add(a_grandchild_uses_a_barrier_that_a_thread_was_just_using);
    suite_add(threads_of_a_child_meet_at_a_barrier_that_was_held);
    suite_add(what_another_thread_held_stays_held_in_the_child);
    suite_add(at_fork_reinit_makes_it_free_in_the_child);
    suite_add(at_fork_reinit_of_an_event_keeps_the_flag);
    suite_add(at_fork_reinit_of_a_condition_forgets_its_waiters);
    suite_add(the_owner_of_an_rlock_owns_it_in_the_child);
    suite_add(tokens_are_copied_to_the_child);
    return suite_end();
}
