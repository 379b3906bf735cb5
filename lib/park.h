/* park.h -- the one place where a thread sleeps: wait on a word, wake by its
   address.  The contract that both backends keep, park_futex.c and
   park_pthread.c; configure chooses one.

   The protocol of every caller (Franke, Russell and Kirkwood, "Fuss,
   Futexes and Furwocks", 2002): who waits first writes into the word that
   somebody does, or counts itself, then parks on the value that it saw;
   who changes the word changes it first and wakes after.  A wait whose word
   no longer has the expected value does not sleep, so no wake-up is lost.

   A forked child begins with nobody parked.

   SPDX-License-Identifier: MIT */

#ifndef PARK_H
#define PARK_H

#include <interlock/deadline.h>

enum { PARK_ALL = INT32_MAX };

/* A word that may be half of a wider one, as il_semaphore's is.  C11 knows no
   such access; every processor does.  */
typedef uint32_t __attribute__((may_alias)) park_word;

/* Sleeps while *word, read as one aligned 32-bit word, is `expected`, until an
   il__park_wake of this address or until `until`.
   Returns 0: woken, *word was not `expected`, or for no reason at all; or
   ETIMEDOUT: the deadline passed, and this thread used up no il__park_wake.
   The caller looks again at its word after either.  Blocks, not a
   cancellation point; leaves errno alone; orders nothing.  */
int il__park_wait(const park_word *word, uint32_t expected, il_deadline until);

/* Wakes up to n of the threads that are parked on this address, longest
   parked first; n is at least 1, or PARK_ALL.  The word is never read or
   written: it may be unmapped, or another object by now, whose waiters then
   see a wake-up for no reason.  Who is woken, and who comes to park later, sees
   what the caller stored before, without a fence: a plain release relies on it.
   Never blocks; leaves errno alone.  */
void il__park_wake(const park_word *word, uint32_t n);

/* "futex" or "pthread".  */
extern const char il__park_backend[];

#endif
