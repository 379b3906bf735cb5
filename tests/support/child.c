/* child.c -- see child.h.

   SPDX-License-Identifier: MIT */

#include "child.h"

#include <interlock.h>

#include "thread.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

void child_run(const char *what, void (*body)(void *), void *arg)
{
    int status = -1;
    pid_t pid = fork();
    if (pid == 0) {
        /* Check's own handler would kill the test with it.  */
        signal(SIGALRM, SIG_DFL);
        alarm((unsigned)(test_bound() / IL_SEC(1)) + 1);
        body(arg);
        _exit(0);
    }
    ck_assert_int_gt(pid, 0);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    if (status != 0)
        ck_abort_msg("%s: the child ended with status %#x", what,
                     (unsigned)status);
}
