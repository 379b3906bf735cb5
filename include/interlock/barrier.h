/* barrier.h -- il_barrier, a point where a number of threads meet, round
   after round: Python's threading.Barrier.

   Each round lets `parties` threads through, together.  The last to arrive
   runs the action, if there is one, before anybody goes on.  A barrier is
   broken by a party whose deadline passes, by an action that fails and by
   il_barrier_abort; then whoever waits or comes gets ECANCELED until
   il_barrier_reset.

   The verdict is the round's: once its last party has arrived a round has
   passed for all of its parties (unless the action fails), whatever happens
   to the barrier while they leave, and the next may begin meanwhile.

   The action runs while its round waits, one at a time; threads that come
   meanwhile wait until it is over, as the first of the next round.  It may ask,
   abort and reset the barrier, but not wait at it, and must not leave by
   longjmp or a C++ exception.

   There is no destroy: when the barrier is of no more use its memory may go,
   and that is so for each party directly after a wait that returned 0, even
   while the others have not yet returned.

   Memory order: what any party wrote before it arrived is visible to the
   action and to all parties of that round after their waits.

   SPDX-License-Identifier: MIT */

#ifndef INTERLOCK_BARRIER_H
#define INTERLOCK_BARRIER_H

#include <interlock/deadline.h>
#include <interlock/lock.h>

IL__BEGIN_DECLS

/* What each party touches comes first, together.  */
typedef struct il_barrier {
    il_lock il_mutex;             /* protects what follows */
    uint32_t il_epoch;            /* how many forks deep this is; atomic */
    struct il__waiter *il_newest; /* of the round that fills */
    uint32_t il_arrived;          /* how many those are; atomic */
    uint32_t il_state;            /* see lib/barrier.c; atomic, parked on */
    uint32_t il_parties;          /* never written after init */
    uint32_t il_cancels;          /* how many rounds were, modulo 2^32 */
    int (*il_action)(void *);     /* or NULL */
    void *il_arg;                 /* for the action */
    int64_t il_timeout;           /* ns that il_barrier_wait waits; < 0 never */
} il_barrier;

/* A barrier for `parties` threads, at least 1, with no action and no time
   limit.  */
/* clang-format off */
#define IL_BARRIER_INIT(parties) \
    { IL_LOCK_INIT, 0, 0, 0, 0, (uint32_t)(parties), 0, 0, 0, -1 }
/* clang-format on */

/* Makes *b a barrier for `parties` threads.  `action`, if it is not NULL, is
   called with `arg` once a round, by its last party.  `flags` is 0.
   Requires: nobody uses *b.
   Returns 0, or EINVAL: parties is 0, or a flag is unknown.
   Never blocks.  */
IL__API int il_barrier_init(il_barrier *b, uint32_t parties,
                            int (*action)(void *), void *arg, unsigned flags)
    IL__NONNULL_ARG(1);

/* Makes il_barrier_wait give up after `ns` nanoseconds, or never if ns < 0,
   which is how a barrier begins.
   Requires: nobody has waited at *b yet.
   Returns 0.  Never blocks.  */
IL__API int il_barrier_set_timeout(il_barrier *b, int64_t ns) IL__NONNULL;

/* Arrives, and waits until all parties of the round have: as
   il_barrier_wait_until, with the time limit of *b, which does not count the
   time that an action of the round before takes.  */
IL__API int il_barrier_wait(il_barrier *b, uint32_t *index) IL__NONNULL_ARG(1);

/* Arrives, and waits until all parties of the round have, or `until` passes.
   With 0, *index, unless index is NULL, is the order of arrival,
   0 .. parties - 1, each once a round.
   Returns
     0           the round passed;
     ETIMEDOUT   the deadline passed first, and this broke the barrier;
     ECANCELED   the barrier was broken or reset, before or meanwhile;
     EINVAL      the barrier is one of 0 parties;
     or what the action returned, to the party that ran it.
   Blocks; signals do not end the wait; not a cancellation point.  */
IL__API int il_barrier_wait_until(il_barrier *b, uint32_t *index,
                                  il_deadline until) IL__NONNULL_ARG(1)
    IL__CHECK;

/* Gives ECANCELED to whoever waits, and makes *b as new.
   Returns 0.  Blocks only while other calls are in the midst of it.  */
IL__API int il_barrier_reset(il_barrier *b) IL__NONNULL;

/* Breaks *b: whoever waits or will wait gets ECANCELED, until
   il_barrier_reset.
   Returns 0.  Blocks only while other calls are in the midst of it.  */
IL__API int il_barrier_abort(il_barrier *b) IL__NONNULL;

/* Returns the number of threads that make a round.  Never blocks.  */
IL__API uint32_t il_barrier_parties(const il_barrier *b) IL__NONNULL;

/* Returns how many threads wait for the round to fill, at some moment of the
   call; 0 once it has.  Never blocks.  */
IL__API uint32_t il_barrier_waiting(const il_barrier *b) IL__NONNULL;

/* Returns whether *b is broken at some moment of the call.  Never blocks.  */
IL__API bool il_barrier_broken(const il_barrier *b) IL__NONNULL;

IL__END_DECLS

#endif
