/* answers.c -- what the seven primitives answer where nobody else is about, and
   where somebody else was.

   SPDX-License-Identifier: MIT */

#include "answers.h"

#include <interlock.h>

#define PASSED il_after(0)
#define SOON il_after(IL_MS(1))

static il_lock lock = IL_LOCK_INIT;
static il_rlock rlock = IL_RLOCK_INIT;
static il_condition on_lock = IL_CONDITION_INIT(&lock);
static il_condition on_rlock = IL_CONDITION_INIT_RLOCK(&rlock);

static void *lock_elsewhere(void *unused)
{
    SAY(il_lock_try_acquire(&lock));
    SAY(il_lock_acquire_until(&lock, SOON));
    SAY(il_lock_release(&lock));
    return unused;
}

static void locks(void)
{
    SAY(il_lock_init(&lock, 1));
    SAY(il_lock_release(&lock));
    SAY(il_lock_acquire(&lock));
    SAY(il_lock_locked(&lock));
    SAY(il_lock_try_acquire(&lock));
    SAY(il_lock_acquire_until(&lock, PASSED));
    SAY(il_lock_acquire_until(&lock, SOON));
    elsewhere(lock_elsewhere);
    SAY(il_lock_locked(&lock));
    SAY(il_lock_acquire_until(&lock, PASSED));
    SAY(il_lock_init(&lock, 0));
    SAY(il_lock_release(&lock));
    SAY(il_lock_acquire_until(&lock, il_never()));
    il_lock_at_fork_reinit(&lock);
    SAY(il_lock_locked(&lock));
}

static void *rlock_elsewhere(void *unused)
{
    SAY(il_rlock_release(&rlock));
    SAY(il_rlock_locked(&rlock));
    SAY(il_rlock_owned(&rlock));
    SAY(il_rlock_depth(&rlock));
    SAY(il_rlock_try_acquire(&rlock));
    SAY(il_rlock_acquire_until(&rlock, SOON));
    SAY(il_condition_notify(&on_rlock));
    SAY(il_condition_wait(&on_rlock));
    SAY(il_condition_release(&on_rlock));
    return unused;
}

static void rlocks(void)
{
    SAY(il_rlock_init(&rlock, 2));
    SAY(il_rlock_release(&rlock));
    SAY(il_rlock_depth(&rlock));
    SAY(il_rlock_acquire(&rlock));
    SAY(il_rlock_try_acquire(&rlock));
    SAY(il_rlock_acquire_until(&rlock, PASSED));
    SAY(il_rlock_depth(&rlock));
    SAY(il_rlock_owned(&rlock));
    elsewhere(rlock_elsewhere);
    SAY(il_condition_wait_until(&on_rlock, SOON));
    SAY(il_rlock_depth(&rlock));
    SAY(il_condition_notify_all(&on_rlock));
    for (int i = 0; i < 4; i++)
        SAY(il_rlock_release(&rlock));
    SAY(il_rlock_locked(&rlock));
    SAY(il_rlock_init(&rlock, 0));
}

static void semaphores(void)
{
    il_semaphore s = IL_SEMAPHORE_INIT(2);

    SAY(il_semaphore_value(&s));
    SAY(il_semaphore_try_acquire(&s));
    SAY(il_semaphore_acquire(&s));
    SAY(il_semaphore_try_acquire(&s));
    SAY(il_semaphore_acquire_until(&s, PASSED));
    SAY(il_semaphore_acquire_until(&s, SOON));
    SAY(il_semaphore_release_n(&s, 0));
    SAY(il_semaphore_release(&s));
    SAY(il_semaphore_acquire_until(&s, PASSED));
    SAY(il_semaphore_release_n(&s, 3));
    SAY(il_semaphore_value(&s));
    SAY(il_semaphore_release_n(&s, IL_SEMAPHORE_MAX));
    SAY(il_semaphore_value(&s));
    SAY(il_semaphore_init(&s, IL_SEMAPHORE_MAX + 1, 0));
    SAY(il_semaphore_init(&s, 1, 1));
    SAY(il_semaphore_value(&s));
    SAY(il_semaphore_init(&s, IL_SEMAPHORE_MAX, 0));
    SAY(il_semaphore_release(&s));
    SAY(il_semaphore_value(&s));
}

static void bounded_semaphores(void)
{
    il_bounded_semaphore s = IL_BOUNDED_SEMAPHORE_INIT(2);

    SAY(il_bounded_semaphore_bound(&s));
    SAY(il_bounded_semaphore_release(&s));
    SAY(il_bounded_semaphore_acquire(&s));
    SAY(il_bounded_semaphore_release_n(&s, 2));
    SAY(il_bounded_semaphore_value(&s));
    SAY(il_bounded_semaphore_release_n(&s, 0));
    SAY(il_bounded_semaphore_try_acquire(&s));
    SAY(il_bounded_semaphore_try_acquire(&s));
    SAY(il_bounded_semaphore_acquire_until(&s, PASSED));
    SAY(il_bounded_semaphore_release_n(&s, 2));
    SAY(il_bounded_semaphore_release(&s));
    SAY(il_bounded_semaphore_init(&s, IL_SEMAPHORE_MAX + 1, 0));
    SAY(il_bounded_semaphore_init(&s, 0, 1));
    SAY(il_bounded_semaphore_init(&s, 0, 0));
    SAY(il_bounded_semaphore_release(&s));
    SAY(il_bounded_semaphore_acquire_until(&s, SOON));
}

