/* memory.h -- memory that is there, or the program says so and ends.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_MEMORY_H
#define BENCH_MEMORY_H

#include <stddef.h>

/* Returns n times size bytes, all 0.  */
void *memory_new(size_t n, size_t size);

/* Returns the same bytes as `old`, which is gone, at a place with room for n
   times size; the new ones are not set.  */
void *memory_grow(void *old, size_t n, size_t size);

/* Says that there is none, and ends the program.  */
_Noreturn void memory_give_up(void);

/* Returns a copy of the text, or NULL of NULL.  */
char *memory_copy(const char *text);

#endif
