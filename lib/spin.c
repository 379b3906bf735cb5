/* spin.c -- how long to look.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "spin.h"

#include <sched.h>

/* About 2.5 us where a pause takes 26 ns: a futex wait and wake that find
   nothing to do take 0.4 us, one that sleeps and is woken on the same core
   1.8 us.  */
enum { LOOKS = 100 };

unsigned il__spin_limit;

__attribute__((constructor)) static void find_spin_limit(void)
{
    cpu_set_t mine;
    /* Of a machine too large for the set it is unknown, so several.  */
    bool alone =
        sched_getaffinity(0, sizeof mine, &mine) == 0 && CPU_COUNT(&mine) == 1;
    il__spin_limit = alone ? 0 : LOOKS;
}