static void events(void)
{
    il_event e = IL_EVENT_INIT;

    SAY(il_event_init(&e, 4));
    SAY(il_event_is_set(&e));
    SAY(il_event_wait_until(&e, PASSED));
    SAY(il_event_wait_until(&e, SOON));
    il_event_set(&e);
    SAY(il_event_is_set(&e));
    SAY(il_event_wait_until(&e, PASSED));
    SAY(il_event_wait(&e));
    il_event_at_fork_reinit(&e);
    SAY(il_event_is_set(&e));
    il_event_clear(&e);
    SAY(il_event_is_set(&e));
    SAY(il_event_init(&e, 0));
}

static bool is_true(void *arg)
{
    return *(bool *)arg;
}

static void conditions(void)
{
    bool yes = true, no = false;

    SAY(il_condition_init(&on_lock, &lock, 1));
    SAY(il_condition_wait(&on_lock));
    SAY(il_condition_wait_until(&on_lock, PASSED));
    SAY(il_condition_notify(&on_lock));
    SAY(il_condition_notify_n(&on_lock, 0));
    SAY(il_condition_notify_all(&on_lock));
    SAY(il_condition_release(&on_lock));
    SAY(il_condition_wait_for(&on_lock, is_true, &yes));
    SAY(il_condition_wait_for(&on_lock, is_true, &no));
    SAY(il_condition_acquire(&on_lock));
    SAY(il_condition_try_acquire(&on_lock));
    SAY(il_condition_acquire_until(&on_lock, SOON));
    SAY(il_condition_wait_until(&on_lock, PASSED));
    SAY(il_condition_wait_until(&on_lock, SOON));
    SAY(il_lock_locked(&lock));
    SAY(il_condition_wait_for_until(&on_lock, is_true, &yes, PASSED));
    SAY(il_condition_wait_for_until(&on_lock, is_true, &no, SOON));
    SAY(il_condition_notify_n(&on_lock, 3));
    SAY(il_condition_waiting(&on_lock));
    SAY(il_condition_release(&on_lock));
    SAY(il_condition_init_rlock(&on_rlock, &rlock, 1));
    SAY(il_condition_init_rlock(&on_rlock, &rlock, 0));
    SAY(il_condition_try_acquire(&on_rlock));
    SAY(il_condition_acquire(&on_rlock));
    SAY(il_rlock_depth(&rlock));
    il_condition_at_fork_reinit(&on_rlock);
    SAY(il_rlock_locked(&rlock));
}

static int act(void *arg)
{
    int *answer = arg;
    return (*answer)++;
}

static void barriers(void)
{
    il_barrier b = IL_BARRIER_INIT(1);
    il_barrier none = IL_BARRIER_INIT(0);
    uint32_t index = 9;
    int answer = 0;

    SAY(il_barrier_wait(&b, &index));
    SAY(index);
    SAY(il_barrier_wait(&none, NULL));
    SAY(il_barrier_init(&b, 0, NULL, NULL, 0));
    SAY(il_barrier_init(&b, 1, NULL, NULL, 1));
    SAY(il_barrier_init(&b, 2, NULL, NULL, 0));
    SAY(il_barrier_parties(&b));
    SAY(il_barrier_wait_until(&b, NULL, PASSED));
    SAY(il_barrier_broken(&b));
    SAY(il_barrier_wait(&b, NULL));
    SAY(il_barrier_waiting(&b));
    SAY(il_barrier_reset(&b));
    SAY(il_barrier_broken(&b));
    SAY(il_barrier_wait_until(&b, NULL, SOON));
    SAY(il_barrier_abort(&b));
    SAY(il_barrier_wait_until(&b, NULL, PASSED));
    SAY(il_barrier_reset(&b));
    SAY(il_barrier_set_timeout(&b, IL_MS(1)));
    SAY(il_barrier_wait(&b, NULL));
    SAY(il_barrier_init(&b, 1, act, &answer, 0));
    SAY(il_barrier_wait(&b, NULL));
    SAY(il_barrier_wait(&b, NULL));
    SAY(il_barrier_broken(&b));
    SAY(answer);
}

static void deadlines(void)
{
    struct timespec bad = {0, -1}, past = {1, 0};
    il_deadline d = il_never();

    SAY(il_remaining(il_never()));
    SAY(il_remaining(PASSED));
    SAY(il_remaining(il_after(-1)));
    SAY(il_remaining(il_after(INT64_MAX)));
    SAY(il_remaining(il_after(IL_SEC(60))) > IL_SEC(50));
    SAY(il_at(CLOCK_MONOTONIC, &bad, &d));
    SAY(il_at(CLOCK_THREAD_CPUTIME_ID, &past, &d));
    SAY(il_remaining(d));
    SAY(il_at(CLOCK_REALTIME, &past, &d));
    SAY(il_remaining(d));
}

int main(void)
{
    locks();
    rlocks();
    semaphores();
    bounded_semaphores();
    events();
    conditions();
    barriers();
    deadlines();
    putchar('\n');
    return 0;
}
