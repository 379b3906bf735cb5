/* tbb.cc -- oneTBB: a mutex that spins and then parks, a spin lock, and a queue
   lock.  It has nothing else to wait with.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <memory>

#include <oneapi/tbb/mutex.h>
#include <oneapi/tbb/queuing_mutex.h>
#include <oneapi/tbb/spin_mutex.h>

#include "run/run.h"
#include "templates/lock.h"

#define NAME plain
#define TYPE tbb::mutex
#define INIT(l, permits) std::construct_at(l)
#define ACQUIRE(l) (l)->lock()
#define RELEASE(l) (l)->unlock()
#define TRY(l) (l)->try_lock()
#define DESTROY(l) std::destroy_at(l)
#include "templates/lock.h"

#define NAME spin
#define TYPE tbb::spin_mutex
#define INIT(l, permits) std::construct_at(l)
#define ACQUIRE(l) (l)->lock()
#define RELEASE(l) (l)->unlock()
#define TRY(l) (l)->try_lock()
#define DESTROY(l) std::destroy_at(l)
#include "templates/lock.h"

using waiter = tbb::queuing_mutex::scoped_lock;

#define NODE waiter
#define NODE_INIT(n) std::construct_at(n)
#include "templates/nodes.h"

struct queue {
    tbb::queuing_mutex mutex;
    ON_ITS_LINE waiter *owner;

    void lock()
    {
        waiter *mine = get_node();
        mine->acquire(mutex);
        owner = mine;
    }

    bool try_lock()
    {
        waiter *mine = get_node();

        if (!mine->try_acquire(mutex)) {
            put_node(mine);
            return false;
        }
        owner = mine;
        return true;
    }

    void unlock()
    {
        waiter *mine = owner;
        mine->release();
        put_node(mine);
    }
};

#define NAME queuing
#define TYPE struct queue
#define INIT(l, permits) std::construct_at(l)
#define ACQUIRE(l) (l)->lock()
#define RELEASE(l) (l)->unlock()
#define TRY(l) (l)->try_lock()
#define DESTROY(l) std::destroy_at(l)
#include "templates/lock.h"

const struct entrant entrants[] = {
    LOCK_ENTRANTS("tbb", "lock", plain, true),
    LOCK_ENTRANTS("tbb-spin", "lock", spin, true),
    LOCK_ENTRANTS("tbb-queue", "lock", queuing, true),
    {},
};
