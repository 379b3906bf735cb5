/* refused.c -- calls that have no model.

   What they do depends on other threads, or on other processes, in a way that
   is not seen; an answer would be a guess.  So an execution that makes such a
   call ends by saying so.  Only the program's own calls are meant: the C
   library's reach it otherwise.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "program.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

static void refuse(const char *call)
{
    program_settle();
    engine_fail(VERDICT_WRONG, "%s can't be explored", call);
}

/* Defines the call, which is refused in an execution.  */
#define REFUSED(type, name, parameters, arguments) \
    IL__API type name parameters                   \
    {                                              \
        if (engine_is_on())                        \
            refuse(#name);                         \
        return PROGRAM_REAL(name) arguments;       \
    }

REFUSED(int, pthread_cancel, (pthread_t t), (t))
REFUSED(int, pthread_kill, (pthread_t t, int number), (t, number))
REFUSED(int, pthread_sigqueue,
        (pthread_t t, int number, const union sigval value), (t, number, value))
REFUSED(int, pthread_tryjoin_np, (pthread_t t, void **result), (t, result))
REFUSED(int, pthread_timedjoin_np,
        (pthread_t t, void **result, const struct timespec *until),
        (t, result, until))
REFUSED(int, pthread_clockjoin_np,
        (pthread_t t, void **result, clockid_t clock,
         const struct timespec *until),
        (t, result, clock, until))
REFUSED(pid_t, fork, (void), ())
REFUSED(int, pause, (void), ())
REFUSED(int, sigsuspend, (const sigset_t *set), (set))
REFUSED(int, sigwait, (const sigset_t *restrict set, int *restrict number),
        (set, number))

/* All threads would wait for what one of them has to write.  */
IL__API ssize_t read(int fd, void *to, size_t n)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};

    if (engine_is_on() && poll(&ready, 1, 0) == 0)
        refuse("a read that has to wait");
    return PROGRAM_REAL(read)(fd, to, n);
}
