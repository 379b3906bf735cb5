/* mesi.c -- see mesi.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "mesi.h"

#include "explore/need.h"

#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 1 << 12, WORD = 64, WORDS = MESI_CORES_MOST / WORD };

struct mesi {
    unsigned socket_size; /* in cores */
    struct mesi_line *buckets[BUCKETS];
};

struct mesi *mesi_new(unsigned cores, unsigned sockets)
{
    struct mesi *m = need_new(1, sizeof *m);

    m->socket_size = (cores + sockets - 1) / sockets;
    return m;
}

void mesi_free(struct mesi *m)
{
    for (int i = 0; i < BUCKETS; i++)
        while (m->buckets[i]) {
            struct mesi_line *l = m->buckets[i];
            m->buckets[i] = l->next;
            free(l);
        }
    free(m);
}

struct mesi_line *mesi_line(struct mesi *m, uintptr_t address)
{
    uintptr_t number = address / MESI_LINE_SIZE;
    struct mesi_line **bucket = &m->buckets[number % BUCKETS];
    struct mesi_line *l = *bucket;

    while (l && l->number != number)
        l = l->next;
    if (l)
        return l;
    l = need_new(1, sizeof *l);
    *l = (struct mesi_line){.next = *bucket, .number = number, .owner = -1};
    *bucket = l;
    return l;
}

static uint64_t bit_of(unsigned core)
{
    return UINT64_C(1) << core % WORD;
}

static bool holds(const struct mesi_line *l, unsigned core)
{
    return l->holders[core / WORD] & bit_of(core);
}

static unsigned count_holders(const struct mesi_line *l)
{
    unsigned n = 0;

    for (int i = 0; i < WORDS; i++)
        n += (unsigned)__builtin_popcountll(l->holders[i]);
    return n;
}

/* How many of the copies are in the core's socket.  */
static unsigned count_near(const struct mesi *m, const struct mesi_line *l,
                           unsigned core)
{
    unsigned first = core / m->socket_size * m->socket_size;
    unsigned n = 0;

    for (unsigned c = first; c < first + m->socket_size && c < MESI_CORES_MOST;
         c++)
        n += holds(l, c);
    return n;
}

static struct mesi_access ask_to_read(const struct mesi *m,
                                      const struct mesi_line *l, unsigned core)
{
    struct mesi_access a = {.kind = MESI_HIT};

    if (holds(l, core))
        return a;
    a.kind = MESI_MISS;
    a.is_far = count_holders(l) > 0 && count_near(m, l, core) == 0;
    return a;
}

static struct mesi_access ask_to_write(const struct mesi *m,
                                       const struct mesi_line *l, unsigned core)
{
    struct mesi_access a = {.kind = MESI_HIT};
    bool has = holds(l, core);

    if (l->owner == (int)core)
        return a;
    a.kind = has ? MESI_UPGRADE : MESI_MISS;
    a.invalidated = count_holders(l) - has;
    a.is_far = count_holders(l) > count_near(m, l, core);
    return a;
}

struct mesi_access mesi_ask(const struct mesi *m, const struct mesi_line *l,
                            unsigned core, bool writes)
{
    return writes ? ask_to_write(m, l, core) : ask_to_read(m, l, core);
}

static void become_reader(struct mesi_line *l, unsigned core)
{
    l->owner = count_holders(l) > 0 ? -1 : (int)core;
    l->is_modified = false;
    l->holders[core / WORD] |= bit_of(core);
}

static void become_writer(struct mesi_line *l, unsigned core)
{
    memset(l->holders, 0, sizeof l->holders);
    l->holders[core / WORD] = bit_of(core);
    l->owner = (int)core;
}

struct mesi_access mesi_access(const struct mesi *m, struct mesi_line *l,
                               unsigned core, bool writes)
{
    struct mesi_access a = mesi_ask(m, l, core, writes);

    if (a.kind != MESI_HIT && writes)
        become_writer(l, core);
    else if (a.kind != MESI_HIT)
        become_reader(l, core);
    l->is_modified |= writes;
    return a;
}

enum mesi_state mesi_state(const struct mesi_line *l, unsigned core)
{
    if (!holds(l, core))
        return MESI_INVALID;
    if (l->owner != (int)core)
        return MESI_SHARED;
    return l->is_modified ? MESI_MODIFIED : MESI_EXCLUSIVE;
}
