/* cleanup.c -- a thread that ends in the middle gives its lock back, if it has
   said so before; the handlers come in the reverse order, and the destructors
   of its keys after them.  What it has told the system of signals and of itself
   is what it gets back.

   SPDX-License-Identifier: MIT */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_key_t key;
static _Thread_local char order[16];
static atomic_int right;

static void note(void *what)
{
    strcat(order, what);
}

static void end(void *text)
{
    right += strcmp(text, "nu") == 0;
}

static void unlock(void *what)
{
    note(what);
    pthread_mutex_unlock(&mutex);
}

static void *body(void *unused)
{
    pthread_mutex_lock(&mutex);
    pthread_setspecific(key, order);
    pthread_cleanup_push(unlock, "u");
    pthread_cleanup_push(note, "n");
    pthread_cleanup_push(note, "?");
    pthread_cleanup_pop(0);
    pthread_exit(unused);
    pthread_cleanup_pop(0);
    pthread_cleanup_pop(0);
    return unused;
}

static void handle(int number)
{
    (void)number;
}

static int is_told(void)
{
    struct sigaction action;
    sigset_t set, old;
    char name[32];

    signal(SIGUSR1, handle);
    sigaction(SIGUSR1, NULL, &action);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    pthread_sigmask(SIG_UNBLOCK, &set, &old);
    return action.sa_handler == handle && sigismember(&old, SIGUSR2)
           && pthread_getname_np(pthread_self(), name, sizeof name) == 0;
}

int main(void)
{
    pthread_t threads[2];
    void *result;

    pthread_key_create(&key, end);
    pthread_create(&threads[0], NULL, body, &key);
    pthread_create(&threads[1], NULL, body, &key);
    pthread_join(threads[0], &result);
    pthread_join(threads[1], NULL);
    printf("%d\n", right);
    return result != &key || right != 2 || !is_told();
}
