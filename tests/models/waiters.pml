/* waiters.pml -- lib/waiters.c, and how lib/condition.c uses it.

   THREADS threads each want a token, and the first TIMED of them may give up.
   A giver has as many; it adds BATCH tokens at a time and notifies so many.
   What is to be found: a thread that sleeps for ever, a notify that is used up
   on a thread that gave up, or reaches another than the oldest, a return
   without a notify or a deadline, a touch of the entry of who has left.

   With OUTSIDE the user of the queue gives the verdicts when it has released
   the lock, and who has one leaves at once, without the lock, as the parties
   of a barrier do.  The giver then takes and passes BATCH threads at a time,
   whenever there are any.

   look            the predicate           add, remove    il__waiters_add, ..
   mark, wait      park in waiters.c       take           il__waiters_take
   decided         il_condition_wait_until release        il__waiters_release

   The user's lock is one step here: what it does has a model of its own.  The
   links are those of waiters.c; what is done under the lock is one step, but
   for the verdicts.  A thread that waits again has its word where it was, so
   a late wake reaches it.  Not here: the looks of who spins, that change
   nothing; an il_rlock; the length, and the epoch; weak orders.

   Seeded mistakes:
   STORE_MARK      who parks stores PARKED, whatever there is
   TWO_STEPS       the verdict is no exchange but a look and a store
   KEEP_LINK       the last that is taken keeps its link to who stays
   TRUST_TIMEOUT   whose time is over does not look whether it was taken
   STAY_QUEUED     whose time is over does not take itself out
   LATE_ADD        wait releases the lock, then adds itself
   GIVE_LATE       the condition gives its verdicts without the lock
   LATE_NEXT       release reads a link after the verdict; OUTSIDE
   NO_DEBT         who was taken does not wait for its verdict; OUTSIDE

   SPDX-License-Identifier: MIT */

#include "park.pml"

#ifndef THREADS
#define THREADS 2
#endif
#ifndef TIMED
#define TIMED 1
#endif
#ifndef BATCH
#define BATCH 1
#endif

#define WAITING 0
#define PASSED 1
#define PARKED 4

#define NONE 255

bool lock;

/* The queue, and the entries.  */
byte first = NONE, last = NONE;
byte next[THREADS], previous[THREADS], verdict[THREADS];
bool queued[THREADS], alive[THREADS];
chan parked_at[THREADS] = [1] of { byte };

chan order = [THREADS] of { byte }; /* what the queue has to be */
bool notified[THREADS];             /* taken, as it has to be told */

byte tokens, over;

inline acquire()
{
    atomic { !lock -> lock = true }
}

/* Parts of atomic steps.  */
inline add()
{
    verdict[me] = WAITING;
    queued[me] = true;
    alive[me] = true;
    notified[me] = false;
    next[me] = NONE;
    previous[me] = last;
    if
    :: last != NONE -> assert(alive[last]); next[last] = me
    :: else -> first = me
    fi;
    last = me;
    order ! me
}

inline remove()
{
    if
    :: previous[me] != NONE ->
       assert(alive[previous[me]]); next[previous[me]] = next[me]
    :: else -> first = next[me]
    fi;
    if
    :: next[me] != NONE ->
       assert(alive[next[me]]); previous[next[me]] = previous[me]
    :: else -> last = previous[me]
    fi;
    queued[me] = false;
    order ?? eval(me)
}

inline leave()
{
    alive[me] = false;
    verdict[me] = 0;
    next[me] = 0;
    previous[me] = 0
}

/* The caller's variables are list, w, n and newest.  */
inline take()
{
    list = first;
    w = first;
    n = 0;
    newest = NONE;
    do
    :: w != NONE && n < BATCH ->
       assert(alive[w] && order ? [eval(w)]);
       order ? _;
       queued[w] = false;
       notified[w] = true;
       newest = w;
       w = next[w];
       n++
    :: else -> break
    od;
    if
    :: newest != NONE ->
#ifndef KEEP_LINK
       next[newest] = NONE;
#endif
       first = w;
       if
       :: w != NONE -> assert(alive[w]); previous[w] = NONE
       :: else -> last = NONE
       fi
    :: else
    fi;
    w = 0;
    n = 0;
    newest = 0
}

