/* goals.c -- see goals.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "goals/goals.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "goals/traits.h"

/* Sections of 0, 10, 100 and 1000 ns; outside 0, as long, 10 times as long.  Of
   0 ns that is one point.  */
#define SWEEP                                              \
    "0:0 10:0 10:10 10:100 100:0 100:100 100:1000 1000:0 " \
    "1000:1000 1000:10000"
#define MATRIX                     \
    {                              \
        {.primitives = "lock",     \
         .workload = "sweep",      \
         .threads = "2 4 8 16 64", \
         .work = SWEEP},           \
    }

/* From throughput, of which more is better, to time.  */
#define TIMES_AS_FAST(n) (1 / (n))
#define WITHIN_NOISE 0

#define ONE_FIELD(...)  \
    {                   \
        {               \
            __VA_ARGS__ \
        }               \
    }
#define HAND_OFFS \
    .primitives = "semaphore event condition", .workload = "ping-pong"
#define BUFFER .primitives = "condition", .workload = "buffer"
#define PERIODIC .primitives = "event", .workload = "periodic", .threads = "2"
/* Long enough for tens of wakes.  */
#define PERIODS                                                 \
    {                                                           \
        {PERIODIC, .work = "0:3000 0:30000", .length = 2},      \
        {                                                       \
            PERIODIC, .work = "0:300000 0:1000000", .length = 8 \
        }                                                       \
    }
#define ROUNDS(n)                                                          \
    ONE_FIELD(.primitives = "barrier", .workload = "rounds", .threads = n, \
              .length = 2)

