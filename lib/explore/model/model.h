/* model.h -- the objects that threads synchronize by, as state machines.

   Both facades use them: posix*.c for pthreads, C11 threads and semaphores of
   POSIX, interlock.c for the seven primitives.  What differs is in the object:
   who may release, how many times it may be held.

   The state of an object is here, found by its address; the bytes in the
   program only say how it begins, when it is used first.  Each function here
   is one or more points of the caller, and answers 0 or an error, which is in
   the step too.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_MODEL_H
#define EXPLORE_MODEL_H

#include "explore/engine/engine.h"

enum { NOBODY = -1 };

/* A thread that waits in a queue, or is about to leave it.  */
struct waiter {
    struct waiter *next; /* who came after it */
    int thread;
    bool queued;
    int answer; /* of a barrier's round, or UNDECIDED */
};

struct queue {
    struct waiter *first, *last;
    uint32_t length;
};

struct object {
    struct object *next; /* in its bucket */
    const void *at;
    size_t size;
    enum kind kind;
    bool is_dead; /* destroyed */

    /* locks */
    int owner; /* who acquired it, or NOBODY */
    uint32_t depth;
    bool is_owned;     /* nobody else may release it */
    bool is_recursive; /* its owner may acquire it again, */
    bool is_checked;   /* or is told not to */
    bool is_robust;    /* who waits is told when its owner has ended */

    /* readers of a lock for readers and writers */
    uint32_t readers;
    uint32_t reads[THREADS_MOST]; /* of each thread */

    /* semaphores */
    uint64_t tokens, most;

    /* events; once: whether it was done */
    bool is_set;

    /* conditions and barriers */
    struct queue queue;

    /* barriers */
    uint32_t parties;
    bool is_broken, is_closed;
    uint32_t cancels; /* rounds that were */
    int (*action)(void *);
    void *arg;
    int64_t timeout; /* ns, of a wait that has no limit itself; < 0 never */
};

/* A call of the program.  */
struct caller {
    uintptr_t pc;
    int64_t until; /* virtual time; MODEL_NEVER; what has passed: try once */
};

#define MODEL_NEVER INT64_MAX

/* Returns the object at `at`, which is `size` bytes.  If it is not known it
   begins as all-zero bytes would, and `begin` sees to the rest.  */
struct object *model_object(const void *at, size_t size, enum kind kind,
                            void (*begin)(struct object *o));

/* The object is initialised: it begins when it is used next.  */
void model_forget(const void *at, enum kind kind);

/* The program writes there itself: what objects it overwrites begin anew.  */
void model_written(const void *at, size_t size);

/* A step that concerns nobody else.  Returns r, what the call answers.  */
int model_locally(const struct object *o, enum op op, uintptr_t pc, int r);

int model_acquire(struct object *o, const struct caller *c);
int model_try_acquire(struct object *o, uintptr_t pc);
int model_release(struct object *o, uintptr_t pc);
/* EBUSY while it is held, or waited for.  */
int model_destroy(struct object *o, uintptr_t pc);
/* Whether who releases it, and is not the owner, is promised to be told.  */
bool model_tells_owner(const struct object *o);
/* The caller is about to end: what it holds stays as it is.  */
void model_thread_ends(void);
/* Whether anybody holds it.  */
bool model_is_held(struct object *o, uintptr_t pc);

int model_read_acquire(struct object *o, const struct caller *c);
int model_try_read_acquire(struct object *o, uintptr_t pc);
int model_rw_release(struct object *o, uintptr_t pc);

int model_take(struct object *o, const struct caller *c);
int model_try_take(struct object *o, uintptr_t pc);
int model_give(struct object *o, uint32_t n, uintptr_t pc);
uint64_t model_tokens(struct object *o, uintptr_t pc);

void model_set(struct object *o, uintptr_t pc);
void model_clear(struct object *o, uintptr_t pc);
bool model_is_set(struct object *o, uintptr_t pc);
int model_wait_set(struct object *o, const struct caller *c);

/* Returns whether the caller is the one who does it, and then calls
   model_once_done.  */
bool model_once(struct object *o, uintptr_t pc);
void model_once_done(struct object *o, uintptr_t pc);

/* How a condition waits.  */
struct wait_style {
    bool all_levels;      /* of the lock are given up */
    bool may_be_spurious; /* on request */
    bool stays_queued; /* after a time-out, until it has the lock: a notify that
                          comes before that counts */
};
int model_wait(struct object *condition, struct object *lock,
               const struct caller *c, const struct wait_style *style);
int model_notify(struct object *condition, struct object *lock, uint32_t n,
                 uintptr_t pc);
uint32_t model_waiting(struct object *o, uintptr_t pc);

/* Arrives at a barrier; with `own_limit` its own one, from when the gate is
   passed, is that of the wait.  Answers 0, with the order of arrival in *index;
   ETIMEDOUT, ECANCELED, EINVAL, or what the action answered.  */
int model_arrive(struct object *o, uint32_t *index, const struct caller *c,
                 bool own_limit);
void model_cancel(struct object *o, bool breaks, uintptr_t pc);
bool model_is_broken(struct object *o, uintptr_t pc);

#endif
