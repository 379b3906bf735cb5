/* rlock.h -- what il_condition asks of an il_rlock.

   SPDX-License-Identifier: MIT */

#ifndef RLOCK_H
#define RLOCK_H

#include <interlock/rlock.h>

/* Makes the caller, which has *r at least once, have it `depth` times: at least
   once, and at most IL__RLOCK_MAX times.  Never blocks.  */
void il__rlock_set_depth(il_rlock *r, uint32_t depth);

#endif
