/* handler.c -- see handler.h.

   SPDX-License-Identifier: MIT */

#include "handler.h"

#include <interlock.h>

#include <signal.h>
#include <string.h>

static int counted; /* atomic */

void handler_install(void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};
    ck_assert_int_eq(sigaction(SIGUSR1, &action, NULL), 0);
}

bool handler_may_wake(void)
{
    return strcmp(il_backend(), "futex") == 0;
}

void handler_count(void)
{
    __atomic_fetch_add(&counted, 1, __ATOMIC_RELAXED);
}

int handler_counted(void)
{
    return __atomic_load_n(&counted, __ATOMIC_RELAXED);
}

/* One signal at a time, since those that are pending together become one.  */
static void *send_signals(void *arg)
{
    const pthread_t *to = arg;
    for (int i = 1; i <= STORM; i++) {
        pthread_kill(*to, SIGUSR1);
        await(handler_counted() == i);
    }
    return NULL;
}

void handler_storm(struct thread *sender, pthread_t *to)
{
    thread_start(sender, send_signals, to);
}
