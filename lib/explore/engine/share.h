/* share.h -- which memory is shared, so that accesses to it are steps.

   Memory is shared if two threads access it, one of them writes, and neither
   access comes before the other by creation and join alone.  That is found out
   as executions go on: what is found counts for all later ones, and a search
   during which something was found begins again (share_grew).  Bytes are
   remembered by address; addresses are the same in every execution.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_SHARE_H
#define EXPLORE_SHARE_H

#include "explore/step.h"

/* An access of `thread`.  Returns whether it has to be a step.  */
bool share_access(int thread, const void *at, size_t size, bool writes);

/* The same of a block that `thread` frees: only what was accessed before is
   looked at, as nothing may be after it.  */
bool share_free(int thread, const void *at, size_t size);

/* Whether another thread has written that byte in this execution.  */
bool share_is_from_others(int thread, const void *at);

/* What orders accesses here: the one comes before the other from now on.  */
void share_created(int creator, int thread);
void share_joined(int joiner, int thread);

/* Forgets who accessed what, before each execution; not what is shared.  */
void share_begin(void);

/* Whether something was found to be shared since this was asked last.  */
bool share_grew(void);

#endif
