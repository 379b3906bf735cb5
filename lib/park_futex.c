/* park_futex.c -- the park contract on Linux futexes.

   Private futexes: the kernel need not look for other processes.  Waits take
   an absolute CLOCK_MONOTONIC time, so a restart after a signal needs no
   arithmetic.  What each answer of the kernel means:

     0          woken, or for no reason: the caller looks again
     EAGAIN     *word was not `expected`: the same
     EINTR      a signal handler ran: the same, the caller's loop waits again
     ETIMEDOUT  the time came and no wake was used up: passed on
     other      ENOSYS or EPERM where a sandbox forbids futexes, ENOMEM; the
                rest (EFAULT, EINVAL) can't be, the word exists while its
                waiter does: yield, so that waiting turns into polling

   The kernel's queues belong to the address space: a forked child has none.

   A wake answers how many it woke, which nobody needs, or an error that
   changes nothing: EFAULT when the word is gone, as it may be.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "clock.h"
#include "park.h"

#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

const char il__park_backend[] = "futex";

/* On 32-bit machines the call with 64-bit times is one of its own, since
   Linux 5.1; an older kernel has only the one with times of two longs.  */
#ifdef SYS_futex_time64
static long futex_wait_old(const park_word *word, uint32_t expected,
                           const struct timespec_64 *time)
{
#ifdef SYS_futex
    long old[2] = {0, 0};
    if (time) {
        old[0] = time->tv_sec > INT32_MAX ? INT32_MAX : (long)time->tv_sec;
        old[1] = (long)time->tv_nsec;
    }
    return syscall(SYS_futex, word, FUTEX_WAIT_BITSET_PRIVATE, expected,
                   time ? old : NULL, NULL, FUTEX_BITSET_MATCH_ANY);
#else
    (void)word, (void)expected, (void)time;
    return -1;
#endif
}

static long futex_wait(const park_word *word, uint32_t expected,
                       const struct timespec_64 *time)
{
    long r = syscall(SYS_futex_time64, word, FUTEX_WAIT_BITSET_PRIVATE,
                     expected, time, NULL, FUTEX_BITSET_MATCH_ANY);
    if (r == -1 && errno == ENOSYS)
        r = futex_wait_old(word, expected, time);
    return r;
}

static void futex_wake(const park_word *word, uint32_t n)
{
    if (syscall(SYS_futex_time64, word, FUTEX_WAKE_PRIVATE, n) == -1
        && errno == ENOSYS) {
#ifdef SYS_futex
        syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, n);
#endif
    }
}
#else
static long futex_wait(const park_word *word, uint32_t expected,
                       const struct timespec_64 *time)
{
    return syscall(SYS_futex, word, FUTEX_WAIT_BITSET_PRIVATE, expected, time,
                   NULL, FUTEX_BITSET_MATCH_ANY);
}

static void futex_wake(const park_word *word, uint32_t n)
{
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, n);
}
#endif

int il__park_wait(const park_word *word, uint32_t expected, il_deadline until)
{
    struct timespec_64 time = il__deadline_to_timespec_64(until);
    bool timed = until.il_ns != il_never().il_ns;
    int saved = errno;
    int r = 0;

    if (futex_wait(word, expected, timed ? &time : NULL) == -1) {
        if (errno == ETIMEDOUT)
            r = ETIMEDOUT;
        else if (errno != EAGAIN && errno != EINTR) {
            sched_yield();
            r = il__deadline_passed(until) ? ETIMEDOUT : 0;
        }
    }
    errno = saved;
    return r;
}

void il__park_wake(const park_word *word, uint32_t n)
{
    int saved = errno;
    /* The kernel takes an int, and wakes one thread for 0.  */
    futex_wake(word, n < PARK_ALL ? n : (uint32_t)PARK_ALL);
    errno = saved;
}
