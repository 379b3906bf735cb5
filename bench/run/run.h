/* run.h -- one run of one peer: some threads, for a fixed time, in a process of
   its own.

   A program of a peer (../peers) names its entrants; everything else is here.
   An entrant is one peer's answer to one question: its loop is a template
   (../templates), compiled with the peer's own calls in it, inlined or not as
   in a user's program.  What the loop does between those calls is here and is
   the same code for all peers, whatever their language.

   A run lasts as long as it is told and not as many operations as it is told:
   of threads that have a number to do the last ones end up without contention.
   It has phases, one after the other, with no stop between:

       WARM_UP   not counted
       COUNTED   operations are counted, and nothing else is done
       TIMED     every k-th wait is timed, k so large that clocks cost < 2 %
       TRACED    every wait is timed, and who held the lock when is noted
       OVER

   SPDX-License-Identifier: MIT */

#ifndef BENCH_RUN_H
#define BENCH_RUN_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "random.h"
#include "results/histogram.h"
#include "run/trace.h"
#include "run/twister.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    MAX_THREADS = 256,
    MAX_LOCKS = 4096,
    MAX_HELD = 16, /* locks by one thread at a time */
    LINE = 128,    /* two cache lines: some processors fetch them in pairs */
    FAULT_SIZE = 80,
    BATCH = 64, /* calls between two looks at the phase */
    TIMEOUT_US = 100,
};

#define ON_ITS_LINE __attribute__((aligned(LINE)))

enum phase { WARM_UP, COUNTED, TIMED, TRACED, OVER };

enum pinning { PIN_NONE, PIN_EACH, PIN_ONE };

/* How many threads do how much.  */
struct load {
    unsigned threads;
    unsigned locks;   /* that they choose from */
    unsigned permits; /* of a semaphore, depth of an rlock, slots of a buffer */
    unsigned beside;  /* compute threads that run beside */
    uint32_t cs;      /* steps in a critical section */
    uint32_t ncs;     /* steps outside, on average */
    unsigned longer;  /* so many times longer are thread 0's sections */
    unsigned audits;  /* percent of the bank's operations */
    bool twister;     /* a step is one of a Mersenne twister: in a section of
                         one that all share, outside of the thread's own */
    bool waves;       /* the number of threads goes up and down */
    bool shake;       /* ... at random */
    bool alone;       /* the one thread is the only one of the process */
    bool held;        /* each thread has its object before it begins: what it
                         does is a re-entry, or a call that needs the lock */
    bool holders;     /* print who held the lock */
    bool watch;       /* let the kernel count futex calls, which takes time */
    enum pinning pin;
    double seconds;
    uint64_t seed;
};

/* One thread of a run; only it writes.  */
struct worker {
    ON_ITS_LINE uint64_t ops; /* atomic */
    uint64_t handovers;       /* atomic */
    uint64_t futexes;         /* atomic */
    uint64_t seed;
    struct run *run;
    unsigned index;
    unsigned until_timed; /* turns */
    int64_t wanted;       /* since when it waits; 0: that is not timed */
    int64_t got;
    uint64_t counter_then; /* the section's, when it began to wait */
    uint64_t bypass;
    uint64_t round;
    int64_t wait_max;
    int64_t paused;  /* atomic: its CPU time in pauses of ping-pong, */
    int64_t pausing; /* atomic: and when, in that time, this one began; or 0 */
    uint64_t sleeps; /* wake: before it parked, */
    uint64_t wakes;  /* how often it was woken, and in how many rounds */
    uint64_t wake_rounds;
    bool began;
    bool is_traced;  /* what it wants now */
    bool is_watched; /* its sleeps are counted now */
    bool saw_fault;
    struct histogram waits;
    struct twister twister;
    pthread_t handle;
    pid_t id; /* to the kernel */
};

/* What a lock guards.  Plain: a lock that lets two in is found by it.  */
struct section {
    ON_ITS_LINE uint64_t counter; /* written plainly, read by all */
    uint64_t seed;
    uint64_t balance;
    unsigned last;   /* who was in there, + 1 */
    unsigned inside; /* who is, + 1; of a semaphore with permits, how many */
};

/* What a thread writes for its neighbour to read, in even and in odd rounds. */
struct slot {
    ON_ITS_LINE uint64_t round[2];
    int64_t arrived[2]; /* when, or 0 */
};

/* The ball of a pair of threads.  */
struct ball {
    ON_ITS_LINE uint64_t hits;
    int64_t passed; /* when, or 0 */
    bool over;      /* who gets it now passes it for the last time */
};

struct run {
    struct load load;
    const struct entrant *entrant;
    const struct shape *shape;
    unsigned objects;
    unsigned crew;  /* threads, and who is needed beside them */
    void *state;    /* the objects, each on lines of its own */
    unsigned every; /* atomic: how many turns for one that is timed */
    int64_t clock;  /* what one look at it costs, in ns */
    int64_t busy;   /* if not 0, the time that the operations took, in ns */
    double wake[3]; /* until the first, the median, the last has run, in ns */
    bool has_wake;
    bool is_shared;         /* several threads may be in a section */
    char fault[FAULT_SIZE]; /* what is wrong with it, or "" */
    struct section *sections;
    struct ball *balls;
    struct slot *slots;
    struct trace trace;
    struct twister twister; /* that sections share */
    uint64_t last_round;    /* atomic; UINT64_MAX: not known yet */
    ON_ITS_LINE int phase;  /* atomic, enum phase */
    unsigned awake;         /* atomic: how many threads may run */
    struct worker workers[MAX_THREADS + 1];
};

