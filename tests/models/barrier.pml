/* barrier.pml -- lib/barrier.c.

   THREADS threads wait ROUNDS times at a barrier for PARTIES; the first TIMED
   of them have a deadline.  Who is canceled or gives up comes no more.  What
   is to be found: a thread that sleeps for ever, a round that passed for some
   and not for others, two actions at a time, a touch of the entry of who has
   left, and a use of the barrier when the first that has passed the last
   round has freed it.

   ACTION: rounds have an action, which may fail.  GATE: the same, and there
   are more threads than parties, so that some come while an action runs.
   ABORT: one more thread aborts.  RESET: one more resets; who is canceled
   comes again.

   come, come_in   wait_at, enter              last         finish_round
   inside          pass_gate, arrive           action       run_action
   wait            wait_for_round, and         cancel       cancel_round
                   park in waiters.c           give_up      give_up

   The barrier's lock and the guard are one step each: they have a model of
   their own.  Not here: forks; the looks of who spins, that change nothing;
   weak orders; the barrier's own time limit, whose only difference is when
   the guard is taken.

   Seeded mistakes:
   NO_GUARD        who decides a round takes no guard for those with deadlines
   BLIND_GIVE_UP   whose time is over looks without the guard
   KEEP_QUEUED     who is taken still looks queued
   LATE_LEAVE      the last party gives the verdicts, then releases the lock
   LATE_NEXT       a verdict is given, then the link after it is read
   NO_GATE         others may come in while an action runs
   FORGET_KNOCK    who opens the gate wakes nobody

   SPDX-License-Identifier: MIT */

#include "park.pml"

#ifndef THREADS
#define THREADS 2
#endif
#ifndef ROUNDS
#define ROUNDS 1
#endif
#ifndef TIMED
#define TIMED 1
#endif
#ifdef GATE
#define ACTION
#define PARTIES 2
#else
#define PARTIES THREADS
#endif

#define BROKEN 1
#define CLOSED 2
#define KNOCKED 4
#define HAS_TIMED 8

#ifdef ABORT
#define BREAKS BROKEN
#endif
#ifdef RESET
#define BREAKS 0
#endif

#define WAITING 0
#define PASSED 1
#define CANCELED 2
#define PARKED 4

#define NONE 255

bool guard;

/* The barrier.  */
bool lock;
byte newest = NONE, arrived, state, cancels;
chan at_gate = [THREADS] of { byte };
bool freed;

/* The entries.  */
byte next[THREADS], verdict[THREADS];
bool queued[THREADS], alive[THREADS];
chan parked_at[THREADS] = [1] of { byte };

byte running, over;
byte passed[ROUNDS];

#define touch assert(!freed)

inline take_guard()
{
    atomic { !guard -> guard = true; guarded = true }
}

inline acquire()
{
    atomic { !lock || freed -> touch; lock = true }
}

inline enter(with_guard)
{
    if
    :: with_guard -> take_guard()
    :: else
    fi;
    acquire();
#ifndef NO_GUARD
    if
    :: !guarded && (state & HAS_TIMED) ->
       atomic { touch; lock = false }
       take_guard();
       acquire()
    :: else
    fi
#endif
}

inline leave()
{
    atomic { touch; lock = false }
    atomic {
        if
        :: guarded -> guard = false; guarded = false
        :: else
        fi
    }
}

/* Part of an atomic step; the caller's variables are list and w.  */
inline take_parties()
{
    list = newest;
    newest = NONE;
    arrived = 0;
#ifndef KEEP_QUEUED
    if
    :: state & HAS_TIMED ->
       w = list;
       do
       :: w == NONE -> break
       :: else -> assert(alive[w]); queued[w] = false; w = next[w]
       od;
       w = 0
    :: else
    fi;
#endif
    state = state & ~HAS_TIMED
}

/* il__waiters_release; the caller's variables are list, w and old.  */
inline release(what)
{
    do
    :: list == NONE -> break
    :: else ->
       atomic {
           w = list;
           assert(alive[w]);
#ifndef LATE_NEXT
           list = next[w];
#endif
           old = verdict[w];
           verdict[w] = what
       }
       atomic {
#ifdef LATE_NEXT
           assert(alive[w]);
           list = next[w];
#endif
           if
           :: old == PARKED -> wake_one(parked_at[w])
           :: else
           fi;
           old = 0;
           w = 0
       }
    od;
    list = 0
}

/* As the holder of the lock, which it releases.  */
inline cancel_round(broken)
{
    atomic {
        touch;
        take_parties();
        cancels++;
        knocked = (state & KNOCKED) != 0;
        state = (state & CLOSED) | broken
    }
    leave();
    atomic {
        if
        :: knocked -> wake_all(at_gate); knocked = false
        :: else
        fi
    }
    release(CANCELED)
}

