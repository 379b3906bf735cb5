/* guard.c -- the table of guards.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "fork.h"
#include "guard.h"
#include "presence.h"

enum { GUARD_BITS = 6, GUARDS = 1 << GUARD_BITS };

static struct {
    _Alignas(64) il_lock lock;
} guards[GUARDS];

il_lock *il__guard_acquire(const void *object)
{
    il_lock *guard = &guards[il__hash(object, GUARD_BITS)].lock;
    il_lock_acquire(guard);
    return guard;
}

void il__guard_release(il_lock *guard)
{
    il_lock_release(guard);
}

/* In a forked child nobody is in the middle of anything.  */
static void free_all(void)
{
    for (int i = 0; i < GUARDS; i++)
        il_lock_at_fork_reinit(&guards[i].lock);
}

__attribute__((constructor(FORK_WATCH))) static void begin(void)
{
    il__fork_watch(free_all);
}
