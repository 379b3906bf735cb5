/* park.pml -- the contract of lib/park.h, for the models to include.

   A queue is that of the threads parked on one word, longest parked first.
   park_wait is il__park_wait, wake_one and wake_all are il__park_wake.  A wake
   comes after the caller's stores for whoever it wakes: both backends' queues
   have a lock.  STRAYS times a thread returns for no reason; were that always
   possible no model could show a thread that sleeps for ever.

   Seeded mistake, of the contract:
   TIMEOUT_EATS   who was woken may say that its time is over

   SPDX-License-Identifier: MIT */

#ifndef STRAYS
#define STRAYS 1
#endif
byte strays = STRAYS;

#define is_parked(queue) (queue ?? [eval(me)])

/* For thread `me`: parks if `same`, that the word is as expected, may time out
   if `timed`, and sets timed_out.  */
inline park_wait(queue, same, timed, timed_out)
{
    if
    :: atomic { !(same) -> timed_out = false }
    :: atomic { same -> queue ! me };
       if
       :: atomic { !(is_parked(queue)) -> timed_out = false }
       :: atomic { (timed) && is_parked(queue) ->
                   queue ?? eval(me); timed_out = true }
       :: atomic { strays > 0 && is_parked(queue) ->
                   queue ?? eval(me); strays--; timed_out = false }
#ifdef TIMEOUT_EATS
       :: atomic { (timed) && !(is_parked(queue)) -> timed_out = true }
#endif
       fi
    fi
}

/* To be part of an atomic step.  */
inline wake_one(queue)
{
    if
    :: queue ? _
    :: empty(queue)
    fi
}

inline wake_all(queue)
{
    do
    :: queue ? _
    :: empty(queue) -> break
    od
}