inline end_wait()
{
    alive[me] = false;
    queued[me] = false;
    next[me] = 0;
    verdict[me] = 0
}

proctype party(byte me)
{
    byte list, w, old, round, came;
    bool timed, timed_out, guarded, knocked, knocking, failed;

come:
    atomic { timed = me < TIMED; timed_out = false; knocking = false }
come_in:
    enter(timed);
    atomic {
        touch;
        if
        :: !knocking -> came = cancels
        :: else
        fi;
        if
        :: (!knocking && (state & BROKEN)) || cancels != came -> goto refuse
        :: else
        fi;
#ifndef NO_GATE
        if
        :: (state & CLOSED) && timed_out -> goto cancel
        :: (state & CLOSED) && !timed_out ->
           state = CLOSED | KNOCKED; goto knock
        :: else
        fi;
#endif
        if
        :: state & BROKEN -> goto refuse
        :: else
        fi;
        came = 0;
        knocking = false;
        timed_out = false;
        if
        :: arrived + 1 == PARTIES -> goto last
        :: else
        fi;
        verdict[me] = WAITING;
        alive[me] = true;
        queued[me] = true;
        next[me] = newest;
        newest = me;
        arrived++;
        if
        :: timed -> state = state | HAS_TIMED
        :: else
        fi
    }
    leave();

mark:
    atomic {
        if
        :: verdict[me] == WAITING -> verdict[me] = PARKED
        :: else
        fi
    }
wait:
    if
    :: verdict[me] == PARKED
    :: else -> goto decided
    fi;
    park_wait(parked_at[me], verdict[me] == PARKED, timed, timed_out);
    if
    :: !timed_out -> goto wait
    :: else
    fi;
    if
    :: verdict[me] == PARKED
    :: else -> goto decided
    fi;

give_up:
#ifndef BLIND_GIVE_UP
    take_guard();
#endif
    if
    :: queued[me]
    :: else ->
       atomic {
#ifndef BLIND_GIVE_UP
           guard = false;
           guarded = false;
#endif
           timed = false;
           timed_out = false;
           goto mark
       }
    fi;
#ifdef BLIND_GIVE_UP
    take_guard();
#endif
    acquire();
cancel:
    cancel_round(BROKEN);
    atomic { end_wait(); goto gone }

decided:
    atomic {
        timed_out = false;
        if
        :: verdict[me] == PASSED -> end_wait(); goto pass
        :: else -> assert(verdict[me] == CANCELED); end_wait(); goto canceled
        fi
    }

knock:
    leave();
    atomic { touch; knocking = true }
    park_wait(at_gate, state == (CLOSED | KNOCKED), timed, timed_out);
    goto come_in;

last:
    atomic { touch; take_parties() }
#ifdef ACTION
    atomic { touch; state = state | CLOSED }
    leave();
    atomic { running++; assert(running == 1) }
    if
    :: failed = true
    :: failed = false
    fi;
    running--;
    enter(false);
    atomic {
        touch;
        knocked = (state & KNOCKED) != 0;
        state = state & BROKEN;
        if
        :: failed -> state = BROKEN
        :: else
        fi
    }
    leave();
    atomic {
        if
#ifndef FORGET_KNOCK
        :: knocked -> wake_all(at_gate)
#endif
        :: else
        fi;
        knocked = false
    }
    if
    :: failed -> failed = false; release(CANCELED); goto canceled
    :: else -> release(PASSED); goto pass
    fi;
#elif defined(LATE_LEAVE)
    release(PASSED);
    leave();
    goto pass;
#else
    leave();
    release(PASSED);
    goto pass;
#endif

refuse:
    leave();
canceled:
#ifdef RESET
    goto come;
#else
    goto gone;
#endif

pass:
    atomic {
        passed[round]++;
        round++;
        if
        :: round < ROUNDS -> goto come
        :: else
        fi;
#ifndef BREAKS
        freed = freed || PARTIES == THREADS
#endif
    }
gone:
    over++
}

#ifdef BREAKS
/* With it the barrier is not freed.  */
active proctype canceler()
{
    byte list, w, old;
    bool guarded, knocked;

    enter(false);
    cancel_round(BREAKS)
}
#endif

init {
    byte i;
    atomic {
        for (i : 0 .. THREADS - 1) {
            run party(i)
        }
    }
    over == THREADS;
    for (i : 0 .. ROUNDS - 1) {
        assert(PARTIES < THREADS || passed[i] == 0 || passed[i] == THREADS)
    }
}
