/* posix.h -- what POSIX and <threads.h> have in common: in glibc a mtx_t is a
   pthread_mutex_t, and so on.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_POSIX_H
#define EXPLORE_POSIX_H

#include "explore/model/model.h"

#include <pthread.h>

/* How long a call of the function that uses it waits.  */
#define POSIX_FOREVER (&(struct caller){PROGRAM_PC, MODEL_NEVER})
#define POSIX_UNTIL(time) (&(struct caller){PROGRAM_PC, posix_time(time)})
int64_t posix_time(const struct timespec *t);

/* Each in an execution only.  */
struct object *posix_mutex(const void *mutex);
struct object *posix_cond(const void *cond);
int posix_wait(void *cond, void *mutex, const struct caller *c);

pthread_t posix_create(void *(*body)(void *), void *arg, uintptr_t pc);
int posix_join(pthread_t t, void **result, uintptr_t pc);
int posix_detach(pthread_t t);
_Noreturn void posix_exit(void *result);

void posix_once(void *once, void (*init)(void), uintptr_t pc);

int posix_key_create(unsigned *key, void (*destroy)(void *));
int posix_key_delete(unsigned key);
void *posix_key_get(unsigned key);
int posix_key_set(unsigned key, const void *value);

#endif
