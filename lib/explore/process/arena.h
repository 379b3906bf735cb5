/* arena.h -- the program's heap: empty before each execution, and each thread's
   n-th block at the same address in all of them.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_ARENA_H
#define EXPLORE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

void arena_set_up(void);
void arena_reset(void);

/* Whether bytes are of the heap, but not of a block that is allocated.  */
bool arena_is_freed(const void *at, size_t size);

/* The n-th block that a thread has allocated in the last execution.  */
struct arena_block {
    const void *at;
    size_t size;
};
bool arena_get(int thread, size_t n, struct arena_block *b);

#endif