const struct goal goal_table[] = {
    {"Lock pair, other threads alive", TIME, BEST, EACH_CELL, 0.55,
     ONE_FIELD(.primitives = "lock", .workload = "pair")},
    {"Lock pair, a single thread", TIME, THE_C_LIB, EACH_CELL, 0.30,
     ONE_FIELD(.primitives = "lock", .workload = "alone")},
    {"RLock pair", TIME, BEST, EACH_CELL, 0.60,
     ONE_FIELD(.primitives = "rlock", .workload = "pair")},
    {"RLock re-entry", TIME, BEST, EACH_CELL, 1.10,
     ONE_FIELD(.primitives = "rlock", .workload = "re-entry")},
    {"a failed try of each", TIME, BEST, EACH_CELL, 1.05,
     ONE_FIELD(.primitives = "lock rlock semaphore bounded_semaphore",
               .workload = "fail")},
    {"locked, is_set", TIME, PLAIN_LOAD, EACH_CELL, 1.05,
     ONE_FIELD(.primitives = "lock rlock event", .workload = "look")},
    {"wait on a set event", TIME, BEST, EACH_CELL, 1.05,
     ONE_FIELD(.primitives = "event", .workload = "already")},
    {"notify without waiters", TIME, BEST, EACH_CELL, 1.05,
     ONE_FIELD(.primitives = "condition", .workload = "signal")},
    {"Semaphore pair", TIME, BEST, EACH_CELL, 1.00,
     ONE_FIELD(.primitives = "semaphore bounded_semaphore",
               .workload = "pair")},
    {"Semaphore pair", TIME, MUTEX_BUILT, EACH_CELL, 0.50,
     ONE_FIELD(.primitives = "semaphore bounded_semaphore",
               .workload = "pair")},
    {"Event set and clear", TIME, BEST, EACH_CELL, 1.00,
     ONE_FIELD(.primitives = "event", .workload = "pair")},
    {"Event set and clear", TIME, MUTEX_BUILT, EACH_CELL, 0.50,
     ONE_FIELD(.primitives = "event", .workload = "pair")},

    {"contended Lock", TIME, BEST, EACH_CELL, TIMES_AS_FAST(0.95), MATRIX},
    {"contended Lock", TIME, BEST_OF_ALL, MEAN_OF_CELLS, TIMES_AS_FAST(1.10),
     MATRIX},
    {"contended Lock", TIME, THE_C_LIB, MEAN_OF_CELLS, TIMES_AS_FAST(1.9),
     MATRIX},
    {"its CPU time", CPU_TIME, BEST_OF_ALL, MEAN_OF_CELLS, 1.00, MATRIX},
    {"its longest wait", LONGEST_WAIT, PARKING_LOT, MEAN_OF_CELLS, 1.00,
     MATRIX},
    {"its longest wait", LONGEST_WAIT, THE_C_LIB, MEAN_OF_CELLS, 0.25, MATRIX},
    {"its longest wait of all, 16 threads, 1000 ns inside", LONGEST_WAIT,
     NOBODY, EACH_CELL, 5e6,
     ONE_FIELD(.primitives = "lock", .workload = "sweep", .threads = "16",
               .work = "1000:0 1000:1000 1000:10000")},
    {"its shares over a second (Jain's index), at least", FAIR_SHARES, NOBODY,
     EACH_CELL, 0.90,
     ONE_FIELD(.primitives = "lock", .workload = "sharing", .threads = "16",
               .work = "1000:0 1000:1000 1000:10000", .seconds = 2.5,
               .blocks = 3)},

    {"hand-off between two CPUs", TIME, BEST, EACH_CELL, 0.15,
     ONE_FIELD(HAND_OFFS, .threads = "2", .pin = BOUND_EACH)},
    {"hand-off on one CPU", TIME, BEST, EACH_CELL, 0.85,
     ONE_FIELD(HAND_OFFS, .threads = "2", .pin = BOUND_ONE)},
    {"bounded buffer between two CPUs", TIME, BEST, EACH_CELL, 0.10,
     ONE_FIELD(BUFFER, .threads = "2", .pin = BOUND_EACH)},
    {"bounded buffer on one CPU", TIME, BEST, EACH_CELL, 0.35,
     ONE_FIELD(BUFFER, .threads = "2", .pin = BOUND_ONE)},
    {"hand-offs, buffer, beside a busy thread a CPU",
     TIME,
     THE_C_LIB,
     EACH_CELL,
     WITHIN_NOISE,
     {{HAND_OFFS, .threads = "2", .is_beside = true, .length = 4},
      {BUFFER, .threads = "2", .is_beside = true, .length = 4}}},
    {"hand-offs, buffer, two threads a CPU",
     TIME,
     THE_C_LIB,
     EACH_CELL,
     WITHIN_NOISE,
     {{HAND_OFFS, .threads = "0"}, {BUFFER, .threads = "0"}}},
    {"periodic wake, mean wait", MEAN_WAIT, BEST, EACH_CELL, 0.70, PERIODS},
    {"periodic wake, CPU time", CPU_TIME, THE_C_LIB, EACH_CELL, 1.00, PERIODS},

    {"notify_all to 8, until all run", TIME, BEST, EACH_CELL, 1.00,
     ONE_FIELD(.primitives = "condition", .workload = "herd", .threads = "8",
               .length = 2)},
    {"notify_all to 64, until all run", TIME, BEST, EACH_CELL, 0.85,
     ONE_FIELD(.primitives = "condition", .workload = "herd", .threads = "64",
               .length = 6)},
    {"Event.set to 64, until all run", TIME, BEST, EACH_CELL, 0.85,
     ONE_FIELD(.primitives = "event", .workload = "wake-all", .threads = "64",
               .length = 6)},
    {"Barrier of 2", TIME, BEST, EACH_CELL, 0.45, ROUNDS("2")},
    {"Barrier of 4", TIME, BEST, EACH_CELL, 0.85, ROUNDS("4")},
    {"Barrier of 8", TIME, BEST, EACH_CELL, 0.85, ROUNDS("8")},
    {"Barrier of 32", TIME, BEST, EACH_CELL, 0.80, ROUNDS("32")},
    {"Barrier of 64", TIME, BEST, EACH_CELL, 1.00, ROUNDS("64")},

    {"with a deadline, nobody in the way", TIME, UNTIMED, EACH_CELL,
     WITHIN_NOISE,
     ONE_FIELD(.primitives = "lock rlock semaphore bounded_semaphore event",
               .workload = "timed")},
    {.text = NULL},
};

