/* futexes.c -- see futexes.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "run/futexes.h"

#include <dlfcn.h>
#include <linux/perf_event.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "run/run.h"

static _Thread_local uint64_t *to;

void futexes_count_to(uint64_t *counter)
{
    to = counter;
}

static const char *const tracepoints[] = {
    "/sys/kernel/tracing/events/syscalls/sys_enter_futex/id",
    "/sys/kernel/debug/tracing/events/syscalls/sys_enter_futex/id",
};

/* Returns the number of the tracepoint, or -1.  */
static int tracepoint(void)
{
    int id = -1;

    for (int i = 0; i < 2 && id < 0; i++) {
        FILE *f = fopen(tracepoints[i], "r");
        if (f && fscanf(f, "%d", &id) != 1)
            id = -1;
        if (f)
            fclose(f);
    }
    return id;
}

/* A counter a thread.  */
static int counters[MAX_THREADS + 1];
static unsigned n_counters;

static int open_counter(int id, pid_t thread)
{
    struct perf_event_attr a = {
        .type = PERF_TYPE_TRACEPOINT,
        .size = sizeof a,
        .config = (unsigned)id,
    };
    return (int)syscall(SYS_perf_event_open, &a, thread, -1, -1, 0);
}

bool futexes_watch(const pid_t *threads, unsigned n)
{
    int id = tracepoint();

    if (id < 0)
        return false;
    for (n_counters = 0; n_counters < n; n_counters++) {
        counters[n_counters] = open_counter(id, threads[n_counters]);
        if (counters[n_counters] < 0) {
            futexes_seen();
            return false;
        }
    }
    return true;
}

/* The counters stay open, for to close one takes the kernel 50 ms.  */
double futexes_seen(void)
{
    double sum = 0;

    for (unsigned i = 0; i < n_counters; i++) {
        uint64_t n = 0;
        if (read(counters[i], &n, sizeof n) == sizeof n)
            sum += (double)n;
    }
    return sum;
}

/* A static program has no other syscall to pass on to.  */
#if !defined(BENCH_STATIC)

typedef long system_call(long, long, long, long, long, long, long);

/* The C library's own.  Found by the first call, which is one of the process's
   only thread: this program's constructors come after those of the libraries,
   and these call it.  */
static system_call *find_next(void)
{
    static system_call *next;

    if (!next) {
        void *symbol = dlsym(RTLD_NEXT, "syscall");
        __builtin_memcpy(&next, &symbol, sizeof next);
    }
    return next;
}

static __attribute__((constructor)) void find_it_while_alone(void)
{
    (void)find_next();
}

static bool is_futex(long number)
{
#if defined(SYS_futex_time64)
    if (number == SYS_futex_time64)
        return true;
#endif
    return number == SYS_futex;
}

/* Takes as many arguments as there can be, as the C library's own does.
   Relaxed: a counter.  */
long syscall(long number, ...)
{
    va_list args;
    long a[6];

    va_start(args, number);
    for (int i = 0; i < 6; i++)
        a[i] = va_arg(args, long);
    va_end(args);
    if (to && is_futex(number))
        __atomic_store_n(to, *to + 1, __ATOMIC_RELAXED);
    return find_next()(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

#endif
