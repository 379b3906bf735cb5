/* need.h -- memory that the explorer can't do without.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_NEED_H
#define EXPLORE_NEED_H

#include <stddef.h>
#include <stdio.h>

/* Returns p; ends the process with a message if it is NULL.  */
void *need(void *p);

/* Returns zeroed memory.  */
void *need_new(size_t n, size_t size);

/* Returns the array of n elements, perhaps elsewhere, with room for one more.
   It may only grow by this, from NULL, one by one.  */
void *need_grow(void *array, size_t n, size_t size);

/* Returns the array, perhaps elsewhere, with room for n elements; *room is for
   how many there is.  It may be used again from its begin.  */
void *need_room(void *array, size_t *room, size_t n, size_t size);

/* Opens a stream into *text, which is complete when the stream is closed; the
   caller frees it.  */
FILE *need_stream(char **text);

/* Prints into *text, which the caller frees.  */
void need_print(char **text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