/* The caller's variables are list, w and old.  */
inline release()
{
    do
    :: list == NONE -> break
    :: else ->
       atomic {
           w = list;
#ifndef LATE_NEXT
           assert(alive[w]);
           list = next[w]
#endif
       }
#ifdef TWO_STEPS
       atomic { assert(alive[w]); old = verdict[w] }
       atomic { assert(alive[w]); verdict[w] = PASSED }
#else
       atomic { assert(alive[w]); old = verdict[w]; verdict[w] = PASSED }
#endif
#ifdef LATE_NEXT
       atomic { assert(alive[w]); list = next[w] }
#endif
       atomic {
           if
           :: old == PARKED -> wake_one(parked_at[w])
           :: else
           fi;
           old = 0;
           w = 0
       }
    od
}

proctype waiter(byte me)
{
    bool timed, timed_out;

    timed = me < TIMED;
    acquire();

look:
    atomic {
#ifndef OUTSIDE
        if
        :: tokens > 0 -> tokens--; goto unlock
        :: else
        fi;
#endif
#ifdef LATE_ADD
        lock = false
    }
    atomic {
        add()
#else
        add();
        lock = false
#endif
    }

mark:
    atomic {
        assert(alive[me]);
        if
#ifdef STORE_MARK
        :: true -> verdict[me] = PARKED
#else
        :: verdict[me] == WAITING -> verdict[me] = PARKED
        :: verdict[me] == PARKED
        :: else -> goto decided
#endif
        fi
    }
wait:
    if
    :: verdict[me] != PARKED -> goto decided
    :: else
    fi;
    park_wait(parked_at[me], verdict[me] == PARKED, timed, timed_out);
    if
    :: !timed_out -> goto wait
    :: else
    fi;

decided:
#ifdef OUTSIDE
    atomic {
        if
        :: verdict[me] == PASSED ->
           assert(notified[me]); timed_out = false; leave(); goto left
        :: else -> assert(timed_out)
        fi
    }
#endif
#ifdef TRUST_TIMEOUT
    atomic {
        timed_out = verdict[me] != PASSED
    }
#endif
    acquire();
    atomic {
        if
        :: queued[me] ->
           assert(timed && timed_out && !notified[me]);
#ifndef STAY_QUEUED
           remove();
#endif
           leave();
           goto unlock
#ifdef TRUST_TIMEOUT
        :: !queued[me] && timed_out ->
           assert(!notified[me]); leave(); goto unlock
        :: !queued[me] && !timed_out -> leave(); goto look
#elif defined(OUTSIDE)
        :: else ->
           lock = false; timed = false; timed_out = false;
#ifdef NO_DEBT
           leave();
           goto left;
#endif
           goto mark
#else
        :: else ->
           assert(notified[me]); timed_out = false; leave(); goto look
#endif
        fi
    }

unlock:
    lock = false;
left:
    over++
}

active proctype giver()
{
    byte list, w, n, newest, old, given;

#ifdef OUTSIDE
    do
    :: atomic { first != NONE && !lock -> lock = true }
       atomic { take(); lock = false }
       release();
       list = 0
    :: atomic { over == THREADS -> break }
    od;
#else
    do
    :: given >= THREADS -> break
    :: else ->
       acquire();
       atomic { tokens = tokens + BATCH; given = given + BATCH; take() }
#ifdef GIVE_LATE
       lock = false;
       release();
#else
       release();
       lock = false;
#endif
       list = 0
    od;
    over == THREADS;
#endif
    assert(!lock && first == NONE && last == NONE && empty(order))
}

init {
    byte i;
    atomic {
        for (i : 0 .. THREADS - 1) {
            run waiter(i)
        }
    }
}
