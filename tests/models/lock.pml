/* lock.pml -- lib/lock.c, lib/presence.c and the inline paths of lock.h.

   THREADS threads acquire and release one lock ROUNDS times each; the first
   TIMED of them may give up.  What is to be found: two threads inside, a
   thread that sleeps for ever, a lock that stays granted, WAITED or STARVING
   when all have left, and, with LIFETIME, a thread that uses the lock after
   the last user has freed it.

   acquire         il__lock_take               release    il_lock_release
   look, take      spin, take                  late       its second look, and
   begin           il__presence_begin                     il__lock_wake
   inherit         inherit                     slow       il__lock_release_slow
   announce        announce                    unneeded   il__presence_unneeded
   park, give_up   wait_for, give_up           settle     the store buffer

   The store of the plain release sits in a store buffer: the others see it
   later, at the latest at this thread's next atomic read-modify-write, at its
   wake, or when somebody fences all.  There is never more than one such store,
   since the others see a held lock.  A thread that spins is one that looks
   once: the looks in vain before that change nothing.

   Not here: weak memory but for that buffer; the fork epoch; the process that
   has one thread; a kernel that stops to fence (do_without); an entry that two
   objects share; other numbers than some for UNNEEDED: the entry may become
   ASYMMETRIC at each chance.

   SYMMETRIC: the kernel has no membarrier, the entry is 0 for ever.

   Seeded mistakes:
   NO_FENCE        who parks leaves it to the releases to fence
   EARLY_SWITCH    ASYMMETRIC is removed before the fence
   NO_RECHECK      the plain release does not look at the entry again
   EARLY_WAKE      a wake overtakes the store before it (see park.pml)
   BLIND_REOPEN    unneeded does not see that somebody is present
   FORGET_WAITED   who has been to park takes the lock without WAITED
   HEIR_STAYS      an heir takes the lock and leaves STARVING
   HEIR_LEAVES     an heir gives up and leaves STARVING, or a grant
   PARK_ON_GRANT   a thread parks on a granted lock that it may take
   LATE_TOUCH      a release looks at the lock when it has let others through
   and of park.pml.

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

#define HELD 1
#define WAITED 2
#define GRANTED 4
#define STARVING 8

#define ASYMMETRIC 1
#define ONE_PRESENT 2

#define NOBODY 255

byte word;
chan queue = [THREADS] of { byte };
#ifdef SYMMETRIC
byte entry;
#else
byte entry = ASYMMETRIC;
#endif
byte storing = NOBODY; /* has a store of 0 to word in its buffer */

byte inside, over;
bool freed;
#ifdef LIFETIME
byte users = THREADS;
#define touch assert(!freed)
#else
#define touch skip
#endif

/* The buffered store arrives.  R3: it can't wipe out a grant.  */
inline settle()
{
    if
    :: storing != NOBODY ->
       assert((word & HELD) && !(word & GRANTED));
       word = 0;
       storing = NOBODY
    :: else
    fi
}

inline settle_mine()
{
    if
    :: storing == me -> settle()
    :: else
    fi
}

inline enter()
{
    inside++;
    assert(inside == 1)
}

#define may_take (!(seen & HELD) && (parked || !(seen & GRANTED)))

/* Part of an atomic step: the word that take writes.  */
inline take_seen()
{
    word = (seen & ~GRANTED) | HELD;
    if
#ifndef FORGET_WAITED
    :: parked -> word = word | WAITED
#endif
    :: else
    fi;
    if
#ifndef HEIR_STAYS
    :: heir -> word = word & (HELD | WAITED)
#endif
    :: else
    fi;
    enter()
}

