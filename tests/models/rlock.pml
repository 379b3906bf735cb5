/* rlock.pml -- lib/rlock.c and the inline paths of rlock.h: the bias.

   Thread 0 is the first that has acquired the RLock; THREADS in all acquire and
   release it ROUNDS times each, the first one up to twice at once; thread 1 may
   give up if TIMED.  What is to be found: two threads inside, a thread that
   sleeps for ever, an il_base that nobody will release, and, with LIFETIME, a
   thread that uses the RLock after the last user has freed it.

   first         il__rlock_step and acquire, of thread 0
   look, back    il__rlock_step_biased, its second look, il__rlock_step_back
   give_up       give_up_bias                 release   il_rlock_release
   revoke, await_first, take_over             slow      il__rlock_release_slow

   What thread 0 stores into il_levels sits in a store buffer: the others see it
   later, at the latest at its next atomic read-modify-write, at its wake, or
   when somebody fences all.

   Not here: weak memory but for that buffer; il_base, but that one has it (see
   lock.pml) and that it can be waited for; the first acquire of all; how often
   a candidate has to come before it may have the bias; the fork.

   Seeded mistakes:
   NO_FENCE         who revokes does not fence
   NO_SECOND_LOOK   the first thread acquires without a second look
   NO_ANNOUNCE      who parks on il_levels is not present
   NO_LATE_LOOK     the biased release does not look who is present after it
   QUIET_BACK       a late store is taken back and nobody is woken
   QUIET_GIVE_UP    the bias is given up and nobody is woken
   KEEP_CANDIDATE   il_base is waited for while the first is still candidate
   STEAL            a revoked lock is taken over though its first is inside
   BLIND_GIVE_UP    the first thread takes a revoked lock by a plain store
   BIAS_AGAIN       the first thread gets its bias back
   LATE_TOUCH       the biased release looks at the RLock after its store

   SPDX-License-Identifier: MIT */

#include "park.pml"

#ifndef THREADS
#define THREADS 2
#endif
#ifndef ROUNDS
#define ROUNDS 2
#endif
#ifndef TIMED
#define TIMED 1
#endif

/* il_owner.  */
#define SHARED 0
#define CANDIDATE 1        /* with depth 0 */
#define CANDIDATE_INSIDE 2 /* with more */
#define BIASED 3
#define REVOKED 4
#define OWNED 5 /* + the thread */

#define ASYMMETRIC 1
#define ONE_PRESENT 2

byte owner = CANDIDATE;
bool base = true; /* held */
byte levels;
chan buffer = [2] of { byte }; /* for levels */
byte entry = ASYMMETRIC;
chan queue = [THREADS] of { byte };

byte inside, over;
bool freed;
#ifdef LIFETIME
byte users = THREADS;
#define touch assert(!freed)
#else
#define touch skip
#endif

inline drain()
{
    do
    :: buffer ? levels
    :: empty(buffer) -> break
    od
}

inline enter()
{
    inside++;
    assert(inside == 1)
}

inline leave()
{
    assert(inside == 1);
    inside--
}

/* The last step of a round: the caller has released, or given up.  */
inline next_round()
{
    freed = freed || last;
    round++;
    if
    :: round < ROUNDS -> goto acquire
    :: else -> over++
    fi
}

inline count_user()
{
#ifdef LIFETIME
    if
    :: round == ROUNDS - 1 -> users--; last = users == 0
    :: else
    fi
#else
    skip
#endif
}

/* A release of il_base.  */
inline release_base()
{
    atomic { touch; assert(owner == OWNED + me && base); owner = SHARED }
    atomic { touch; leave(); base = false }
}

