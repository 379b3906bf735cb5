/* step.h -- the words that all of the explorer speaks: what a thread does in
   one step, what that touches, and how an execution ended.

   An execution is a sequence of steps.  Between two steps of one thread any
   other thread may take some; within a step nobody else runs.  Who is next is
   a choice; what was chosen, one after the other, is a schedule.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_STEP_H
#define EXPLORE_STEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The initial thread has number 0.  A thread's store buffer is an actor of its
   own, with the thread's number + THREADS_MOST.  What does not search, as the
   simulator (simulate/), may have more threads.  */
#ifndef EXPLORE_THREADS
#define EXPLORE_THREADS 16
#endif
enum {
    THREADS_MOST = EXPLORE_THREADS,
    ACTORS_MOST = 2 * THREADS_MOST,
    TOUCHES_MOST = 6
};

enum op {
    OP_BEGIN,  /* of a thread */
    OP_CREATE, /* another thread */
    OP_JOIN,
    OP_EXIT, /* of a thread */
    OP_READ, /* plain memory */
    OP_WRITE,
    OP_LOAD, /* atomics */
    OP_STORE,
    OP_RMW,   /* read-modify-write, and a compare-exchange that succeeds */
    OP_FENCE, /* thread fence; with PROCESS_WIDE a membarrier */
    OP_FLUSH, /* a store leaves the store buffer */
    OP_ACQUIRE,
    OP_TRY_ACQUIRE,
    OP_RELEASE,
    OP_WAIT,   /* begins to wait: condition (gives up the lock), barrier */
    OP_WAKE,   /* the wait is over; the lock of a condition is still to come */
    OP_NOTIFY, /* one, n or all: `count` */
    OP_SET,    /* an event */
    OP_CLEAR,
    OP_LOOK,       /* asks the state of an object: locked, is_set, value */
    OP_ABORT,      /* a barrier */
    OP_RESET,      /* a barrier; destroys an object of another kind */
    OP_FUTEX_WAIT, /* word grain */
    OP_FUTEX_WAKE,
    OP_SLEEP,
    OP_YIELD,
    OP_CHOOSE, /* one of `count` values, for who asks: il_explore_choose */
};

/* What kind of object a step is about.  */
enum kind {
    KIND_NONE,
    KIND_MEMORY,
    KIND_THREAD,
    KIND_MUTEX,    /* pthread_mutex_t */
    KIND_COND,     /* pthread_cond_t */
    KIND_PBARRIER, /* pthread_barrier_t */
    KIND_SEM,      /* sem_t */
    KIND_RWLOCK,   /* pthread_rwlock_t */
    KIND_SPINLOCK, /* pthread_spinlock_t */
    KIND_ONCE,     /* pthread_once_t */
    KIND_LOCK,     /* il_lock ... */
    KIND_RLOCK,
    KIND_SEMAPHORE,
    KIND_BOUNDED,
    KIND_EVENT,
    KIND_CONDITION,
    KIND_BARRIER,
    KIND_FUTEX,
};

/* Synchronization that a touch carries, for happens-before.  */
enum order {
    ORDER_NONE = 0,
    ORDER_ACQUIRE = 1,
    ORDER_RELEASE = 2,
    ORDER_BOTH = 3
};

/* Bytes that a step reads or writes; for an object that is modelled, its
   address and size 1 in a space of its own.  Two touches conflict if they are
   in one space, overlap, and one of them writes.  */
struct touch {
    uintptr_t at;
    uint32_t size;
    bool is_object; /* the space */
    bool writes;
    bool atomic; /* memory: two of these are no data race */
    uint8_t order;
};

/* What becomes of a thread that is chosen.  */
enum chance {
    CHANCE_GO,        /* it does what it is about to do */
    CHANCE_TIME_OUT,  /* its time-out comes first */
    CHANCE_SPURIOUS,  /* it wakes for no reason */
    CHANCE_VALUE = 2, /* + k: the k-th of OP_CHOOSE, where k > 0; the 0-th is
                         CHANCE_GO */
};

struct choice {
    uint8_t actor;
    uint8_t chance;
};

struct step {
    enum op op;
    enum kind kind;
    uint8_t actor;  /* who: a thread, or a store buffer */
    uint8_t chance; /* enum chance */
    bool chosen;    /* by the search; else it was taken at once, as it
                       concerns nobody else */
    bool preempts;  /* the thread before could have gone on */
    uint8_t touches;
    struct touch touch[TOUCHES_MOST];
    const void *object; /* memory, or the object */
    uint32_t size;      /* of memory */
    uint32_t count;     /* release n, OP_CHOOSE; notify, set: how many waited */
    int other;          /* create, join, or who was woken: a thread, else -1 */
    bool has_value;     /* of at most 8 bytes */
    uint64_t value;     /* that was read, or is there after it */
    int result;         /* what the call answered: 0 or an error */
    bool is_undefined;  /* that error is not what every system answers */
    uintptr_t pc;       /* in the program: the return address of the call */
};

/* Whose step it is: a thread's, or of that thread's store buffer.  */
static inline int thread_of(const struct step *s)
{
    return s->actor % THREADS_MOST;
}

struct thread_info {
    void *(*body)(void *); /* NULL: main */
    int creator;
    uintptr_t pc; /* of its creation */
};

struct trace {
    struct step *steps;
    size_t length;
    struct thread_info threads[THREADS_MOST];
    int n_threads;
    struct step blocked[THREADS_MOST]; /* what those that had not ended were
                                          about to do at the end */
    int n_blocked;
};

/* How an execution ended.  */
enum verdict {
    VERDICT_RIGHT,
    VERDICT_WRONG,    /* exit status, or an oracle */
    VERDICT_ASSERT,   /* assert, il_explore_assert, abort */
    VERDICT_CRASH,    /* a signal; use of freed memory */
    VERDICT_DEADLOCK, /* nobody can go on, somebody waits */
    VERDICT_LIVELOCK, /* the step limit */
    VERDICT_RACE,     /* a data race, where that was asked for */
    VERDICT_MISUSE,   /* a call answered an error that nobody looked at */
};

#endif
