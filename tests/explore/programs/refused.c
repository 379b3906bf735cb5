/* refused.c -- what can't be explored is said to be so; an answer would be
   wrong.  A loop that nobody can end is found by itself.

   SPDX-License-Identifier: MIT */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static _Thread_local int own;
static int *_Atomic given;
static volatile int flag;

#if defined ALARM || defined RAISE
static void handle(int number)
{
    (void)number;
    flag = 0;
}
#endif

#ifdef ROBUST
static pthread_mutex_t robust;

static void make_robust(void)
{
    pthread_mutexattr_t attributes;

    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&robust, &attributes);
}
#endif

static void *body(void *unused)
{
    (void)unused;
#ifdef OWN_BEFORE
    *atomic_load(&given) = 7;
#endif
#ifdef ROBUST
    pthread_mutex_lock(&robust);
#endif
#ifdef OWN
    atomic_store(&given, &own);
#elif defined ENDLESS
    while (!flag)
        continue;
#elif defined PRINTS
    puts("thread");
#endif
    return NULL;
}

int main(void)
{
    pthread_t t;

#ifdef ROBUST
    make_robust();
#elif defined OWN_BEFORE
    given = &own;
#endif
    pthread_create(&t, NULL, body, NULL);
#ifdef CANCEL
    pthread_cancel(t);
#elif defined FORK
    if (fork() == 0)
        _exit(0);
#elif defined KILL
    kill(getpid(), SIGUSR1);
#elif defined ALARM
    signal(SIGALRM, handle);
    alarm(1);
#elif defined RAISE
    signal(SIGUSR1, handle);
    raise(SIGUSR1);
#elif defined POLL
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    poll(&input, 1, 0);
#elif defined MAP
    void *page =
        mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return 2;
#elif defined TRY_JOIN
    while (pthread_tryjoin_np(t, NULL) != 0)
        continue;
    return 0;
#elif defined READ
    int ends[2];
    char c;
    if (pipe(ends) || read(ends[0], &c, 1) != 1)
        return 2;
#elif defined OWN
    if (atomic_load(&given))
        own = *atomic_load(&given);
#elif defined PRINTS
    puts("main");
#elif defined RANDOM
    printf("%.9f\n", drand48());
#endif
    pthread_join(t, NULL);
    return flag;
}
