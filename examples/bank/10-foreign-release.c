/* 10-foreign-release.c -- the teller locks the account, the manager unlocks
   it.  May he?

   Python's Lock has no owner: any thread may release it.  An RLock has one.

       -DRLOCK    an RLock

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#ifdef RLOCK
static il_rlock lock = IL_RLOCK_INIT;
#define acquire il_rlock_acquire
#define release il_rlock_release
#else
static il_lock lock = IL_LOCK_INIT;
#define acquire il_lock_acquire
#define release il_lock_release
#endif

static void *teller(void *unused)
{
    acquire(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    int error;

    pthread_create(&thread, NULL, teller, NULL);
    pthread_join(thread, NULL);
    error = release(&lock);

    printf("%s  %s\n", error == 0 ? "released" : "refused", strerror(error));
    return error != 0;
}
