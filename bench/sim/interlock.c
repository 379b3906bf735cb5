/* interlock.c -- this library's lock.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <interlock/lock.h>

#include "templates/lock.h"

#define NAME lock
#define TYPE il_lock
#define INIT(l, permits) il_lock_init(l, 0)
#define ACQUIRE(l) il_lock_acquire(l)
#define RELEASE(l) il_lock_release(l)
#define TRY(l) (il_lock_try_acquire(l) == 0)
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

const struct entrant entrants[] = {
    LOCK_ENTRANTS("interlock", "lock", lock, true),
    {0},
};
