/* glib.c -- GLib.

   It has no semaphore and no barrier.  Its event is a flag, a mutex and a
   condition.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <glib.h>

#include "run/run.h"
#include "templates/entrant.h"
#include "templates/lock.h"

#define NAME plain
#define TYPE GMutex
#define INIT(l, permits) g_mutex_init(l)
#define ACQUIRE(l) g_mutex_lock(l)
#define RELEASE(l) g_mutex_unlock(l)
#define TRY(l) (g_mutex_trylock(l) != FALSE)
#define DESTROY(l) g_mutex_clear(l)
#include "templates/lock.h"

#define NAME recursive
#define TYPE GRecMutex
#define INIT(l, permits) g_rec_mutex_init(l)
#define ACQUIRE(l) g_rec_mutex_lock(l)
#define RELEASE(l) g_rec_mutex_unlock(l)
#define TRY(l) (g_rec_mutex_trylock(l) != FALSE)
#define DESTROY(l) g_rec_mutex_clear(l)
#define IS_REENTERED
#include "templates/lock.h"

static inline bool cond_wait_for(GCond *c, GMutex *m, unsigned us)
{
    return !g_cond_wait_until(c, m, g_get_monotonic_time() + us);
}

#define MUTEX GMutex
#define MUTEX_INIT(m) g_mutex_init(m)
#define LOCK(m) g_mutex_lock(m)
#define UNLOCK(m) g_mutex_unlock(m)
#define MUTEX_DESTROY(m) g_mutex_clear(m)
#define COND GCond
#define COND_INIT(c) g_cond_init(c)
#define COND_WAIT(c, m) g_cond_wait(c, m)
#define COND_WAIT_FOR(c, m, us) cond_wait_for(c, m, us)
#define COND_SIGNAL(c) g_cond_signal(c)
#define COND_BROADCAST(c) g_cond_broadcast(c)
#define COND_DESTROY(c) g_cond_clear(c)
#include "templates/monitor.h"

const struct entrant entrants[] = {
    LOCK_ENTRANTS("glib", "lock", plain, true),
    LOCK_ENTRANTS("glib", "rlock", recursive, false),
    EVENT_ENTRANTS("glib", true),
    CONDITION_ENTRANTS("glib", true),
    {0},
};
