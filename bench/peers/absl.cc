/* absl.cc -- Abseil.

   It has no semaphore and no event that can be cleared.  Its users write them
   with a mutex and Await, which waits until what the mutex guards is as asked
   for; nobody has to be notified.  Its Notification ("absl-note") and its
   Barrier serve once: a new one is made between two rounds, while no time is
   taken.  For a BlockingCounter a single thread may wait.

   The library looks for deadlocks, which costs more than all else, unless it
   was compiled with NDEBUG, as Debian's is not.  "absl" has that switched off,
   and "absl-check" has it switched on.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <memory>

#include <absl/synchronization/barrier.h>
#include <absl/synchronization/mutex.h>
#include <absl/synchronization/notification.h>
#include <absl/time/time.h>

#include "run/run.h"
#include "templates/entrant.h"
#include "templates/lock.h"

/* Makes *object, with mutexes that check or do not: there is one switch for
   all, and a process has one entrant.  */
template <typename T, typename... Args>
static void init(T *object, absl::OnDeadlockCycle check, Args... args)
{
    absl::SetMutexDeadlockDetectionMode(check);
    std::construct_at(object, args...);
}

static const absl::OnDeadlockCycle off = absl::OnDeadlockCycle::kIgnore;
static const absl::OnDeadlockCycle on = absl::OnDeadlockCycle::kAbort;

#define NAME plain
#define TYPE absl::Mutex
#define INIT(l, permits) init(l, off)
#define ACQUIRE(l) (l)->Lock()
#define RELEASE(l) (l)->Unlock()
#define TRY(l) (l)->TryLock()
#define DESTROY(l) std::destroy_at(l)
#include "templates/lock.h"

#define NAME checked
#define TYPE absl::Mutex
#define INIT(l, permits) init(l, on)
#define ACQUIRE(l) (l)->Lock()
#define RELEASE(l) (l)->Unlock()
#define TRY(l) (l)->TryLock()
#define DESTROY(l) std::destroy_at(l)
#include "templates/lock.h"

struct semaphore {
    absl::Mutex mutex;
    unsigned permits;

    explicit semaphore(unsigned n) : permits(n)
    {
    }

    void acquire()
    {
        absl::MutexLock guard(&mutex);
        mutex.Await(absl::Condition(
            +[](unsigned *n) { return *n > 0; }, &permits));
        permits--;
    }

    bool try_acquire()
    {
        absl::MutexLock guard(&mutex);
        if (permits == 0)
            return false;
        permits--;
        return true;
    }

    void release(unsigned n)
    {
        absl::MutexLock guard(&mutex);
        permits += n;
    }
};

#define SEMAPHORE struct semaphore
#define SEMAPHORE_INIT(s, permits) init(s, off, permits)
#define SEMAPHORE_ACQUIRE(s) (s)->acquire()
#define SEMAPHORE_RELEASE(s) (s)->release(1)
#define SEMAPHORE_RELEASE_N(s, n) (s)->release(n)
#define SEMAPHORE_TRY(s) (s)->try_acquire()
#define SEMAPHORE_DESTROY(s) std::destroy_at(s)
#include "templates/semaphore.h"

struct event {
    absl::Mutex mutex;
    bool is_set;

    explicit event(bool set) : is_set(set)
    {
    }

    void store(bool value)
    {
        absl::MutexLock guard(&mutex);
        is_set = value;
    }

    void wait()
    {
        absl::MutexLock guard(&mutex);
        mutex.Await(absl::Condition(&is_set));
    }
};

#define EVENT struct event
#define EVENT_INIT(e, is_set) init(e, off, is_set)
#define EVENT_SET(e) (e)->store(true)
#define EVENT_CLEAR(e) (e)->store(false)
#define EVENT_WAIT(e) (e)->wait()
#define EVENT_DESTROY(e) std::destroy_at(e)
#include "templates/event.h"

#define MUTEX absl::Mutex
#define MUTEX_INIT(m) init(m, off)
#define LOCK(m) (m)->Lock()
#define UNLOCK(m) (m)->Unlock()
#define MUTEX_DESTROY(m) std::destroy_at(m)
#define COND absl::CondVar
#define COND_INIT(c) std::construct_at(c)
#define COND_WAIT(c, m) (c)->Wait(m)
#define COND_WAIT_FOR(c, m, us) (c)->WaitWithTimeout(m, absl::Microseconds(us))
#define COND_SIGNAL(c) (c)->Signal()
#define COND_BROADCAST(c) (c)->SignalAll()
#define COND_DESTROY(c) std::destroy_at(c)
#include "templates/monitor.h"

static void note_init(absl::Notification *note, bool is_set)
{
    init(note, off);
    if (is_set)
        note->Notify();
}

#define NAME note_already
#define TYPE absl::Notification
#define INIT(e) note_init(e, true)
#define CALL(e) (e)->WaitForNotification()
#define DESTROY(e) std::destroy_at(e)
#include "templates/calls.h"

#define NAME note_wake
#define TYPE absl::Notification
#define INIT(e, n) note_init(e, false)
#define PARK(e, round) (e)->WaitForNotification()
#define WAKE(e, round, n) (e)->Notify()
#define REARM(e, n) (std::destroy_at(e), note_init(e, false))
#define DESTROY(e) std::destroy_at(e)
#include "templates/wake.h"

/* Who wakes the others is one of the party.  */
static void barrier_init(absl::Barrier *b, unsigned waiters)
{
    init(b, off, static_cast<int>(waiters) + 1);
}

#define NAME barrier_last
#define TYPE absl::Barrier
#define INIT(b, n) barrier_init(b, n)
#define PARK(b, round) (b)->Block()
#define WAKE(b, round, n) (b)->Block()
#define REARM(b, n) (std::destroy_at(b), barrier_init(b, n))
#define DESTROY(b) std::destroy_at(b)
#include "templates/wake.h"

const struct entrant entrants[] = {
    LOCK_ENTRANTS("absl", "lock", plain, true),
    LOCK_ENTRANTS("absl-check", "lock", checked, true),
    SEMAPHORE_ENTRANTS("absl", true),
    EVENT_ENTRANTS("absl", true),
    ENTRANT("absl-note", "event", "already", note_already, true),
    ENTRANT("absl-note", "event", "wake", note_wake, true),
    CONDITION_ENTRANTS("absl", true),
    ENTRANT("absl", "barrier", "last", barrier_last, true),
    {},
};
