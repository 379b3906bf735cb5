/* handler.h -- signal handlers of a test, all for SIGUSR1.

   SPDX-License-Identifier: MIT */

#ifndef HANDLER_H
#define HANDLER_H

#include <pthread.h>
#include <stdbool.h>

#include "thread.h"

/* How many signals a storm has.  */
enum { STORM = 300 };

/* Installs it without SA_RESTART: a sleeping system call ends with EINTR.  */
void handler_install(void (*handler)(int));

/* Whether a handler may release and set: with the futex backend only.  */
bool handler_may_wake(void);

/* Counts a run of the handler; returns how many were counted.  */
void handler_count(void);
int handler_counted(void);

/* Starts a thread that sends a storm to the thread *to, which counts each.  */
void handler_storm(struct thread *sender, pthread_t *to);

#endif
