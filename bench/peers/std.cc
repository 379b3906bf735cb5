/* std.cc -- the C++20 standard library.

   Its event is an atomic_flag, which can be waited for.  It has no bounded
   semaphore: counting_semaphore does not look at its bound.  A barrier cannot
   be aborted.  A latch ("std-latch") serves once: a new one is made between two
   rounds, while no time is taken.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <atomic>
#include <barrier>
#include <chrono>
#include <condition_variable>
#include <latch>
#include <memory>
#include <mutex>
#include <semaphore>

#include "run/run.h"
#include "templates/entrant.h"
#include "templates/lock.h"

#define NAME plain
#define TYPE std::mutex
#define INIT(l, permits) std::construct_at(l)
#define ACQUIRE(l) (l)->lock()
#define RELEASE(l) (l)->unlock()
#define TRY(l) (l)->try_lock()
#define DESTROY(l) std::destroy_at(l)
#include "templates/lock.h"

#define NAME recursive
#define TYPE std::recursive_mutex
#define INIT(l, permits) std::construct_at(l)
#define ACQUIRE(l) (l)->lock()
#define RELEASE(l) (l)->unlock()
#define TRY(l) (l)->try_lock()
#define DESTROY(l) std::destroy_at(l)
#define IS_REENTERED
#include "templates/lock.h"

#define SEMAPHORE std::counting_semaphore<>
#define SEMAPHORE_INIT(s, permits) std::construct_at(s, permits)
#define SEMAPHORE_ACQUIRE(s) (s)->acquire()
#define SEMAPHORE_RELEASE(s) (s)->release()
#define SEMAPHORE_RELEASE_N(s, n) (s)->release(n)
#define SEMAPHORE_TRY(s) (s)->try_acquire()
#define SEMAPHORE_DESTROY(s) std::destroy_at(s)
#include "templates/semaphore.h"

static inline void flag_set(std::atomic_flag *f)
{
    f->test_and_set();
    f->notify_all();
}

static inline void flag_init(std::atomic_flag *f, bool is_set)
{
    std::construct_at(f);
    if (is_set)
        flag_set(f);
}

#define EVENT std::atomic_flag
#define EVENT_INIT(e, is_set) flag_init(e, is_set)
#define EVENT_SET(e) flag_set(e)
#define EVENT_CLEAR(e) (e)->clear()
#define EVENT_WAIT(e) (e)->wait(false)
#define EVENT_DESTROY(e) std::destroy_at(e)
#include "templates/event.h"

/* So that it is done, whatever becomes of it.  */
static inline void keep(bool x)
{
    __asm__ volatile("" : : "r"(x));
}

#define NAME flag_look
#define TYPE std::atomic_flag
#define INIT(e) flag_init(e, false)
#define CALL(e) keep((e)->test())
#define DESTROY(e) std::destroy_at(e)
#include "templates/calls.h"

/* It waits with the guard of a mutex, which it makes no difference to keep
   or to take up.  */
static inline void cond_wait(std::condition_variable *c, std::mutex *m)
{
    std::unique_lock<std::mutex> guard(*m, std::adopt_lock);
    c->wait(guard);
    guard.release();
}

static inline bool cond_wait_for(std::condition_variable *c, std::mutex *m,
                                 unsigned us)
{
    std::unique_lock<std::mutex> guard(*m, std::adopt_lock);
    std::cv_status r = c->wait_for(guard, std::chrono::microseconds(us));
    guard.release();
    return r == std::cv_status::timeout;
}

#define MUTEX std::mutex
#define MUTEX_INIT(m) std::construct_at(m)
#define LOCK(m) (m)->lock()
#define UNLOCK(m) (m)->unlock()
#define MUTEX_DESTROY(m) std::destroy_at(m)
#define COND std::condition_variable
#define COND_INIT(c) std::construct_at(c)
#define COND_WAIT(c, m) cond_wait(c, m)
#define COND_WAIT_FOR(c, m, us) cond_wait_for(c, m, us)
#define COND_SIGNAL(c) (c)->notify_one()
#define COND_BROADCAST(c) (c)->notify_all()
#define COND_DESTROY(c) std::destroy_at(c)
#include "templates/monitor.h"

#define BARRIER std::barrier<>
#define BARRIER_INIT(b, n) std::construct_at(b, n)
#define BARRIER_WAIT(b) (b)->arrive_and_wait()
#define BARRIER_DESTROY(b) std::destroy_at(b)
#include "templates/barrier.h"

/* Who wakes the others is one of the party.  */
#define NAME latch_last
#define TYPE std::latch
#define INIT(b, n) std::construct_at(b, (n) + 1)
#define PARK(b, round) (b)->arrive_and_wait()
#define WAKE(b, round, n) (b)->count_down()
#define REARM(b, n) (std::destroy_at(b), std::construct_at(b, (n) + 1))
#define DESTROY(b) std::destroy_at(b)
#include "templates/wake.h"

const struct entrant entrants[] = {
    LOCK_ENTRANTS("std", "lock", plain, false),
    LOCK_ENTRANTS("std", "rlock", recursive, false),
    SEMAPHORE_ENTRANTS("std", true),
    EVENT_ENTRANTS("std", true),
    ENTRANT("std", "event", "look", flag_look, true),
    CONDITION_ENTRANTS("std", false),
    BARRIER_ENTRANTS("std", true),
    ENTRANT("std-latch", "barrier", "last", latch_last, true),
    {},
};
