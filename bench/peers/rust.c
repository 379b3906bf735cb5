/* rust.c -- what rust_run.rs needs of a run besides the functions of run.h, and
   a check that both see the same structures.  The entrants are in rust.rs.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <stddef.h>

#include "run/run.h"

#define IS_AT(type, member, offset)                           \
    _Static_assert(offsetof(struct type, member) == (offset), \
                   #type "." #member " is not where rust_run.rs has it")

enum { POINTER = sizeof(void *) };

IS_AT(entrant, peer, 0);
IS_AT(entrant, primitive, POINTER);
IS_AT(entrant, shape, 2 * POINTER);
IS_AT(entrant, size, 3 * POINTER);
IS_AT(entrant, prepare, 4 * POINTER);
IS_AT(entrant, work, 5 * POINTER);
IS_AT(entrant, finish, 6 * POINTER);
IS_AT(entrant, counts_futexes, 7 * POINTER);
_Static_assert(sizeof(struct entrant) == 8 * POINTER, "so is its end");

IS_AT(held, n, 0);
IS_AT(held, locks, sizeof(unsigned));
_Static_assert(MAX_HELD == 16 && BATCH == 64 && TIMEOUT_US == 100,
               "rust_run.rs has the same numbers");

IS_AT(buffer, used, 0);
IS_AT(buffer, slots, sizeof(unsigned));
IS_AT(buffer, in, 8);
IS_AT(buffer, out, 16);
IS_AT(buffer, over, 24);

bool rust_goes_on(const struct worker *w);
void rust_counts(struct worker *w, uint64_t n);
void rust_saw_fault(struct worker *w);
unsigned rust_index(const struct worker *w);
const struct run *rust_run(const struct worker *w);
void *rust_state(const struct run *run);
unsigned rust_threads(const struct run *run);
unsigned rust_permits(const struct run *run);
bool rust_held(const struct run *run);
int64_t rust_clock(const struct run *run);
int64_t rust_now(void);

bool rust_goes_on(const struct worker *w)
{
    return worker_goes_on(w);
}

void rust_counts(struct worker *w, uint64_t n)
{
    worker_counts(w, n);
}

void rust_saw_fault(struct worker *w)
{
    w->saw_fault = true;
}

unsigned rust_index(const struct worker *w)
{
    return w->index;
}

const struct run *rust_run(const struct worker *w)
{
    return w->run;
}

void *rust_state(const struct run *run)
{
    return run->state;
}

unsigned rust_threads(const struct run *run)
{
    return run->load.threads;
}

unsigned rust_permits(const struct run *run)
{
    return run->load.permits;
}

bool rust_held(const struct run *run)
{
    return run->load.held;
}

int64_t rust_clock(const struct run *run)
{
    return run->clock;
}

int64_t rust_now(void)
{
    return run_now();
}
