/* toy.h -- a machine whose programs are lists of operations, for the search to
   schedule: small enough to count its schedules by hand, and to make programs
   at random.

   SPDX-License-Identifier: MIT */

#ifndef TOY_H
#define TOY_H

#include "explore/search/search.h"

enum {
    TOY_THREADS = 4,
    TOY_OPS = 20,
    TOY_OBJECTS = 3, /* of each kind */
    TOY_STEPS = 200  /* as many end an execution */
};

/* What a thread does, with object x.  Each thread has one register.  */
enum toy_name {
    TOY_END,     /* of the list */
    TOY_READ,    /* a variable */
    TOY_ADD,     /* writes the register plus n into a variable */
    TOY_WRITE,   /* n */
    TOY_AWAIT,   /* waits until a variable is not 0, an event */
    TOY_ACQUIRE, /* a lock */
    TOY_ACQUIRE_TIMED,
    TOY_TRY,
    TOY_RELEASE, /* a lock, whoever has it */
    TOY_DOWN,    /* a semaphore */
    TOY_UP,
    TOY_WAIT, /* for a condition x with lock n: three steps */
    TOY_WAIT_TIMED,
    TOY_NOTIFY,
    TOY_NOTIFY_ALL,
    /* Local, taken with the step before: */
    TOY_YIELD,
    TOY_SPAWN, /* thread n, which waits for that */
    TOY_JOIN,  /* thread n: is waited for as an operation, too */
    TOY_FAIL,  /* ends the execution if the register is n */
    TOY_EXIT,  /* ends the execution */
    TOY_BACK,  /* n operations back, if the register is 0 */
    TOY_CHOOSE /* the register: 0 .. n - 1 */
};

struct toy_op {
    uint8_t name, x, n;
};

struct toy_program {
    struct toy_op ops[TOY_THREADS][TOY_OPS];
    uint64_t semaphore[TOY_OBJECTS]; /* the tokens at first */
    bool spurious;
    bool alone; /* a thread that is alone takes its steps at once */
};

enum toy_end {
    TOY_FINISHED,
    TOY_DEADLOCK,
    TOY_FAILED,
    TOY_EXITED,
    TOY_ENDLESS,
    TOY_CUT /* by the search */
};

struct toy_event {
    struct choice choice;
    struct touch touch[TOUCHES_MOST];
    int touches;
    bool chosen;     /* else the thread was alone */
    bool is_barrier; /* it depends on all: after it its thread is held back, or
                        all ends; or it is a spurious wake-up */
};

struct toy_run {
    enum toy_end end;
    uint64_t registers[TOY_THREADS], variables[TOY_OBJECTS];
    uint64_t seen; /* a hash of what each thread has seen */
    struct toy_event events[TOY_STEPS];
    int n;
    int preemptions;         /* as search.h counts them */
    struct search_cost cost; /* as the search did */
};

/* Runs one execution by the choices of s, of which search_next was true.  */
void toy_run(const struct toy_program *p, struct search *s, struct toy_run *r);

/* Returns the hash of one and then the other.  */
uint64_t toy_mix(uint64_t hash, uint64_t value);

/* Hashes of what an execution came to, of which steps it had, and of these but
   for the order of steps that are independent (A. Mazurkiewicz, 1977).  */
uint64_t toy_hash_state(const struct toy_run *r);
uint64_t toy_hash_schedule(const struct toy_run *r);
uint64_t toy_hash_trace(const struct toy_run *r);

#endif
