/* child.c -- see child.h.

   SPDX-License-Identifier: MIT */

#include "child.h"

#include <interlock.h>

#include "thread.h"

#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

/* Ends this process after ns.  */
static void end_after(int64_t ns)
{
    struct itimerval limit = {
        .it_value = {.tv_sec = (time_t)(ns / IL_SEC(1)),
                     .tv_usec = (suseconds_t)(ns % IL_SEC(1) / IL_US(1))}};

    /* Check's own handler would kill the test with it.  */
    signal(SIGALRM, SIG_DFL);
    setitimer(ITIMER_REAL, &limit, NULL);
}

void child_run(const char *what, void (*body)(void *), void *arg)
{
    int status = -1;
    pid_t pid = fork();
    if (pid == 0) {
        end_after(test_bound() / 4 * 3);
        test_bound_halve();
        body(arg);
        _exit(0);
    }
    ck_assert_int_gt(pid, 0);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    if (status != 0)
        ck_abort_msg("%s: the child ended with status %#x", what,
                     (unsigned)status);
}
