/* plain.h -- accesses to memory that are not atomic.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_PLAIN_H
#define EXPLORE_PLAIN_H

#include "explore/step.h"

/* The caller, in an execution or not, is about to read or write there.  */
void plain_access(const void *at, size_t size, bool writes, uintptr_t pc);

/* What the caller has stored reaches memory now: a function that is about to
   read would not look into its store buffer.  */
void plain_drain(uintptr_t pc);

/* Whether a call from there is the program's, in an execution.  */
bool bulk_is_explored(uintptr_t pc);

/* The caller reads the string, or its first `most` bytes.  Returns what was
   read, until its next read.  */
const char *bulk_string(const char *s, size_t most, uintptr_t pc);
/* The same of n bytes.  */
const void *bulk_read(const void *from, size_t n, uintptr_t pc);

#endif
