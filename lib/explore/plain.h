/* plain.h -- accesses to memory that are not atomic.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_PLAIN_H
#define EXPLORE_PLAIN_H

#include "step.h"

/* The caller, in an execution or not, is about to read or write there.  */
void plain_access(const void *at, size_t size, bool writes, uintptr_t pc);

#endif
