/* nsync.c -- Google's nsync.

   It has no semaphore: that is a number that a mutex guards, and nsync_mu_wait,
   which waits until the number is as asked for.  It has no event that can be
   cleared: that is a flag, a mutex and a condition variable.  Its notes
   ("nsync-note"), and its counters, the nearest to a barrier, serve once: a new
   one is made between two rounds, while no time is taken.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <errno.h>
#include <nsync.h>
#include <stdlib.h>

#include "run/run.h"
#include "templates/entrant.h"
#include "templates/lock.h"

#define NAME plain
#define TYPE nsync_mu
#define INIT(l, permits) nsync_mu_init(l)
#define ACQUIRE(l) nsync_mu_lock(l)
#define RELEASE(l) nsync_mu_unlock(l)
#define TRY(l) (nsync_mu_trylock(l) != 0)
#define DESTROY(l) ((void)(l))
#include "templates/lock.h"

struct semaphore {
    nsync_mu mu;
    unsigned permits;
};

static inline void semaphore_init(struct semaphore *s, unsigned permits)
{
    nsync_mu_init(&s->mu);
    s->permits = permits;
}

static int is_positive(const void *n)
{
    return *(const unsigned *)n > 0;
}

static inline void semaphore_acquire(struct semaphore *s)
{
    nsync_mu_lock(&s->mu);
    nsync_mu_wait(&s->mu, is_positive, &s->permits, NULL);
    s->permits--;
    nsync_mu_unlock(&s->mu);
}

static inline bool semaphore_try(struct semaphore *s)
{
    bool got;
    nsync_mu_lock(&s->mu);
    got = s->permits > 0;
    s->permits -= got;
    nsync_mu_unlock(&s->mu);
    return got;
}

static inline void semaphore_release(struct semaphore *s, unsigned n)
{
    nsync_mu_lock(&s->mu);
    s->permits += n;
    nsync_mu_unlock(&s->mu);
}

#define SEMAPHORE struct semaphore
#define SEMAPHORE_INIT(s, permits) semaphore_init(s, permits)
#define SEMAPHORE_ACQUIRE(s) semaphore_acquire(s)
#define SEMAPHORE_RELEASE(s) semaphore_release(s, 1)
#define SEMAPHORE_RELEASE_N(s, n) semaphore_release(s, n)
#define SEMAPHORE_TRY(s) semaphore_try(s)
#define SEMAPHORE_DESTROY(s) ((void)(s))
#include "templates/semaphore.h"

static inline bool cond_wait_for(nsync_cv *c, nsync_mu *m, unsigned us)
{
    nsync_time end = nsync_time_add(nsync_time_now(), nsync_time_us(us));
    return nsync_cv_wait_with_deadline(c, m, end, NULL) == ETIMEDOUT;
}

#define MUTEX nsync_mu
#define MUTEX_INIT(m) nsync_mu_init(m)
#define LOCK(m) nsync_mu_lock(m)
#define UNLOCK(m) nsync_mu_unlock(m)
#define MUTEX_DESTROY(m) ((void)(m))
#define COND nsync_cv
#define COND_INIT(c) nsync_cv_init(c)
#define COND_WAIT(c, m) nsync_cv_wait(c, m)
#define COND_WAIT_FOR(c, m, us) cond_wait_for(c, m, us)
#define COND_SIGNAL(c) nsync_cv_signal(c)
#define COND_BROADCAST(c) nsync_cv_broadcast(c)
#define COND_DESTROY(c) ((void)(c))
#include "templates/monitor.h"

static void note_init(nsync_note *note, bool is_set)
{
    *note = nsync_note_new(NULL, nsync_time_no_deadline);
    if (!*note)
        abort();
    if (is_set)
        nsync_note_notify(*note);
}

#define NAME note_already
#define TYPE nsync_note
#define INIT(e) note_init(e, true)
#define CALL(e) nsync_note_wait(*(e), nsync_time_no_deadline)
#define DESTROY(e) nsync_note_free(*(e))
#include "templates/calls.h"

#define NAME note_wake
#define TYPE nsync_note
#define INIT(e, n) note_init(e, false)
#define PARK(e, round) nsync_note_wait(*(e), nsync_time_no_deadline)
#define WAKE(e, round, n) nsync_note_notify(*(e))
#define REARM(e, n) (nsync_note_free(*(e)), note_init(e, false))
#define DESTROY(e) nsync_note_free(*(e))
#include "templates/wake.h"

/* Who wakes the others is one of the party.  */
static void counter_init(nsync_counter *c, unsigned waiters)
{
    *c = nsync_counter_new(waiters + 1);
    if (!*c)
        abort();
}

static inline void counter_park(nsync_counter c)
{
    nsync_counter_add(c, -1);
    nsync_counter_wait(c, nsync_time_no_deadline);
}

#define NAME counter_last
#define TYPE nsync_counter
#define INIT(c, n) counter_init(c, n)
#define PARK(c, round) counter_park(*(c))
#define WAKE(c, round, n) nsync_counter_add(*(c), -1)
#define REARM(c, n) (nsync_counter_free(*(c)), counter_init(c, n))
#define DESTROY(c) nsync_counter_free(*(c))
#include "templates/wake.h"

const struct entrant entrants[] = {
    LOCK_ENTRANTS("nsync", "lock", plain, true),
    SEMAPHORE_ENTRANTS("nsync", true),
    EVENT_ENTRANTS("nsync", true),
    ENTRANT("nsync-note", "event", "already", note_already, true),
    ENTRANT("nsync-note", "event", "wake", note_wake, true),
    CONDITION_ENTRANTS("nsync", true),
    ENTRANT("nsync", "barrier", "last", counter_last, true),
    {0},
};