proctype first(byte me)
{
    byte seen, mine, depth, round;
    bool last;

acquire:
    atomic {
        touch;
        seen = owner;
        if
        :: seen == BIASED -> goto step
        :: seen == CANDIDATE || seen == CANDIDATE_INSIDE -> goto candidate
        :: seen == REVOKED -> goto give_up
        :: seen == OWNED + me -> goto entered
        :: else
        fi
    }
    atomic { !base && owner == SHARED -> touch; base = true }
    atomic { owner = OWNED + me; goto entered }

candidate:
    atomic {
        touch;
        drain();
        if
        :: owner == seen -> owner = CANDIDATE_INSIDE
        :: owner == seen && entry == ASYMMETRIC ->
           mine = depth + 1; levels = mine; owner = BIASED
        :: owner != seen -> goto acquire
        fi;
        goto entered
    }

step:
    atomic { nfull(buffer) -> touch; buffer ! (mine + 1) }
look:
#ifndef NO_SECOND_LOOK
    atomic {
        touch;
        if
        :: owner == BIASED
        :: else -> goto back
        fi
    }
#endif
    atomic { mine++; goto entered }
back:
    atomic { nfull(buffer) -> touch; buffer ! mine }
    atomic {
        drain();
#ifndef QUIET_BACK
        wake_all(queue);
#endif
        goto acquire
    }

give_up:
    atomic {
        touch;
#ifdef BLIND_GIVE_UP
        owner = OWNED + me;
#else
        drain();
        if
        :: owner == REVOKED -> owner = OWNED + me
        :: else -> goto acquire
        fi
#endif
    }
    atomic {
        drain();
        mine = 0;
        levels = 0;
#ifndef QUIET_GIVE_UP
        wake_all(queue)
#endif
    }

entered:
    atomic {
        depth++;
        if
        :: depth == 1 -> enter()
        :: else
        fi
    }

critical:
    if
    :: depth < 2 && round == 0 -> goto acquire
    :: skip
    fi;
    atomic {
        if
        :: depth == 1 -> count_user()
        :: else
        fi
    }

release:
    atomic {
        touch;
        seen = owner;
        if
        :: seen == BIASED && mine > 1 -> goto less
        :: seen == BIASED && mine == 1
        :: seen == CANDIDATE_INSIDE -> goto slow
        :: seen == REVOKED -> goto slow
        :: seen == OWNED + me -> goto shared
        fi
    }
    if
    :: entry == ASYMMETRIC
    :: else -> goto slow
    fi;
    atomic {
        nfull(buffer) ->
        touch;
        leave();
        depth = 0;
        mine = 0;
        buffer ! 0
    }
#ifdef LATE_TOUCH
    touch;
#endif
#ifdef NO_LATE_LOOK
    goto done;
#endif
    if
    :: entry == ASYMMETRIC -> goto done
    :: else
    fi;
    atomic { drain(); wake_all(queue); goto done }

less:
    atomic {
        nfull(buffer) ->
        touch;
        mine--;
        depth--;
        buffer ! mine;
        goto critical
    }

slow:
    atomic {
        touch;
        drain();
        if
        :: owner == CANDIDATE_INSIDE && depth > 1 -> depth--; goto critical
        :: owner == CANDIDATE_INSIDE && depth == 1 ->
           owner = CANDIDATE; depth = 0; leave(); goto done
        :: owner == BIASED || owner == REVOKED -> owner = OWNED + me
        :: else -> goto release
        fi
    }
    atomic {
        touch;
        mine = 0;
        levels = 0;
#ifndef QUIET_GIVE_UP
        wake_all(queue)
#endif
    }

shared:
    atomic {
        if
        :: depth > 1 -> depth--; goto critical
        :: else -> depth = 0
        fi
    }
#ifdef BIAS_AGAIN
    atomic { touch; leave(); owner = BIASED; goto done }
#endif
    release_base();

done:
    atomic { seen = 0; next_round() }
}

proctype other(byte me)
{
    byte seen, round;
    bool timed_out, timed, last;

    timed = me <= TIMED;

acquire:
    atomic {
        touch;
        seen = owner;
        if
        :: seen == CANDIDATE -> goto take_over
        :: seen == CANDIDATE_INSIDE -> goto end_candidacy
        :: seen == BIASED || seen == REVOKED -> goto revoke
        :: else
        fi
    }
await_base:
    if
    :: atomic { !base -> touch; base = true }
    :: atomic { timed -> goto gone }
    fi;
    atomic { owner = OWNED + me; enter(); goto critical }

end_candidacy:
#ifdef KEEP_CANDIDATE
    goto await_base;
#endif
    atomic {
        touch;
        if
        :: owner == CANDIDATE_INSIDE -> owner = OWNED
        :: else
        fi;
        goto acquire
    }

revoke:
    atomic {
        touch;
        if
        :: owner == seen -> owner = REVOKED; seen = REVOKED
        :: else -> goto acquire
        fi
    }
#ifndef NO_FENCE
    atomic { drain() }
#endif
    atomic {
        touch;
        if
#ifndef STEAL
        :: levels != 0
#endif
        :: else -> goto take_over
        fi
    }
#ifndef NO_ANNOUNCE
    atomic {
        entry = entry + ONE_PRESENT;
        if
        :: entry & ASYMMETRIC
        :: else -> goto await_first
        fi
    }
    atomic { drain() }
    atomic { entry = entry & ~ASYMMETRIC }
#endif
await_first:
    atomic {
        touch;
        seen = levels;
        if
        :: seen == 0 -> goto through
        :: else
        fi
    }
    atomic {
        touch;
        if
        :: owner != REVOKED -> seen = 0; goto through
        :: else
        fi
    }
    park_wait(queue, levels == seen, timed, timed_out);
    if
    :: !timed_out -> goto await_first
    :: timed_out
    fi;
through:
    atomic {
        seen = REVOKED;
#ifndef NO_ANNOUNCE
        entry = entry - ONE_PRESENT;
#endif
        if
        :: timed_out -> timed_out = false; goto gone
        :: else
        fi
    }

take_over:
    atomic {
        touch;
        if
        :: owner == seen -> assert(base); owner = OWNED + me; enter()
        :: else -> goto acquire
        fi
    }

critical:
    atomic { seen = 0; count_user() }
    release_base();
    atomic { next_round(); goto end }

gone:
    atomic {
        seen = 0;
#ifdef LIFETIME
        timed = false;
        goto acquire
#else
        next_round()
#endif
    }
end:
    skip
}

/* The buffered stores arrive at some time; and enough releases of other locks
   make the entry ASYMMETRIC again.  */
active proctype processor()
{
    do
    :: atomic { nempty(buffer) -> buffer ? levels }
    :: atomic { entry == 0 -> entry = ASYMMETRIC }
    :: atomic {
           over == THREADS && empty(buffer) ->
           assert(owner < OWNED && owner != CANDIDATE_INSIDE && levels == 0);
           assert(base == (owner != SHARED));
           break
       }
    od
}

init {
    byte i;
    atomic {
        run first(0);
        for (i : 1 .. THREADS - 1) {
            run other(i)
        }
    }
}