/* Writes the next word of the list, which begins at *at, and moves *at behind
   it.  Returns false if there is none.  */
static bool next_word(const char **at, char *word, size_t size)
{
    size_t n;

    *at += strspn(*at, " ");
    n = strcspn(*at, " ");
    if (n == 0)
        return false;
    snprintf(word, size, "%.*s", (int)n, *at);
    *at += n;
    return true;
}

/* Adds the field's cells with that primitive and that many threads.  */
static unsigned expand_work(const struct field *f, struct ask ask,
                            struct ask *asks)
{
    const char *at = f->work ? f->work : "0:0";
    char word[24], *colon;
    unsigned n = 0;

    while (next_word(&at, word, sizeof word)) {
        ask.cs = strtod(word, &colon);
        ask.ncs = strtod(colon + 1, NULL);
        asks[n++] = ask;
    }
    return n;
}

unsigned field_expand(const struct field *f, struct ask *asks)
{
    struct ask ask = {.field = f};
    const char *primitive = f->primitives;
    char word[24];
    unsigned n = 0;

    while (next_word(&primitive, ask.primitive, sizeof ask.primitive)) {
        const char *threads = f->threads ? f->threads : "1";
        while (next_word(&threads, word, sizeof word)) {
            ask.threads = (unsigned)strtoul(word, NULL, 10);
            n += expand_work(f, ask, asks + n);
        }
    }
    return n;
}

/* A cell without such work has NaN.  */
static bool is_that_long(double asked, double found)
{
    return isnan(found) || fabs(asked - found) <= 1e-6 * asked;
}

static bool ask_is_for(const struct ask *ask, const struct cell *cell)
{
    const struct shape *s = &cell->shape;

    return strcmp(ask->primitive, cell->primitive) == 0
           && strcmp(ask->field->workload, cell->workload) == 0
           && (ask->threads == TWICE_THE_CPUS || ask->threads == s->threads)
           && is_that_long(ask->cs, s->cs) && is_that_long(ask->ncs, s->ncs)
           && ask->field->pin == s->pin
           && ask->field->is_beside == (s->beside > 0);
}

const struct cell *ask_find(const struct ask *ask, const struct results *r)
{
    for (unsigned i = 0; i < r->n_cells; i++) {
        if (ask_is_for(ask, &r->cells[i]))
            return &r->cells[i];
    }
    return NULL;
}

bool rivals_include(enum rivals rivals, const char *peer, const char *primitive)
{
    unsigned traits = traits_of(peer, primitive);

    switch (rivals) {
    case THE_C_LIB:
        return strcmp(peer, "pthread") == 0;
    case PARKING_LOT:
        return strcmp(peer, "parking_lot") == 0;
    case BEST:
    case BEST_OF_ALL:
        return (traits
                & (OURS | REFERENCE | SPINS | INTERPRETED | WRAPS | ONCE))
               == 0;
    case MUTEX_BUILT:
        return (traits & HAS_MUTEX) != 0
               && rivals_include(BEST, peer, primitive);
    case PLAIN_LOAD:
        return strcmp(peer, "load") == 0;
    case UNTIMED:
        return strcmp(peer, "interlock") == 0;
    default:
        return false;
    }
}

const char *goal_hero(const struct goal *g)
{
    return g->rivals == UNTIMED ? "interlock-until" : "interlock";
}

bool goal_wants(const struct goal *g, const char *peer, const char *primitive)
{
    return strcmp(peer, goal_hero(g)) == 0
           || rivals_include(g->rivals, peer, primitive);
}
