/* mesi.h -- the caches of many cores, as far as they have to agree: which of
   them has a copy of which line, and who may write it.

   A line is modified or exclusive in one cache, or shared by some, or nowhere
   (M. Papamarcos and J. Patel, "A low-overhead coherence solution for
   multiprocessors with private cache memories", 1984).  A cache never has to
   make room.  This knows no program and no time.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_MESI_H
#define EXPLORE_MESI_H

#include <stdbool.h>
#include <stdint.h>

enum { MESI_CORES_MOST = 128, MESI_LINE_SIZE = 64 };

enum mesi_state {
    MESI_INVALID,
    MESI_SHARED,
    MESI_EXCLUSIVE,
    MESI_MODIFIED,
};

struct mesi_line {
    struct mesi_line *next;                 /* in its bucket */
    uintptr_t number;                       /* its address / MESI_LINE_SIZE */
    uint64_t holders[MESI_CORES_MOST / 64]; /* a bit a core */
    int owner;                              /* who may write it, or -1 */
    bool is_modified;
    int64_t busy_until; /* the caller's */
};

/* Cores in so many sockets, the same number in each but for the last.  */
struct mesi;

/* What an access was.  A miss and an upgrade are references to what is remote;
   an upgrade writes a copy that was shared.  */
struct mesi_access {
    enum { MESI_HIT, MESI_MISS, MESI_UPGRADE } kind;
    unsigned invalidated; /* copies in other caches */
    bool is_far;          /* asked another socket: where all copies are, or one
                             that has to go */
};

/* Ends the process if there is no memory.  */
struct mesi *mesi_new(unsigned cores, unsigned sockets);
void mesi_free(struct mesi *m);

/* The line of an address; it stays where it is.  */
struct mesi_line *mesi_line(struct mesi *m, uintptr_t address);

/* What it would be if the core read or wrote it now.  */
struct mesi_access mesi_ask(const struct mesi *m, const struct mesi_line *l,
                            unsigned core, bool writes);

/* The core does.  */
struct mesi_access mesi_access(const struct mesi *m, struct mesi_line *l,
                               unsigned core, bool writes);

enum mesi_state mesi_state(const struct mesi_line *l, unsigned core);

#endif
