/* thread.c -- see thread.h.

   SPDX-License-Identifier: MIT */

#include "thread.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* How often this process's bound was halved.  */
static int halvings;

int64_t test_bound(void)
{
    const char *seconds = getenv("TEST_BOUND_S");
    return (seconds ? atoi(seconds) : 60) * INT64_C(1000000000) >> halvings;
}

void test_bound_halve(void)
{
    halvings++;
}

int64_t test_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

void test_pause(void)
{
    struct timespec t = {0, 100000};
    nanosleep(&t, NULL);
}

static void *run(void *arg)
{
    struct thread *t = arg;
    __atomic_store_n(&t->tid, (pid_t)syscall(SYS_gettid), __ATOMIC_RELEASE);
    t->result = t->body(t->arg);
    __atomic_store_n(&t->done, true, __ATOMIC_RELEASE);
    return NULL;
}

/* No assertion once the thread runs: it may fork, see child.h.  */
void thread_start(struct thread *t, void *(*body)(void *), void *arg)
{
    int r;

    *t = (struct thread){.body = body, .arg = arg};
    r = pthread_create(&t->handle, NULL, run, t);
    if (r != 0)
        ck_abort_msg("no thread: error %d", r);
}

void thread_start_all(struct thread *t, int n, void *(*body)(void *),
                      void *args, size_t size)
{
    for (int i = 0; i < n; i++)
        thread_start(&t[i], body, (char *)args + (size_t)i * size);
}

bool thread_is_done(const struct thread *t)
{
    return __atomic_load_n(&t->done, __ATOMIC_ACQUIRE);
}

void *thread_join(struct thread *t)
{
    await(thread_is_done(t));
    ck_assert_int_eq(pthread_join(t->handle, NULL), 0);
    return t->result;
}

void thread_join_all(struct thread *t, int n)
{
    for (int i = 0; i < n; i++)
        thread_join(&t[i]);
}

static FILE *open_of(pid_t tid, const char *what)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%d/%s", (int)tid, what);
    return fopen(path, "r");
}

/* Whether the number in *f, of the system call that a thread is in, is
   futex's; a thread that runs has none.  */
static bool is_futex_call(FILE *f)
{
    long call;
    if (fscanf(f, "%ld", &call) != 1)
        return false;
#ifdef SYS_futex_time64
    if (call == SYS_futex_time64)
        return true;
#endif
    return call == SYS_futex;
}

/* Whether the thread sleeps, for whatever reason: its state, after its name in
   parentheses, is S.  */
static bool is_asleep(FILE *f)
{
    char state = 0;
    return fscanf(f, "%*d (%*[^)]) %c", &state) == 1 && state == 'S';
}

/* Where the system doesn't tell of the call, the state has to do.  */
bool thread_is_parked(const struct thread *t)
{
    pid_t tid = __atomic_load_n(&t->tid, __ATOMIC_ACQUIRE);
    bool (*is_parked)(FILE *) = is_futex_call;
    bool parked = false;
    FILE *f;

    if (tid == 0)
        return false;
    f = open_of(tid, "syscall");
    if (!f) {
        is_parked = is_asleep;
        f = open_of(tid, "stat");
    }
    if (f) {
        parked = is_parked(f);
        fclose(f);
    }
    return parked;
}

/* Several looks in a row: a thread may also be in that call for a moment, for
   a mutex on its way.  */
void thread_await_parked(const struct thread *t)
{
    enum { LOOKS = 4 };
    int seen = 0;
    int64_t end = test_now() + test_bound();
    while (seen < LOOKS) {
        if (thread_is_done(t))
            ck_abort_msg("the thread returned, it was to park");
        if (test_now() > end)
            ck_abort_msg("the thread does not park");
        seen = thread_is_parked(t) ? seen + 1 : 0;
        test_pause();
    }
}

void thread_await_all_parked(const struct thread *t, int n)
{
    for (int i = 0; i < n; i++)
        thread_await_parked(&t[i]);
}
