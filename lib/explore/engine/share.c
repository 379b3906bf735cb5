/* share.c -- which memory is shared, by vector clocks of creation and join.

   Each thread has a clock that goes on when it creates a thread, and knows of
   the others' what it got with its creation and by joins (Mattern, "Virtual
   Time and Global States of Distributed Systems", 1989).  So an access of
   thread u at u's time c comes before what t does now if t knows c of u.

   Memory is remembered in cells of 8 bytes with a list of who accessed which
   of them when.  That list is of one execution; which bytes are shared stays.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "share.h"

#include "explore/need.h"

#include <string.h>

enum { CELL = 8, BUCKETS = 1 << 14, CHUNK = 4096 };

/* The last accesses of a thread at one of its times to a cell; a bit a byte.
   An access that came after it of the same thread takes its bits away.  */
struct access {
    struct access *next;
    uint32_t time;
    uint8_t thread;
    uint8_t reads, writes;
};

struct cell {
    struct cell *next; /* in its bucket */
    uintptr_t number;  /* address / CELL */
    struct access *accesses;
    uint64_t execution; /* that `accesses` are of */
    uint8_t shared;     /* a bit a byte */
};

/* Accesses come in chunks, all of which are free again at the next begin.  */
struct chunk {
    struct chunk *next;
    struct access accesses[CHUNK];
};

static struct cell *buckets[BUCKETS];
static struct chunk *chunks, *chunk; /* the first, the one in use */
static size_t used;                  /* of that */
static uint32_t clocks[THREADS_MOST][THREADS_MOST];
static uint64_t execution;
static bool grew;

static struct access *new_access(void)
{
    if (!chunk || used == CHUNK) {
        struct chunk *next = chunk ? chunk->next : chunks;
        if (!next) {
            next = need_new(1, sizeof *next);
            if (chunk)
                chunk->next = next;
            else
                chunks = next;
        }
        chunk = next;
        used = 0;
    }
    return &chunk->accesses[used++];
}

/* Returns the cell, or NULL if nobody has ever accessed it.  */
static struct cell *known_cell(uintptr_t number)
{
    struct cell *c = buckets[number % BUCKETS];

    while (c && c->number != number)
        c = c->next;
    if (c && c->execution != execution) {
        c->execution = execution;
        c->accesses = NULL;
    }
    return c;
}

static struct cell *new_cell(uintptr_t number)
{
    struct cell **bucket = &buckets[number % BUCKETS];
    struct cell *c = need_new(1, sizeof *c);

    *c = (struct cell){
        .next = *bucket, .number = number, .execution = execution};
    *bucket = c;
    return c;
}

static bool comes_before(const struct access *a, int thread)
{
    return clocks[thread][a->thread] >= a->time;
}

/* Bytes of `bytes` that the access makes shared.  */
static uint8_t meets(const struct cell *c, int thread, uint8_t bytes,
                     bool writes)
{
    unsigned met = 0;
    for (const struct access *a = c->accesses; a; a = a->next)
        if (a->thread != thread && !comes_before(a, thread))
            met |= (unsigned)(writes ? a->reads | a->writes : a->writes);
    return (uint8_t)(met & bytes);
}

static void remember(struct cell *c, int thread, uint8_t bytes, bool writes)
{
    struct access *mine = NULL;
    uint8_t rest = (uint8_t)~bytes;

    for (struct access *a = c->accesses; a; a = a->next) {
        if (a->thread != thread)
            continue;
        if (a->time == clocks[thread][thread]) {
            mine = a;
            continue;
        }
        a->reads &= rest;
        if (writes)
            a->writes &= rest;
    }
    if (!mine) {
        mine = new_access();
        *mine = (struct access){.next = c->accesses,
                                .time = clocks[thread][thread],
                                .thread = (uint8_t)thread};
        c->accesses = mine;
    }
    if (writes)
        mine->writes |= bytes;
    else
        mine->reads |= bytes;
}

/* The bits of the bytes from `from` up to `to` in cell `number`.  */
static uint8_t bytes_of(uintptr_t number, uintptr_t from, uintptr_t to)
{
    unsigned bits = 0;
    for (unsigned i = 0; i < CELL; i++)
        if (number * CELL + i >= from && number * CELL + i < to)
            bits |= 1U << i;
    return (uint8_t)bits;
}

/* Makes shared what the access meets.  Returns whether any of it is.  */
static bool is_shared(struct cell *c, int thread, uint8_t bytes, bool writes)
{
    uint8_t met = meets(c, thread, bytes, writes);

    if (met & ~c->shared) {
        c->shared |= met;
        grew = true;
    }
    return c->shared & bytes;
}

bool share_access(int thread, const void *at, size_t size, bool writes)
{
    uintptr_t from = (uintptr_t)at;
    uintptr_t to = from + size;
    bool shared = false;

    for (uintptr_t n = from / CELL; n * CELL < to; n++) {
        struct cell *known = known_cell(n);
        struct cell *c = known ? known : new_cell(n);
        uint8_t bytes = bytes_of(n, from, to);

        shared |= is_shared(c, thread, bytes, writes);
        remember(c, thread, bytes, writes);
    }
    return shared;
}

bool share_free(int thread, const void *at, size_t size)
{
    uintptr_t from = (uintptr_t)at;
    uintptr_t to = from + size;
    bool shared = false;

    for (uintptr_t n = from / CELL; n * CELL < to; n++) {
        struct cell *c = known_cell(n);
        if (c)
            shared |= is_shared(c, thread, bytes_of(n, from, to), true);
    }
    return shared;
}

bool share_is_from_others(int thread, const void *at)
{
    const struct cell *c = known_cell((uintptr_t)at / CELL);
    unsigned bit = 1U << (uintptr_t)at % CELL;

    for (const struct access *a = c ? c->accesses : NULL; a; a = a->next)
        if (a->thread != thread && a->writes & bit)
            return true;
    return false;
}

static void learn(int thread, int from)
{
    for (int i = 0; i < THREADS_MOST; i++)
        if (clocks[from][i] > clocks[thread][i])
            clocks[thread][i] = clocks[from][i];
}

void share_created(int creator, int thread)
{
    learn(thread, creator);
    clocks[creator][creator]++;
}

void share_joined(int joiner, int thread)
{
    learn(joiner, thread);
}

void share_begin(void)
{
    memset(clocks, 0, sizeof clocks);
    for (int i = 0; i < THREADS_MOST; i++)
        clocks[i][i] = 1;
    chunk = NULL;
    used = CHUNK;
    execution++;
}

bool share_grew(void)
{
    bool answer = grew;
    grew = false;
    return answer;
}
