/* ck_barrier.c -- the barriers of Concurrency Kit, each a peer of its own.  All
   of them spin: they are for threads that have a processor each.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <ck_barrier.h>
#include <ck_pr.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/run.h"
#include "templates/entrant.h"

enum { GROUP = 2 }; /* threads, at a leaf of the combining tree */

/* A run has one barrier, so a thread has one state.  */
static __thread bool has_state;

/* Returns whether the thread comes for the first time.  */
static inline bool is_new(void)
{
    bool first = !has_state;
    has_state = true;
    return first;
}

static void *get_array(size_t n, size_t size)
{
    size_t rounded = (n * size + LINE - 1) / LINE * LINE;
    void *array = aligned_alloc(LINE, rounded);

    if (!array) {
        fputs("there is no memory.\n", stderr);
        exit(EXIT_FAILURE);
    }
    return memset(array, 0, rounded);
}

/* What the n threads write is apart.  */
#define GET_ARRAYS(arrays, n, length)                            \
    do {                                                         \
        arrays = get_array(n, sizeof *(arrays));                 \
        for (unsigned i_ = 0; i_ < (n); i_++)                    \
            (arrays)[i_] = get_array(length, sizeof **(arrays)); \
    } while (0)

/* Centralized: all count at one place.  */
struct centralized {
    ck_barrier_centralized_t barrier;
    unsigned n;
};

static const ck_barrier_centralized_t new_centralized =
    CK_BARRIER_CENTRALIZED_INITIALIZER;

static void centralized_init(struct centralized *c, unsigned n)
{
    c->barrier = new_centralized;
    c->n = n;
}

static inline void centralized_wait(struct centralized *c)
{
    static __thread ck_barrier_centralized_state_t state =
        CK_BARRIER_CENTRALIZED_STATE_INITIALIZER;
    ck_barrier_centralized(&c->barrier, &state, c->n);
}

#define NAME centralized
#define TYPE struct centralized
#define INIT(b, n) centralized_init(b, n)
#define WAIT(b) centralized_wait(b)
#define DESTROY(b) ((void)(b))
#include "templates/rounds.h"

/* Combining: a tree of groups, each with a count.  */
struct combining {
    ck_barrier_combining_t barrier;
    ck_barrier_combining_group_t *root;
    ck_barrier_combining_group_t *groups;
    unsigned came;
};

static void combining_init(struct combining *c, unsigned n)
{
    unsigned groups = (n + GROUP - 1) / GROUP;

    c->root = get_array(1, sizeof *c->root);
    c->groups = get_array(groups, sizeof *c->groups);
    c->came = 0;
    ck_barrier_combining_init(&c->barrier, c->root);
    for (unsigned i = 0; i < groups; i++) {
        unsigned left = n - i * GROUP;
        ck_barrier_combining_group_init(&c->barrier, &c->groups[i],
                                        left < GROUP ? left : GROUP);
    }
}

static inline void combining_wait(struct combining *c)
{
    static __thread ck_barrier_combining_state_t state = {UINT_MAX};
    static __thread ck_barrier_combining_group_t *group;

    if (!group)
        group = &c->groups[ck_pr_faa_uint(&c->came, 1) / GROUP];
    ck_barrier_combining(&c->barrier, group, &state);
}

static void combining_destroy(struct combining *c)
{
    free(c->groups);
    free(c->root);
}

#define NAME combining
#define TYPE struct combining
#define INIT(b, n) combining_init(b, n)
#define WAIT(b) combining_wait(b)
#define DESTROY(b) combining_destroy(b)
#include "templates/rounds.h"

/* Dissemination: in each step a thread signals another one.  */
struct dissemination {
    ck_barrier_dissemination_t *barrier;
    ck_barrier_dissemination_flag_t **flags;
    unsigned n;
};

static void dissemination_init(struct dissemination *d, unsigned n)
{
    d->n = n;
    d->barrier = get_array(n, sizeof *d->barrier);
    GET_ARRAYS(d->flags, n, ck_barrier_dissemination_size(n));
    ck_barrier_dissemination_init(d->barrier, d->flags, n);
}

static inline void dissemination_wait(struct dissemination *d)
{
    static __thread ck_barrier_dissemination_state_t state;

    if (is_new())
        ck_barrier_dissemination_subscribe(d->barrier, &state);
    ck_barrier_dissemination(d->barrier, &state);
}

static void dissemination_destroy(struct dissemination *d)
{
    for (unsigned i = 0; i < d->n; i++)
        free(d->flags[i]);
    free(d->flags);
    free(d->barrier);
}

#define NAME dissemination
#define TYPE struct dissemination
#define INIT(b, n) dissemination_init(b, n)
#define WAIT(b) dissemination_wait(b)
#define DESTROY(b) dissemination_destroy(b)
#include "templates/rounds.h"

/* Tournament: of two that meet, one waits and the other goes on.  */
struct tournament {
    ck_barrier_tournament_t barrier;
    ck_barrier_tournament_round_t **rounds;
    unsigned n;
};

static void tournament_init(struct tournament *t, unsigned n)
{
    t->n = n;
    GET_ARRAYS(t->rounds, n, ck_barrier_tournament_size(n));
    ck_barrier_tournament_init(&t->barrier, t->rounds, n);
}

static inline void tournament_wait(struct tournament *t)
{
    static __thread ck_barrier_tournament_state_t state;

    if (is_new())
        ck_barrier_tournament_subscribe(&t->barrier, &state);
    ck_barrier_tournament(&t->barrier, &state);
}

static void tournament_destroy(struct tournament *t)
{
    for (unsigned i = 0; i < t->n; i++)
        free(t->rounds[i]);
    free(t->rounds);
}

#define NAME tournament
#define TYPE struct tournament
#define INIT(b, n) tournament_init(b, n)
#define WAIT(b) tournament_wait(b)
#define DESTROY(b) tournament_destroy(b)
#include "templates/rounds.h"

/* MCS: a tree of four to arrive, one of two to leave.  */
struct mcs {
    ck_barrier_mcs_t *barrier;
};

static void mcs_init(struct mcs *m, unsigned n)
{
    m->barrier = get_array(n, sizeof *m->barrier);
    ck_barrier_mcs_init(m->barrier, n);
}

static inline void mcs_wait(struct mcs *m)
{
    static __thread ck_barrier_mcs_state_t state;

    if (is_new())
        ck_barrier_mcs_subscribe(m->barrier, &state);
    ck_barrier_mcs(m->barrier, &state);
}

#define NAME mcs
#define TYPE struct mcs
#define INIT(b, n) mcs_init(b, n)
#define WAIT(b) mcs_wait(b)
#define DESTROY(b) free((b)->barrier)
#include "templates/rounds.h"

const struct entrant entrants[] = {
    ENTRANT("ck-central", "barrier", "rounds", centralized, true),
    ENTRANT("ck-combining", "barrier", "rounds", combining, true),
    ENTRANT("ck-dissem", "barrier", "rounds", dissemination, true),
    ENTRANT("ck-tournam", "barrier", "rounds", tournament, true),
    ENTRANT("ck-mcs", "barrier", "rounds", mcs, true),
    {0},
};
