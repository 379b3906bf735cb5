/* semaphore.pml -- lib/semaphore.c and the inline paths of semaphore.h.

   THREADS threads take tokens, the first TIMED of them may give up.  In the
   first round they share TOKENS tokens and each gives back what it took.
   Meanwhile one more gives MORE tokens at once, by release_n.  In the second
   round each takes one for good: those that can't give up find enough.  What
   is to be found: a thread that sleeps for ever, a token that appears or
   vanishes, and a waiter that is counted when all have left.  With LIFETIME
   the first round and the tokens at the beginning are left out, and the last
   thread that leaves frees the semaphore: the release may not use it then.

   take         il__semaphore_take         count, wait    wait_counted
   leave        leave                      give           il__semaphore_give

   Both halves of il_state change in one step, as there; a park looks at the
   half of the tokens only.  The looks of who spins are not here: they change
   nothing.  Nor are weak orders, IL_SEMAPHORE_MAX, or more waiters than fit.

   Seeded mistakes:
   NO_COUNT        who parks is not counted
   FORGET_COUNT    who gives up stays counted
   WAKE_AT_ZERO    a release wakes only if there was no token
   WAKE_ONE        release_n wakes one thread
   SHARED_LOOK     leave takes the tokens it saw, without a compare
   LATE_LOOK       a release looks for waiters after it has given the token
   and of park.pml.

   SPDX-License-Identifier: MIT */

#include "park.pml"

#ifndef THREADS
#define THREADS 2
#endif
#ifndef TOKENS
#define TOKENS 1
#endif
#ifndef TIMED
#define TIMED 1
#endif
#ifdef LIFETIME
#undef TOKENS
#define TOKENS 0
#endif
#define MORE (THREADS - TOKENS)

byte tokens = TOKENS;
byte waiters;
chan queue = [THREADS] of { byte };

byte taken; /* for good */
byte users = THREADS;
bool given, freed;

#ifdef LIFETIME
#define touch assert(!freed)
#else
#define touch skip
#endif

/* Gives n tokens; the caller's variables are seen and seen_waiters.  */
inline give(n)
{
    do
    :: atomic { touch; seen = tokens; seen_waiters = waiters }
       atomic {
           touch;
           if
           :: tokens == seen && waiters == seen_waiters ->
              tokens = tokens + n;
              break
           :: else
           fi
       }
    od;
#ifdef LATE_LOOK
    atomic { touch; seen_waiters = waiters }
#endif
    atomic {
        if
#ifdef WAKE_AT_ZERO
        :: seen_waiters > 0 && seen == 0
#else
        :: seen_waiters > 0
#endif
           -> seen_waiters = n;
#ifdef WAKE_ONE
           seen_waiters = 1;
#endif
           do
           :: seen_waiters > 0 -> wake_one(queue); seen_waiters--
           :: else -> break
           od
        :: else
        fi;
        seen = 0;
        seen_waiters = 0
    }
}

proctype thread(byte me)
{
    byte seen, seen_waiters, round;
    bool timed_out;

#ifdef LIFETIME
    round = 1;
#endif

take:
    atomic {
        touch;
        seen = tokens;
        seen_waiters = waiters;
        if
        :: seen == 0 -> seen_waiters = 0; goto count
        :: else
        fi
    }
    atomic {
        touch;
        if
        :: tokens == seen && waiters == seen_waiters ->
           tokens--; seen = 0; seen_waiters = 0; goto got
        :: else -> seen = 0; seen_waiters = 0; goto take
        fi
    }

count:
#ifndef NO_COUNT
    atomic { touch; waiters++ }
#endif

leave:
    atomic {
        touch;
        seen = tokens;
        seen_waiters = waiters;
        if
        :: seen == 0 && !timed_out -> seen_waiters = 0; goto wait
        :: else
        fi
    }
    atomic {
        touch;
        if
#ifndef SHARED_LOOK
        :: tokens != seen || waiters != seen_waiters ->
           seen = 0; seen_waiters = 0; goto leave
#endif
        :: else
        fi;
#ifndef NO_COUNT
        waiters = seen_waiters - 1;
#ifdef FORGET_COUNT
        waiters = (timed_out -> seen_waiters : waiters);
#endif
#endif
        seen_waiters = 0;
        timed_out = false;
        if
        :: seen == 0 -> goto next
        :: else -> tokens = seen - 1; seen = 0; goto got
        fi
    }

wait:
    touch;
    park_wait(queue, tokens == 0, me < TIMED, timed_out);
    goto leave;

got:
    if
    :: round == 0 -> give(1)
    :: else -> taken++
    fi;

next:
    atomic {
        round++;
        if
        :: round < 2 -> goto take
        :: else -> users--
        fi;
        freed = users == 0
    }
}

proctype producer()
{
    byte seen, seen_waiters;

#if MORE > 0
    give(MORE);
#endif
    given = true
}

init {
    byte i;
    atomic {
        for (i : 0 .. THREADS - 1) {
            run thread(i)
        }
        run producer()
    }
    users == 0 && given ->
    assert(waiters == 0 && tokens + taken == TOKENS + MORE)
}
