/* guard.c -- the table of guards.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "guard.h"
#include "hash.h"

enum { GUARD_BITS = 6, GUARDS = 1 << GUARD_BITS };

static struct {
    _Alignas(64) il_lock lock;
} guards[GUARDS];

il_lock *guard_acquire(const void *object)
{
    il_lock *guard = &guards[hash_address(object, GUARD_BITS)].lock;
    il_lock_acquire(guard);
    return guard;
}

void guard_release(il_lock *guard)
{
    il_lock_release(guard);
}

void guard_after_fork(void)
{
    for (int i = 0; i < GUARDS; i++)
        il_lock_at_fork_reinit(&guards[i].lock);
}
