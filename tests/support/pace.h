/* pace.h -- threads that run through rounds in step, at random distances.

   SPDX-License-Identifier: MIT */

#ifndef PACE_H
#define PACE_H

#include <stdbool.h>
#include <stdint.h>

/* Where `parties` threads wait for each other without sleeping, so that they
   leave as close together as can be.  */
struct meeting {
    uint32_t parties;
    uint32_t arrived; /* atomic */
    uint32_t round;   /* atomic */
};

/* Waits for the other parties; what they did before is visible after.  */
void meet(struct meeting *m);

/* Returns a pseudo-random number; *seed must not be 0.  */
uint32_t random_next(uint32_t *seed);

/* Idles for a random while: mostly too short for another thread to park
   meanwhile, now and then long enough.  */
void dawdle(uint32_t *seed);

/* Makes the caller's timers as exact as the kernel can, so that what a test
   lets race with a deadline really does.  */
void sharpen_timers(void);

/* Returns how often to do what is done n times: n, or a tenth of it under a
   sanitizer.  */
int times(int n);

/* Returns whether what began at `begin`, of test_now(), has been done so long
   that a test leaves it at that: what takes a moment may take minutes beside
   others that want the processors.  */
bool long_enough(int64_t begin);

/* Whether ThreadSanitizer watches, which delivers signals late and forbids the
   child of a process with threads to start any.  */
bool under_tsan(void);

/* Binds the caller, and the threads that it starts from now on, to one of the
   processors that it may use.  */
void use_one_cpu(void);

#endif
