/* 03-event.c -- an Event used as a lock: set is "free", clear is "taken".

       free.wait()                                     # Python
       free.clear()
       balance = balance + 50
       free.set()

       -DFIX_LOCK    a Lock

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

static int balance = 100;

#ifdef FIX_LOCK
static il_lock lock = IL_LOCK_INIT;

static void enter(void)
{
    il_lock_acquire(&lock);
}

static void leave(void)
{
    il_lock_release(&lock);
}
#else
static il_event is_free = IL_EVENT_INIT;

static void enter(void)
{
    il_event_wait(&is_free);
    il_event_clear(&is_free);
}

static void leave(void)
{
    il_event_set(&is_free);
}
#endif

static void *deposit(void *unused)
{
    enter();
    balance = balance + 50;
    leave();
    return unused;
}

static void *withdraw(void *unused)
{
    enter();
    balance = balance - 30;
    leave();
    return unused;
}

int main(void)
{
    pthread_t teller[2];

#ifndef FIX_LOCK
    il_event_set(&is_free);
#endif
    pthread_create(&teller[0], NULL, deposit, NULL);
    pthread_create(&teller[1], NULL, withdraw, NULL);
    pthread_join(teller[0], NULL);
    pthread_join(teller[1], NULL);

    printf("%d  %s\n", balance, balance == 120 ? "right" : "a change vanished");
    return balance != 120;
}