proctype thread(byte me)
{
    byte seen, round;
    bool present, parked, heir, timed_out, timed, last;

    timed = me < TIMED;

acquire:
    atomic {
        touch;
        settle_mine();
        if
        :: word == 0 -> word = HELD; enter(); goto critical
        :: else
        fi
    }

look:
    atomic {
        touch;
        seen = word;
        if
        :: may_take
        :: else -> seen = 0; goto begin
        fi
    }
take:
    atomic {
        touch;
        if
        :: word == seen -> take_seen(); seen = 0; goto end_present
        :: else -> seen = 0
        fi
    }

begin:
    if
    :: present -> goto inherit
    :: else
    fi;
    atomic {
        entry = entry + ONE_PRESENT;
        present = true;
        if
        :: entry & ASYMMETRIC
        :: else -> goto announce
        fi
    }
#ifdef EARLY_SWITCH
    atomic { entry = entry & ~ASYMMETRIC }
#endif
#ifndef NO_FENCE
    atomic { settle() }
#endif
    atomic { entry = entry & ~ASYMMETRIC }

inherit:
    if
    :: !parked -> goto announce
    :: else
    fi;
    atomic {
        touch;
        seen = word;
        if
        :: (seen & HELD) && !(seen & STARVING)
        :: else -> seen = 0; goto announce
        fi
    }
    atomic {
        touch;
        if
        :: word == seen ->
           word = seen | STARVING; heir = true; seen = 0; goto look
        :: else -> seen = 0
        fi
    }

announce:
    atomic {
        touch;
        seen = word;
        if
#ifdef PARK_ON_GRANT
        :: !(seen & (HELD | GRANTED)) -> seen = 0; goto look
#else
        :: may_take -> seen = 0; goto look
#endif
        :: else
        fi;
        if
        :: seen & WAITED -> goto park
        :: else
        fi
    }
    atomic {
        touch;
        if
        :: word == seen -> word = seen | WAITED; seen = word
        :: else -> seen = 0; goto look
        fi
    }

park:
#ifdef LIFETIME
    touch;
#endif
    park_wait(queue, word == seen, timed, timed_out);
    atomic {
        seen = 0;
        if
        :: timed_out -> timed_out = false
        :: else -> parked = true; goto look
        fi
    }

give_up:
    atomic {
        touch;
        seen = word;
        if
#ifndef HEIR_LEAVES
        :: heir && (seen & STARVING)
#endif
        :: else -> seen = 0; goto gone
        fi
    }
    atomic {
        touch;
        if
        :: word != seen -> seen = 0; goto give_up
        :: word == seen && (seen & GRANTED) ->
           take_seen(); seen = 0; goto end_present
        :: word == seen && !(seen & GRANTED) ->
           word = seen & (HELD | WAITED); seen = 0; goto gone
        fi
    }

gone:
    atomic {
        entry = entry - ONE_PRESENT;
        present = false;
        parked = false;
        heir = false;
#ifdef LIFETIME
        timed = false;
        goto acquire
#else
        goto next
#endif
    }

end_present:
    atomic {
        parked = false;
        heir = false;
        if
        :: present -> entry = entry - ONE_PRESENT; present = false
        :: else
        fi
    }

critical:
#ifdef LIFETIME
    atomic {
        if
        :: round == ROUNDS - 1 -> users--; last = users == 0
        :: else
        fi
    }
#endif

release:
    atomic {
        touch;
        if
        :: word == HELD
        :: else -> goto slow
        fi
    }
    if
    :: entry == ASYMMETRIC
    :: else -> goto slow
    fi;
    atomic {
        touch;
        assert(storing == NOBODY);
        inside--;
        storing = me
    }
late:
#ifdef NO_RECHECK
    goto next;
#endif
    if
    :: entry == ASYMMETRIC -> goto next
    :: else
    fi;
    atomic {
#ifndef EARLY_WAKE
        settle_mine();
#endif
        wake_one(queue);
        goto next
    }

slow:
    atomic {
        touch;
        seen = word;
        assert(seen & HELD)
    }
    atomic {
        touch;
        if
        :: word != seen -> goto slow
        :: else
        fi;
        inside--;
        if
        :: seen & STARVING -> word = (seen & ~HELD) | GRANTED
        :: else -> word = 0
        fi;
        if
        :: seen & WAITED -> seen = 0
        :: else -> seen = 0; goto unneeded
        fi
    }
    atomic { wake_one(queue); goto next }

unneeded:
#ifndef SYMMETRIC
    if
    :: atomic { entry == 0 -> entry = ASYMMETRIC }
#ifdef BLIND_REOPEN
    :: atomic { entry = ASYMMETRIC }
#endif
    :: skip
    fi;
#endif

next:
#ifdef LATE_TOUCH
    touch;
#endif
    atomic {
        freed = freed || last;
        round++;
        if
        :: round < ROUNDS -> goto acquire
        :: else -> over++
        fi
    }
}

/* The store buffer arrives at some time.  */
active proctype processor()
{
    do
    :: atomic { storing != NOBODY -> settle() }
    :: atomic {
           over == THREADS && storing == NOBODY ->
           assert(word == 0 && (entry & ~ASYMMETRIC) == 0);
           break
       }
    od
}

init {
    byte i;
    atomic {
        for (i : 0 .. THREADS - 1) {
            run thread(i)
        }
    }
}
