/* frames.h -- where the frames of main and what it calls are, for the names of
   variables there that other threads use too.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_FRAMES_H
#define EXPLORE_FRAMES_H

#include <stddef.h>
#include <stdint.h>

/* A function that main was in: an address in its code, and its frame
   pointer.  */
struct frame {
    uintptr_t pc;
    uintptr_t pointer;
};

/* The calling thread has begun a function, and ends one.  */
void frames_enter(uintptr_t pc, uintptr_t pointer);
void frames_leave(void);

/* Returns the frames that main was in when another thread ran first, the last
   time that one did.  */
const struct frame *frames_of_main(size_t *n);

#endif
