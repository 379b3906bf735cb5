/* boost.cc -- Boost.Thread: the C library's primitives behind other names, so
   what differs between the two is mostly noise.

   It has no semaphore for threads, and no event: that is a flag, a mutex and a
   condition.  A barrier cannot be aborted.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <memory>

#include <boost/thread/barrier.hpp>
#include <boost/thread/condition_variable.hpp>
#include <boost/thread/mutex.hpp>
#include <boost/thread/recursive_mutex.hpp>

#include "run/run.h"
#include "templates/entrant.h"
#include "templates/lock.h"

#define NAME plain
#define TYPE boost::mutex
#define INIT(l, permits) std::construct_at(l)
#define ACQUIRE(l) (l)->lock()
#define RELEASE(l) (l)->unlock()
#define TRY(l) (l)->try_lock()
#define DESTROY(l) std::destroy_at(l)
#include "templates/lock.h"

#define NAME recursive
#define TYPE boost::recursive_mutex
#define INIT(l, permits) std::construct_at(l)
#define ACQUIRE(l) (l)->lock()
#define RELEASE(l) (l)->unlock()
#define TRY(l) (l)->try_lock()
#define DESTROY(l) std::destroy_at(l)
#define IS_REENTERED
#include "templates/lock.h"

/* It waits with the guard of a mutex, which costs nothing to make.  */
static inline void cond_wait(boost::condition_variable *c, boost::mutex *m)
{
    boost::unique_lock<boost::mutex> guard(*m, boost::adopt_lock);
    c->wait(guard);
    guard.release();
}

static inline bool cond_wait_for(boost::condition_variable *c, boost::mutex *m,
                                 unsigned us)
{
    boost::unique_lock<boost::mutex> guard(*m, boost::adopt_lock);
    boost::cv_status r = c->wait_for(guard, boost::chrono::microseconds(us));
    guard.release();
    return r == boost::cv_status::timeout;
}

#define MUTEX boost::mutex
#define MUTEX_INIT(m) std::construct_at(m)
#define LOCK(m) (m)->lock()
#define UNLOCK(m) (m)->unlock()
#define MUTEX_DESTROY(m) std::destroy_at(m)
#define COND boost::condition_variable
#define COND_INIT(c) std::construct_at(c)
#define COND_WAIT(c, m) cond_wait(c, m)
#define COND_WAIT_FOR(c, m, us) cond_wait_for(c, m, us)
#define COND_SIGNAL(c) (c)->notify_one()
#define COND_BROADCAST(c) (c)->notify_all()
#define COND_DESTROY(c) std::destroy_at(c)
#include "templates/monitor.h"

#define BARRIER boost::barrier
#define BARRIER_INIT(b, n) std::construct_at(b, n)
#define BARRIER_WAIT(b) (b)->wait()
#define BARRIER_DESTROY(b) std::destroy_at(b)
#include "templates/barrier.h"

const struct entrant entrants[] = {
    LOCK_ENTRANTS("boost", "lock", plain, false),
    LOCK_ENTRANTS("boost", "rlock", recursive, false),
    EVENT_ENTRANTS("boost", false),
    CONDITION_ENTRANTS("boost", false),
    BARRIER_ENTRANTS("boost", false),
    {},
};
