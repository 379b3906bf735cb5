/* park_pthread.c -- the park contract on POSIX threads.

   A fixed table of buckets, chosen by the word's address.  A bucket is a
   mutex and a queue of parked threads, oldest first; each has a condition
   variable of its own, on its stack, so that no two threads ever wait on one
   (glibc's pthread_cond_signal could lose a wake-up then, BZ#25847).

   Invariants, under the bucket's mutex:
     P1  a parked thread is in the queue from before it looked at its word
         until it is woken or leaves; `woken` is set exactly when a waker has
         taken it out.
     P2  a waker signals before it lets go of the mutex, so the condition
         variable exists while it is used: its thread needs the mutex to
         leave.
   A waker changes its word before it takes the mutex and a waiter looks
   at the word with the mutex held, so either the waiter sees the change or
   the waker sees the waiter.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "clock.h"
#include "fork.h"
#include "park.h"
#include "presence.h"

#include <pthread.h>
#include <sched.h>

const char il__park_backend[] = "pthread";

struct parked {
    const park_word *word;
    struct parked *next;
    pthread_cond_t woke;
    bool woken;
};

enum { BUCKET_BITS = 8, BUCKETS = 1 << BUCKET_BITS };

struct bucket {
    _Alignas(64) pthread_mutex_t mutex;
    struct parked *first;
    struct parked **end; /* NULL until the first use */
};

/* An initializer is needed for each: nothing says that a mutex of all-zero
   bytes is one.  */
#define EMPTY                                                          \
    {                                                                  \
        .mutex = PTHREAD_MUTEX_INITIALIZER, .first = NULL, .end = NULL \
    }
#define EMPTY_4 EMPTY, EMPTY, EMPTY, EMPTY
#define EMPTY_16 EMPTY_4, EMPTY_4, EMPTY_4, EMPTY_4
#define EMPTY_64 EMPTY_16, EMPTY_16, EMPTY_16, EMPTY_16
static struct bucket buckets[] = {EMPTY_64, EMPTY_64, EMPTY_64, EMPTY_64};
_Static_assert(sizeof buckets == BUCKETS * sizeof(struct bucket),
               "as many as the hash has values");

static struct bucket *bucket_lock(const park_word *word)
{
    struct bucket *b = &buckets[il__hash(word, BUCKET_BITS)];
    pthread_mutex_lock(&b->mutex);
    if (!b->end)
        b->end = &b->first;
    return b;
}

/* A condition variable that tells the time by CLOCK_MONOTONIC.  */
static void cond_init(pthread_cond_t *cond)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(cond, &attr);
    pthread_condattr_destroy(&attr);
}

/* Takes *link's thread out of b.  */
static struct parked *unlink_parked(struct bucket *b, struct parked **link)
{
    struct parked *p = *link;
    *link = p->next;
    if (b->end == &p->next)
        b->end = link;
    return p;
}

/* Takes me out of b, if no waker has.  */
static void leave(struct bucket *b, const struct parked *me)
{
    struct parked **link = &b->first;
    while (*link != me)
        link = &(*link)->next;
    unlink_parked(b, link);
}

/* Waits for me.woke until woken or `until`; returns 0 or ETIMEDOUT.  */
static int sleep_until_woken(struct bucket *b, struct parked *me,
                             il_deadline until)
{
    struct timespec time = il__deadline_to_timespec(until);
    int r = 0;
    while (!me->woken && r != ETIMEDOUT) {
        if (until.il_ns == il_never().il_ns)
            r = pthread_cond_wait(&me->woke, &b->mutex);
        else
            r = pthread_cond_timedwait(&me->woke, &b->mutex, &time);
    }
    return me->woken ? 0 : ETIMEDOUT;
}

/* pthread_cond_wait is a cancellation point, and this is not to be one.  */
static int hold_cancellation(void)
{
    int state;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    return state;
}

int il__park_wait(const park_word *word, uint32_t expected, il_deadline until)
{
    struct parked me = {.word = word};
    struct bucket *b;
    int cancel, r = 0;

    if (il__deadline_passed(until))
        return ETIMEDOUT;
    cancel = hold_cancellation();
    b = bucket_lock(word);
    /* Relaxed: the bucket's mutex orders it, see the top.  */
    if (__atomic_load_n(word, __ATOMIC_RELAXED) == expected) {
        cond_init(&me.woke);
        *b->end = &me;
        b->end = &me.next;
        r = sleep_until_woken(b, &me, until);
        if (!me.woken)
            leave(b, &me);
        pthread_mutex_unlock(&b->mutex);
        pthread_cond_destroy(&me.woke);
    } else
        pthread_mutex_unlock(&b->mutex);
    pthread_setcancelstate(cancel, NULL);
    return r;
}

void il__park_wake(const park_word *word, uint32_t n)
{
    struct bucket *b = bucket_lock(word);
    struct parked **link = &b->first;
    while (*link && n > 0) {
        struct parked *p = *link;
        if (p->word != word) {
            link = &p->next;
            continue;
        }
        unlink_parked(b, link);
        p->woken = true;
        pthread_cond_signal(&p->woke);
        n--;
    }
    pthread_mutex_unlock(&b->mutex);
}

/* Other threads' mutexes and stacks are not the child's: begin anew.  */
static void empty_all(void)
{
    for (int i = 0; i < BUCKETS; i++)
        buckets[i] = (struct bucket)EMPTY;
}

__attribute__((constructor(FORK_WATCH))) static void begin(void)
{
    il__fork_watch(empty_all);
}
