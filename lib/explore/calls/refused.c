/* refused.c -- calls that have no model.

   What they do depends on other threads, or on other processes, in a way that
   is not seen; an answer would be a guess.  So an execution that makes such a
   call ends by saying so.  Only the program's own calls are meant: the C
   library's reach it otherwise.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "refused.h"

#include "plain.h"
#include "program.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

void refuse(const char *call)
{
    program_settle();
    engine_fail(VERDICT_WRONG, "%s can't be explored", call);
}

/* Defines the call, which is refused in an execution.  */
#define REFUSED(type, name, parameters, arguments) \
    IL__API type name parameters                   \
    {                                              \
        if (bulk_is_explored(PROGRAM_PC))          \
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
REFUSED(int, pthread_getattr_np, (pthread_t t, pthread_attr_t *a), (t, a))
REFUSED(int, pthread_getcpuclockid, (pthread_t t, clockid_t *c), (t, c))
REFUSED(pid_t, fork, (void), ())
REFUSED(int, kill, (pid_t pid, int number), (pid, number))
REFUSED(unsigned, alarm, (unsigned seconds), (seconds))
REFUSED(int, setitimer,
        (__itimer_which_t which, const struct itimerval *restrict value,
         struct itimerval *restrict old),
        (which, value, old))
REFUSED(int, timer_create,
        (clockid_t clock, struct sigevent *restrict event,
         timer_t *restrict timer),
        (clock, event, timer))
REFUSED(int, pipe, (int ends[2]), (ends))
REFUSED(int, pipe2, (int ends[2], int flags), (ends, flags))
REFUSED(int, socketpair, (int domain, int type, int protocol, int ends[2]),
        (domain, type, protocol, ends))
REFUSED(int, eventfd, (unsigned value, int flags), (value, flags))
REFUSED(int, epoll_create1, (int flags), (flags))
REFUSED(int, poll, (struct pollfd * fds, nfds_t n, int ms), (fds, n, ms))
REFUSED(int, select,
        (int n, fd_set *restrict r, fd_set *restrict w, fd_set *restrict e,
         struct timeval *restrict t),
        (n, r, w, e, t))
REFUSED(int, pause, (void), ())
REFUSED(int, sigsuspend, (const sigset_t *set), (set))
REFUSED(int, sigwait, (const sigset_t *restrict set, int *restrict number),
        (set, number))

/* Memory that is not put back before the next execution.  */
IL__API void *mmap(void *at, size_t size, int prot, int flags, int fd,
                   off_t offset)
{
    if (bulk_is_explored(PROGRAM_PC))
        refuse("mmap");
    return PROGRAM_REAL(mmap)(at, size, prot, flags, fd, offset);
}

/* All threads would wait for what one of them has to write.  */
IL__API ssize_t read(int fd, void *to, size_t n)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};

    if (bulk_is_explored(PROGRAM_PC) && PROGRAM_REAL(poll)(&ready, 1, 0) == 0)
        refuse("a read that has to wait");
    return PROGRAM_REAL(read)(fd, to, n);
}
