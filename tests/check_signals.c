/* check_signals.c -- no signal ends a wait, or makes it wait longer.

   SPDX-License-Identifier: MIT */

#include "support/handler.h"
#include "support/kinds.h"
#include "support/pace.h"
#include "support/suite.h"
#include "support/thread.h"
#include "support/waiting.h"

#include <signal.h>

static int handled; /* atomic */
static il_event handled_event = IL_EVENT_INIT;
static il_semaphore handled_semaphore = IL_SEMAPHORE_INIT(0);

static void count(int signal)
{
    (void)signal;
    __atomic_fetch_add(&handled, 1, __ATOMIC_RELAXED);
}

static void set_event(int signal)
{
    (void)signal;
    il_event_set(&handled_event);
}

static void release_semaphore(int signal)
{
    (void)signal;
    il_semaphore_release(&handled_semaphore);
}

static void interrupt(const struct thread *t)
{
    /* It may have ended meanwhile, which some C libraries call an error.  */
    (void)pthread_kill(t->handle, SIGUSR1);
    test_pause();
}

/* Interrupts a thread often, and sees it parked afterwards.  */
static void storm(const struct thread *t)
{
    enum { SIGNALS = 30 };
    for (int i = 0; i < SIGNALS; i++)
        interrupt(t);
    thread_await_parked(t);
}

/* For each way to wait, with a time limit of `ns` or none.  */
static void storm_all(int64_t ns)
{
    handler_install(count);
    for (int i = 0; i < WAITS; i++) {
        struct object o;
        struct waiting w;
        int before = __atomic_load_n(&handled, __ATOMIC_RELAXED);
        waits[i].block(&o);
        waiting_start_for(&w, &waits[i], &o, ns);
        thread_await_parked(&w.thread);
        storm(&w.thread);
        ck_assert_int_eq(waits[i].let(&o), 0);
        waiting_end(&w, 0);
        ck_assert_int_gt(__atomic_load_n(&handled, __ATOMIC_RELAXED), before);
    }
}

START_TEST(no_wait_ends_by_a_signal)
{
    storm_all(-1);
}
END_TEST

START_TEST(no_wait_with_a_deadline_ends_by_a_signal)
{
    storm_all(IL_SEC(1000));
}
END_TEST

START_TEST(a_wait_amid_signals_times_out_not_before_its_deadline)
{
    const int64_t span = IL_MS(20);

    handler_install(count);
    for (int i = 0; i < WAITS; i++) {
        struct object o;
        struct waiting w;
        waits[i].block(&o);
        waiting_start_for(&w, &waits[i], &o, span);
        while (!thread_is_done(&w.thread))
            interrupt(&w.thread);
        waiting_end(&w, ETIMEDOUT);
        ck_assert_int_ge(w.took, span);
        (void)waits[i].let(&o);
    }
    ck_assert_int_gt(handled, 0);
}
END_TEST

/* Only futexes are async-signal-safe, and ThreadSanitizer runs a handler not
   before the system call that it should end.  */
static bool handlers_may_wake(void)
{
    return il_backend()[0] == 'f' && !under_tsan();
}

static void *wait_for_handled(void *arg)
{
    (void)arg;
    return (void *)(intptr_t)(il_event_wait(&handled_event)
                              + il_semaphore_acquire(&handled_semaphore));
}

START_TEST(a_handler_lets_the_thread_through_that_it_interrupted)
{
    struct thread t;

    if (!handlers_may_wake())
        return;
    thread_start(&t, wait_for_handled, NULL);
    thread_await_parked(&t);
    handler_install(set_event);
    interrupt(&t);
    await(il_event_is_set(&handled_event));
    thread_await_parked(&t);
    handler_install(release_semaphore);
    interrupt(&t);
    ck_assert_ptr_null(thread_join(&t));
}
END_TEST

int main(void)
{
    suite_begin("signals");
    suite_add(no_wait_ends_by_a_signal);
    suite_add(no_wait_with_a_deadline_ends_by_a_signal);
    suite_add(a_wait_amid_signals_times_out_not_before_its_deadline);
    suite_add(a_handler_lets_the_thread_through_that_it_interrupted);
    return suite_end();
}
