/* user.c -- IL_WITH where a compiler that sees much might complain: static
   objects of each size, left by return, goto and at the end, two on a line,
   and a value that only the block gives.

   SPDX-License-Identifier: MIT */

#include <interlock.h>

static il_lock lock = IL_LOCK_INIT;
static il_rlock rlock = IL_RLOCK_INIT;
static il_semaphore semaphore = IL_SEMAPHORE_INIT(1);
static il_bounded_semaphore bounded = IL_BOUNDED_SEMAPHORE_INIT(1);
static il_condition condition = IL_CONDITION_INIT_RLOCK(&rlock);

int step(int value);
int leave_by_return(int value);
int leave_by_goto(int value);
int leave_with_a_value(int value);
int leave_two(int value);

int leave_by_return(int value)
{
    IL_WITH(&semaphore) {
        if (value == 1)
            return 1;
        step(value);
    }
    return 0;
}

int leave_by_goto(int value)
{
    IL_WITH(&bounded) {
        if (value == 1)
            goto out;
        step(value);
    }
    IL_WITH(&rlock)
        step(value);
out:
    return value;
}

int leave_with_a_value(int value)
{
    int result;
    IL_WITH(&lock) {
        result = step(value);
    }
    return result;
}

/* clang-format off */
int leave_two(int value)
{
    IL_WITH(&lock) { IL_WITH(&condition) { return step(value); } }
    return 0;
}
/* clang-format on */
