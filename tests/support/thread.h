/* thread.h -- threads of a test, and waiting for what they do.

   No wait here is without a bound: past test_bound() the test fails.

   SPDX-License-Identifier: MIT */

#ifndef THREAD_H
#define THREAD_H

#include <check.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Returns the ns after which a wait has failed: a minute, which no machine is
   busy enough for, or as many seconds as the environment's TEST_BOUND_S says;
   in a child of child_run, half of what it is in the parent.  */
int64_t test_bound(void);

/* Halves it, in a process that has one thread.  */
void test_bound_halve(void);

struct thread {
    pthread_t handle;
    pid_t tid; /* atomic; 0 until it runs */
    bool done; /* atomic */
    void *(*body)(void *);
    void *arg;
    void *result;
};

/* Starts body(arg) in a new thread, which may fork.  */
void thread_start(struct thread *t, void *(*body)(void *), void *arg);

/* Starts n threads of the same body; the i-th gets args + i * size.  */
void thread_start_all(struct thread *t, int n, void *(*body)(void *),
                      void *args, size_t size);

/* Waits until the thread has returned.  Returns what it returned.  */
void *thread_join(struct thread *t);
void thread_join_all(struct thread *t, int n);

/* Returns whether the thread's body has returned.  */
bool thread_is_done(const struct thread *t);

/* Returns whether the thread now is in the kernel's futex call, which is where
   both backends park.  */
bool thread_is_parked(const struct thread *t);

/* Waits until the thread stays asleep there.  Fails if it returns instead. */
void thread_await_parked(const struct thread *t);
void thread_await_all_parked(const struct thread *t, int n);

/* Waits until `condition`, an expression, is true.  */
#define await(condition)                                            \
    do {                                                            \
        int64_t await_end = test_now() + test_bound();              \
        while (!(condition)) {                                      \
            if (test_now() > await_end)                             \
                ck_abort_msg("waited too long for %s", #condition); \
            test_pause();                                           \
        }                                                           \
    } while (0)

/* Returns ns on CLOCK_MONOTONIC.  */
int64_t test_now(void);

/* Lets others run for about 0.1 ms.  */
void test_pause(void);

#endif
