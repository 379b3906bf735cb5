/* any_toy.h -- toys at random.

   SPDX-License-Identifier: MIT */

#ifndef ANY_TOY_H
#define ANY_TOY_H

#include "tried.h"

/* Each kind of program has what those before it have, too.  */
enum {
    WITH_MEMORY = 6,
    WITH_LOCKS = 12,
    WITH_CONDITIONS = 18,
    WITH_TIME_OUTS = 20,
    WITH_ENDS = 22,
    WITH_THREADS = 24,
    WITH_VALUES = 25,
    WITH_YIELDS = 27,
    WITH_LOOPS = 29
};

typedef bool check(const struct toy_program *p, const struct found *full);

/* Checks programs of one kind, as far as full search can be done.  CHECK_MORE
   in the environment multiplies their number.  */
void check_many(unsigned kinds, int programs, check *is_right);

#endif
