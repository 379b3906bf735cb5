/* workloads.c -- see workloads.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "workloads.h"

const char *const primitive_names[PRIMITIVES] = {
    "lock",  "rlock",     "semaphore", "bounded_semaphore",
    "event", "condition", "barrier",
};

#define ASKS(whom, what, how, counts) \
    .primitive = whom, .name = what, .loop = how, .operation = counts
#define WORK(cs, ncs) .uses = USES_WORK, .grid = {{cs, ncs, 0}}

#define SECTION "acquire, critical section, release"
#define WANTED .waiting = "from wanting to having it"
#define BALL .waiting = "from the pass until it is there"

const struct workload workloads[] = {
    {ASKS("lock", "pair", "pair", "acquire and release, nobody in the way"),
     .is_brief = true, .threads = "1"},
    {ASKS("lock", "alone", "pair",
          "acquire and release in a process with a single thread"),
     .is_brief = true, .fits = FITS_ONE, .extra = "alone=1"},
    {ASKS("lock", "fail", "fail", "a try that fails"), .is_brief = true},
    {ASKS("lock", "mutexbench-max", "section",
          "a step of a twister in the section, nothing outside"),
     WANTED, .extra = "twister=1"},
    {ASKS("lock", "mutexbench-moderate", "section",
          "a step of a shared twister; outside 0 to 249 of an own one"),
     WANTED, .extra = "twister=1", .threads = "2,4,8"},
    {ASKS("lock", "sweep", "section", SECTION), WANTED, .uses = USES_WORK,
     .is_grid = true,
     .grid = {{0, 0, 0},
              {0, 100, 0},
              {10, 0, 0},
              {10, 10, 0},
              {10, 100, 0},
              {100, 0, 0},
              {100, 100, 0},
              {100, 1000, 0},
              {1000, 0, 0},
              {1000, 1000, 0},
              {1000, 10000, 0}}},
    {ASKS("lock", "ratio", "section",
          "acquire, section, release; outside 100 ns for each thread"),
     WANTED, .uses = USES_CS, .ncs_by_thread = true, .is_grid = true,
     .grid = {{1, 100, 0},
              {20, 100, 0},
              {50, 100, 0},
              {200, 100, 0},
              {2000, 100, 0}}},
    {ASKS("lock", "random-locks", "section",
          "acquire one of many locks, section, release"),
     WANTED, .uses = USES_WORK | USES_LOCKS, .is_grid = true,
     .grid = {{10, 0, 2}, {10, 0, 64}, {10, 0, 1000}}},
    {ASKS("lock", "bank", "bank",
          "a transfer between two accounts, or an audit of all (10 %)"),
     .waiting = "from wanting to having all its locks", .extra = "audits=10",
     .uses = USES_WORK | USES_LOCKS, .grid = {{10, 100, 8}}},
    {ASKS("lock", "asym", "section",
          "sections, those of one thread 100 times as long"),
     WANTED, .extra = "longer=100", .fits = FITS_SEVERAL, WORK(100, 100)},
    {ASKS("lock", "idle-gap", "section", "sections with long pauses"), WANTED,
     .fits = FITS_SEVERAL, WORK(1000, 5000)},
    {ASKS("lock", "oversub", "section",
          "sections, by 1, 2, 4 ... all ... 2, 1 threads"),
     WANTED, .extra = "waves=1", .fits = FITS_SEVERAL, .oversubscribes = true,
     WORK(100, 100)},
    {ASKS("lock", "shake", "section",
          "sections, by a number of threads at random"),
     WANTED, .extra = "shake=1", .fits = FITS_SEVERAL, WORK(100, 100)},
    {ASKS("lock", "sharing", "section",
          "sections, for as long as it takes to see who gets how many"),
     WANTED, .fits = FITS_SEVERAL, WORK(1000, 0)},
    {ASKS("lock", "look", "look", "a look whether it is held"),
     .is_brief = true, .fits = FITS_ONE},
    {ASKS("lock", "timed", "timed",
          "acquire, with a deadline or without, and release"),
     .is_brief = true, .fits = FITS_ONE},
    {ASKS("lock", "bystander", "section",
          "sections, beside a compute thread a CPU"),
     WANTED, .is_beside = true, WORK(100, 100)},

    {ASKS("rlock", "pair", "pair", "acquire and release, nobody in the way"),
     .is_brief = true, .threads = "1"},
    {ASKS("rlock", "alone", "pair",
          "acquire and release in a process with a single thread"),
     .is_brief = true, .fits = FITS_ONE, .extra = "alone=1"},
    {ASKS("rlock", "depth-2", "pair",
          "2 acquires and 2 releases, nobody in the way"),
     .is_brief = true, .permits = 2},
    {ASKS("rlock", "depth-8", "pair",
          "8 acquires and 8 releases, nobody in the way"),
     .is_brief = true, .permits = 8},
    {ASKS("rlock", "re-entry", "pair",
          "acquire and release by a thread that has it"),
     .is_brief = true, .extra = "held=1"},
    {ASKS("rlock", "fail", "fail", "a try that fails"), .is_brief = true},
    {ASKS("rlock", "look", "look", "a look whether it is held"),
     .is_brief = true, .fits = FITS_ONE},
    {ASKS("rlock", "timed", "timed",
          "acquire, with a deadline or without, and release"),
     .is_brief = true, .fits = FITS_ONE},
    {ASKS("rlock", "contended", "section", SECTION), WANTED, WORK(20, 100),
     .threads = "2,4"},
    {ASKS("rlock", "contended-depth-2", "section", SECTION), WANTED,
     WORK(20, 100), .permits = 2},

    {ASKS("semaphore", "pair", "pair",
          "acquire and release, nobody in the way"),
     .is_brief = true, .threads = "1"},
    {ASKS("semaphore", "fail", "fail", "a try that fails"), .is_brief = true},
    {ASKS("semaphore", "timed", "timed",
          "acquire, with a deadline or without, and release"),
     .is_brief = true, .fits = FITS_ONE},
    {ASKS("semaphore", "contended", "section", SECTION), WANTED, WORK(20, 100),
     .threads = "2,4"},
    {ASKS("semaphore", "k-of-n", "section",
          "sections, with a token for two threads"),
     WANTED, .fits = FITS_SEVERAL, .permits = HALF, WORK(20, 100)},
    {ASKS("semaphore", "ping-pong", "pingpong", "wait for the ball, pass it"),
     BALL, .fits = FITS_ONE_OR_PAIRS, .uses = USES_NCS, .threads = "2"},
    {ASKS("semaphore", "burst", "wake",
          "n tokens released at once, until the last of n has run"),
     .waiting = "from the release until it runs"},

    {ASKS("bounded_semaphore", "pair", "pair",
          "acquire and release, nobody in the way"),
     .is_brief = true, .threads = "1"},
    {ASKS("bounded_semaphore", "fail", "fail", "a try that fails"),
     .is_brief = true},
    {ASKS("bounded_semaphore", "timed", "timed",
          "acquire, with a deadline or without, and release"),
     .is_brief = true, .fits = FITS_ONE},
    {ASKS("bounded_semaphore", "contended", "section", SECTION), WANTED,
     WORK(20, 100), .threads = "2,4"},

    {ASKS("event", "pair", "calls", "set and clear, nobody waiting"),
     .is_brief = true, .threads = "1"},
    {ASKS("event", "already", "already", "a wait for what is set"),
     .is_brief = true},
    {ASKS("event", "look", "look", "a look whether it is set"),
     .is_brief = true, .fits = FITS_ONE},
    {ASKS("event", "timed", "timed",
          "a wait, with a deadline or without, for what is set"),
     .is_brief = true, .fits = FITS_ONE},
    {ASKS("event", "ping-pong", "pingpong", "wait for the ball, pass it"), BALL,
     .fits = FITS_ONE_OR_PAIRS, .uses = USES_NCS, .threads = "2"},
    {ASKS("event", "periodic", "pingpong",
          "wait for the ball, pass it, each other time after a pause"),
     BALL, .fits = FITS_ONE_OR_PAIRS, .uses = USES_NCS,
     .grid = {{0, 3000, 0}, {0, 30000, 0}, {0, 300000, 0}, {0, 1000000, 0}}},
    {ASKS("event", "wake-all", "wake", "one set, until the last of n has run"),
     .waiting = "from the set until it runs", .threads = "8"},
    {ASKS("event", "churn", "churn", "set and clear, n waiting"),
     .uses = USES_NCS},

    {ASKS("condition", "notify", "notify",
          "acquire, notify, release, nobody waiting"),
     .is_brief = true},
    {ASKS("condition", "signal", "signal",
          "notify by who has the lock, nobody waiting"),
     .is_brief = true},
    {ASKS("condition", "ping-pong", "pingpong", "wait for the ball, pass it"),
     BALL, .fits = FITS_ONE_OR_PAIRS, .uses = USES_NCS, .threads = "2"},
    {ASKS("condition", "buffer", "buffer",
          "an item put into or taken out of a buffer of 16"),
     .waiting = "of the whole call", .permits = 16, .uses = USES_NCS,
     .threads = "2,8"},
    {ASKS("condition", "herd", "wake",
          "one notify_all, until the last of n has run"),
     .waiting = "from the notify until it runs", .threads = "8"},
    {ASKS("condition", "timeout", "timeout", "what a wait of 100 us is late"),
     .waiting = "of being late"},

    {ASKS("barrier", "rounds", "rounds", "a round of all threads"),
     .waiting = "from the last arrival until it runs", .threads = "2,8"},
    {ASKS("barrier", "skewed", "rounds",
          "a round, of threads that work before"),
     .waiting = "from the last arrival until it runs", .uses = USES_NCS,
     .grid = {{0, 5000, 0}}},
    {ASKS("barrier", "last", "last",
          "the last arrival, until the last of n has run"),
     .waiting = "from the last arrival until it runs"},
    {ASKS("barrier", "abort", "wake", "one abort, until the last of n has run"),
     .waiting = "from the abort until it runs", .threads = "8"},
    {ASKS("barrier", "reset", "reset",
          "one reset, until the last of n has run"),
     .waiting = "from the reset until it runs"},
    {.primitive = NULL},
};

bool workload_fits(const struct workload *w, unsigned threads)
{
    switch (w->fits) {
    case FITS_ONE:
        return threads == 1;
    case FITS_SEVERAL:
        return threads > 1;
    case FITS_ONE_OR_PAIRS:
        return threads == 1 || threads % 2 == 0;
    default:
        return true;
    }
}
