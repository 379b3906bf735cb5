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

/* Whether this process may use one processor only.  Where that can't be told,
   as on a machine too large for the set, there are several.  */
static bool is_alone(void)
{
#ifdef HAVE_SCHED_GETAFFINITY
    cpu_set_t mine;
    return sched_getaffinity(0, sizeof mine, &mine) == 0
           && CPU_COUNT(&mine) == 1;
#else
    return false;
#endif
}

__attribute__((constructor)) static void find_spin_limit(void)
{
    il__spin_limit = is_alone() ? 0 : LOOKS;
}
