/* crash.c -- a crash of the program is how an execution ends, no more.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "crash.h"

#include "explore/need.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/time.h>

static void (*when_crashed)(int signal, const void *at);
static void (*when_ticked)(void);

static void handle(int signal, siginfo_t *info, void *context)
{
    (void)context;
    when_crashed(signal, info->si_addr);
}

static void handle_alarm(int signal)
{
    (void)signal;
    when_ticked();
}

/* The handlers are left by a jump: the signal is not blocked meanwhile.  */
void crash_set_up(void (*crashed)(int signal, const void *at))
{
    static const int signals[] = {SIGSEGV, SIGBUS,  SIGFPE,
                                  SIGILL,  SIGABRT, SIGTRAP};
    size_t size = (size_t)SIGSTKSZ + (1 << 16);
    stack_t stack = {.ss_sp = need(malloc(size)), .ss_size = size};
    struct sigaction action = {.sa_flags =
                                   SA_SIGINFO | SA_ONSTACK | SA_NODEFER};

    when_crashed = crashed;
    action.sa_sigaction = handle;
    sigemptyset(&action.sa_mask);
    sigaltstack(&stack, NULL);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        sigaction(signals[i], &action, NULL);
}

void crash_watch(int seconds, void (*tick)(void))
{
    struct sigaction action = {.sa_handler = handle_alarm,
                               .sa_flags =
                                   SA_ONSTACK | SA_NODEFER | SA_RESTART};
    struct itimerval timer = {.it_value.tv_sec = seconds,
                              .it_interval.tv_sec = seconds};

    when_ticked = tick;
    sigemptyset(&action.sa_mask);
    sigaction(SIGVTALRM, &action, NULL);
    setitimer(ITIMER_VIRTUAL, &timer, NULL);
}
