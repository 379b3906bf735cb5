/* waiters.h -- a queue of threads that wait, oldest first, each on a word of
   its own.

   An entry lies on the stack of the thread that waits.  The queue is
   protected by a lock of its user (a condition's), which must be held for
   every call that takes the queue, except il__waiters_length.  Who takes
   entries out of the queue owes each of them a verdict, and gives it with
   il__waiters_release: that alone needs no lock.  A barrier links its entries
   by itself, by `next` only, and has the verdicts from here.

   SPDX-License-Identifier: MIT */

#ifndef WAITERS_H
#define WAITERS_H

#include <interlock/deadline.h>
#include <interlock/waiters.h>

/* What becomes of a waiter: 0 while that is open.  */
enum verdict { WAITING = 0, PASSED, CANCELED };

/* On a line of its own: it is looked at for as long as the wait takes.  */
struct il__waiter {
    _Alignas(64) struct il__waiter *next;
    struct il__waiter *previous;
    uint32_t verdict; /* atomic; parked on */
    bool queued;      /* under the queue's lock */
    bool crowded;     /* a crowd has to come first (spin.h) */
};

/* Adds *w, the caller, as the youngest.  */
void il__waiters_add(il__waiters *q, struct il__waiter *w);

/* Takes *w, which is queued, out again; nobody owes it a verdict.  */
void il__waiters_remove(il__waiters *q, struct il__waiter *w);

/* Takes up to n of the oldest out.  Returns them as a list, NULL for none.  */
struct il__waiter *il__waiters_take(il__waiters *q, uint32_t n);

/* Gives each waiter of a list from il__waiters_take its verdict and wakes it.
 */
void il__waiters_release(struct il__waiter *list, enum verdict verdict);

/* Waits for the caller's verdict.  Returns it, or WAITING when `until` passed
   first; then the caller looks, under the lock, whether it is still queued:
   if so it may remove itself, if not its verdict is owed and on its way.  */
enum verdict il__waiters_wait(struct il__waiter *w, il_deadline until);

/* Returns how many are queued; exact under the lock.  */
uint32_t il__waiters_length(const il__waiters *q);

#endif
