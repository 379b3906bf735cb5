/* event.pml -- lib/event.c and the inline paths of event.h.

   THREADS threads wait, the first TIMED of them may give up.  When each has
   come, that is, has read the word that it compares with, one thread sets the
   event SETS times and clears it after each: nobody may sleep on.  Another
   clears it once, at any time.  A wait that gives up has seen no set since it
   came.  With LIFETIME the last that waited frees the event, and the setter
   sets it once.

   With QUEUE the threads are a consumer of PUTS things and their producer,
   which puts and sets; the consumer clears, looks, and waits if there is
   none.  A put sits in the producer's store buffer until its next atomic
   read-modify-write, or earlier: so the consumer may miss it for a while.  The
   consumer has to get all (E3).

   came         il__event_wait_slow       set         il_event_set
   look         wait_as                   clear       il_event_clear
   mark, park   park

   The look of il_event_wait and those of who spins are not here: they change
   nothing.  Nor are weak orders but for that buffer; nor 2^30 sets between a
   look and a park.

   Seeded mistakes:
   NO_GENERATION   a wait looks at SET only
   NO_MARK         a thread parks without WAITED
   CLEAR_ALL       clear takes WAITED away too
   WAKE_ONE        a set wakes one thread
   NO_LAST_LOOK    a wait whose deadline has passed does not look again
   LATE_LOOK       a set looks for waiters after it has let them through
   ELIDE           a set of a set event does nothing

   SPDX-License-Identifier: MIT */

#ifdef QUEUE
#define THREADS 1
#endif

#include "park.pml"

#ifndef THREADS
#define THREADS 2
#endif
#ifndef TIMED
#define TIMED 0
#endif
#ifdef LIFETIME
#define SETS 1
#endif
#ifndef SETS
#define SETS 2
#endif
#ifndef PUTS
#define PUTS 3
#endif

#define SET 1
#define WAITED 2
#define GENERATION 4
#define NEITHER 255 /* is no word that there is */

byte word;
chan queue = [THREADS] of { byte };

byte coming = THREADS, waiting = THREADS;
bool freed;
byte things, storing; /* put; and put, but not yet seen by others */

#ifdef LIFETIME
#define touch assert(!freed)
#else
#define touch skip
#endif

/* The caller's variable is seen.  */
inline set()
{
    do
    :: atomic { touch; seen = word }
#ifdef ELIDE
       if
       :: seen & SET -> seen = 0; break
       :: else
       fi;
#endif
       atomic {
           touch;
           things = things + storing;
           storing = 0;
           if
           :: word == seen ->
#ifdef LATE_LOOK
              word = (seen | SET) + GENERATION;
#else
              word = ((seen | SET) & ~WAITED) + GENERATION;
#endif
              break
           :: else
           fi
       }
    od;
#ifdef LATE_LOOK
    atomic { touch; seen = word }
#endif
    atomic {
        if
#ifdef WAKE_ONE
        :: seen & WAITED -> wake_one(queue)
#else
        :: seen & WAITED -> wake_all(queue)
#endif
        :: else
        fi;
        seen = 0
    }
}

inline clear()
{
    atomic {
        touch;
#ifdef CLEAR_ALL
        word = word & ~(SET | WAITED)
#else
        word = word & ~SET
#endif
    }
}

#ifdef NO_GENERATION
#define lets_through (seen & SET)
#else
#define lets_through ((seen & SET) || (seen / GENERATION != came / GENERATION))
#endif

#define no_set (word / GENERATION == came / GENERATION)

/* The caller's variables are me, seen, came and timed_out.  */
inline wait(timed)
{
    atomic {
        touch;
        came = word;
        coming = (coming > 0 -> coming - 1 : 0)
    }
    do
    :: atomic {
           touch;
           seen = word;
           if
           :: lets_through -> break
           :: else
           fi;
           if
           :: timed_out -> assert(no_set); break
           :: else
           fi
       }
#ifndef NO_MARK
       atomic {
           touch;
           if
           :: seen & WAITED
           :: !(seen & WAITED) && word == seen ->
              word = word | WAITED; seen = word
           :: else -> seen = NEITHER
           fi
       }
#endif
       touch;
       park_wait(queue, word == seen, timed, timed_out);
#ifdef NO_LAST_LOOK
       atomic {
           if
           :: timed_out -> assert(no_set); break
           :: else
           fi
       }
#endif
    od;
    atomic { seen = 0; came = 0; timed_out = false }
}

#ifndef QUEUE
proctype waiter(byte me)
{
    byte seen, came;
    bool timed_out;

    wait(me < TIMED);
    atomic { waiting--; freed = waiting == 0 }
}

active proctype setter()
{
    byte seen, i;

    coming == 0;
    for (i : 1 .. SETS) {
        set();
#ifndef LIFETIME
        clear()
#endif
    }
}

#ifndef LIFETIME
active proctype clearer()
{
    clear()
}
#endif

init {
    byte i;
    atomic {
        for (i : 0 .. THREADS - 1) {
            run waiter(i)
        }
    }
}

#else
active proctype consumer()
{
    byte seen, came, got;
    byte me = 0;
    bool timed_out;

    do
    :: got == PUTS -> break
    :: else ->
       clear();
       if
       :: atomic { things > got -> got = things }
       :: atomic { things == got -> skip };
          wait(false)
       fi
    od
}

active proctype producer()
{
    byte seen, i;

    for (i : 1 .. PUTS) {
        storing++;
        set()
    }
}

active proctype processor()
{
end:
    do
    :: atomic { storing > 0 -> things = things + storing; storing = 0 }
    od
}
#endif