/* A peer's answer.  */
struct entrant {
    const char *peer;
    const char *primitive;
    const char *shape;
    size_t size; /* of an object */
    void (*prepare)(void *object, const struct run *run);
    void (*work)(struct worker *w); /* one thread's loop */
    /* Returns whether it is as prepare left it, and destroys it.  */
    bool (*finish)(void *object, const struct run *run);
    bool counts_futexes; /* its futex calls are made by syscall(2) */
};

/* A question: how the loop looks, whoever answers it.  */
struct shape {
    const char *name;
    enum { OBJECT_FOR_ALL, OBJECT_A_THREAD, OBJECT_A_PAIR, OBJECT_A_LOCK } has;
    bool times;      /* there is something to be timed */
    bool is_joint;   /* an operation is made by all threads together */
    bool has_leader; /* one thread more than asked for, the last one */
    void (*check)(struct run *run);
};

/* What a program of a peer defines; ends with a NULL peer.  */
extern const struct entrant entrants[];

/* Returns the time, in ns.  */
static inline int64_t run_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Notes, once, what is wrong with the run.  */
void run_fails(struct run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Returns how many operations the threads first .. last - 1 made.  */
uint64_t run_ops(const struct run *run, unsigned first, unsigned last);

/* Relaxed: it only has to be seen soon.  */
static inline enum phase worker_phase(const struct worker *w)
{
    return (enum phase)__atomic_load_n(&w->run->phase, __ATOMIC_RELAXED);
}

static inline bool worker_goes_on(const struct worker *w)
{
    return worker_phase(w) != OVER;
}

/* How many turns for one that is timed.  Relaxed: it orders nothing.  */
static inline unsigned worker_period(const struct worker *w)
{
    return __atomic_load_n(&w->run->every, __ATOMIC_RELAXED);
}

/* Counts n operations.  Relaxed: it orders nothing.  */
static inline void worker_counts(struct worker *w, uint64_t n)
{
    __atomic_store_n(&w->ops, w->ops + n, __ATOMIC_RELAXED);
}

/* Whether what the worker does next is to be timed.  */
bool worker_times(struct worker *w);

/* Counts a wait; of one that was traced, which takes long, only whether it was
   the longest.  */
void worker_waited(struct worker *w, int64_t ns, bool was_traced);

/* Works outside, as the load says.  */
void worker_works_outside(struct worker *w);

/* Works for n steps.  */
static inline void work(uint64_t *seed, uint32_t n)
{
    while (n-- > 0)
        random_step(seed);
}

/* section: turns in a critical section.  turn_next works outside and returns
   the lock to acquire, or -1; turn_inside is the section.  */
int turn_next(struct worker *w);
void turn_inside(struct worker *w, int lock);
void turn_check(struct run *run);

/* bank: transfers between two accounts, and audits of all.  bank_next returns
   whether to go on, and which locks to acquire, in this order.  */
struct held {
    unsigned n;
    unsigned locks[MAX_HELD];
};
bool bank_next(struct worker *w, struct held *held);
void bank_inside(struct worker *w, const struct held *held);
void bank_check(struct run *run);

/* pingpong: pairs of threads pass a ball to and fro; a lone thread plays both
   sides.  ball_side returns whose side it is that the worker waits on;
   ball_hit, with the ball there, whether the game goes on after the pass.  */
unsigned ball_side(const struct worker *w);
bool ball_hit(struct worker *w);
void ball_check(struct run *run);

/* wake: one call wakes all threads.  Each waiter asks for the round, which is 0
   if there is none, parks, and says when it runs again.  The leader waits until
   all are parked, wakes them, and collects their times.  */
void wake_prepare(struct run *run);
bool wake_is_leader(const struct worker *w);
unsigned wake_ready(struct worker *w);
void wake_woken(struct worker *w);
unsigned wake_gather(struct worker *w);
void wake_collect(struct worker *w);

/* rounds: all threads meet at a barrier.  A thread arrives, meets the others,
   and passes, which returns whether another round follows.  */
void rounds_arrive(struct worker *w);
bool rounds_pass(struct worker *w);
void rounds_check(struct run *run);

/* timeout: a wait of TIMEOUT_US for what does not come.  */
int64_t timeout_begin(void);
void timeout_end(struct worker *w, int64_t begin);

/* buffer: what its lock guards.  */
struct buffer {
    unsigned used;
    unsigned slots;
    uint64_t in;
    uint64_t out;
    bool over;
};

/* Whether the worker puts items into the buffer, or takes them.  */
static inline bool buffer_is_producer(const struct worker *w)
{
    return w->index % 2 == 0;
}

/* Whether all that was put is there or was taken, and was counted.  */
bool buffer_is_whole(const struct buffer *b, const struct run *run);

void buffer_put(struct worker *w, struct buffer *b);
void buffer_take(struct worker *w, struct buffer *b);

/* For the templates: lock_section, if NAME is lock.  */
#define RUN_PASTE_(a, b) a##_##b
#define RUN_PASTE(a, b) RUN_PASTE_(a, b)
#define OF_PEER(what) RUN_PASTE(NAME, what)

#ifdef __cplusplus
}
#endif

#endif
