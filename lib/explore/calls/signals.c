/* signals.c -- signals, which are not explored: what a program wants to be done
   when one comes is taken down, and who would send one is refused.

   The explorer's own handlers stay, and no execution changes what the next one
   finds.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "plain.h"
#include "program.h"
#include "refused.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>

static struct sigaction actions[NSIG];
static sigset_t masks[THREADS_MOST];

static void forget(void)
{
    memset(actions, 0, sizeof actions);
    memset(masks, 0, sizeof masks);
}

__attribute__((constructor)) static void begin(void)
{
    engine_at_start(forget);
}

static int set_action(int number, const struct sigaction *action,
                      struct sigaction *old)
{
    if (number < 1 || number >= NSIG) {
        errno = EINVAL;
        return -1;
    }
    if (old)
        *old = actions[number];
    if (action)
        actions[number] = *action;
    return 0;
}

IL__API int sigaction(int number, const struct sigaction *restrict action,
                      struct sigaction *restrict old)
{
    return bulk_is_explored(PROGRAM_PC)
               ? set_action(number, action, old)
               : PROGRAM_REAL(sigaction)(number, action, old);
}

IL__API __sighandler_t signal(int number, __sighandler_t handler)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    struct sigaction old;

    if (!bulk_is_explored(PROGRAM_PC))
        return PROGRAM_REAL(signal)(number, handler);
    return set_action(number, &action, &old) ? SIG_ERR : old.sa_handler;
}

static int change_mask(int how, const sigset_t *set, sigset_t *old)
{
    sigset_t *mask = &masks[engine_self()];

    if (old)
        *old = *mask;
    for (int n = 1; set && n < NSIG; n++) {
        if (how == SIG_SETMASK || sigismember(set, n))
            (sigismember(set, n) && how != SIG_UNBLOCK ? sigaddset
                                                       : sigdelset)(mask, n);
    }
    return 0;
}

IL__API int pthread_sigmask(int how, const sigset_t *restrict set,
                            sigset_t *restrict old)
{
    return bulk_is_explored(PROGRAM_PC)
               ? change_mask(how, set, old)
               : PROGRAM_REAL(pthread_sigmask)(how, set, old);
}

IL__API int sigprocmask(int how, const sigset_t *restrict set,
                        sigset_t *restrict old)
{
    return bulk_is_explored(PROGRAM_PC)
               ? change_mask(how, set, old)
               : PROGRAM_REAL(sigprocmask)(how, set, old);
}

IL__API int raise(int number)
{
    if (!bulk_is_explored(PROGRAM_PC) || number < 1 || number >= NSIG)
        return PROGRAM_REAL(raise)(number);
    if (actions[number].sa_handler == SIG_IGN)
        return 0;
    if (actions[number].sa_handler != SIG_DFL)
        refuse("a signal that is handled");
    return PROGRAM_REAL(raise)(number);
}
