/* group.h -- what one section of the report shows: the cells that differ in
   their threads alone, peer by peer.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_GROUP_H
#define BENCH_GROUP_H

#include "results/survey.h"

/* How a peer looks in the pictures of a group.  */
enum look { OTHER, OWN, BASE, RIVAL, LOOKS = RIVAL + 4 };

/* Their CSS classes.  */
extern const char *const look_classes[LOOKS];

/* A peer of the group.  */
struct entry {
    const char *peer;
    enum look look;
    double rank;       /* the higher, the faster in all cells */
    unsigned *indices; /* which contestant it is, by cell of the group; the
                          cell's count if it takes no part */
};

struct group {
    const struct survey *survey;
    unsigned first;            /* of its cells, in the survey */
    const struct cell **cells; /* by threads */
    unsigned n_cells;
    unsigned n_entries;
    struct entry *entries;
    char name[200];   /* "lock / mutexbench-moderate, cs 100 ns" */
    char params[160]; /* "cs 100 ns" */
};

/* Makes the group of the cells that begin at survey->cells[first].  */
void group_begin(struct group *g, const struct survey *survey, unsigned first);
void group_end(struct group *g);

/* Returns its name in letters, digits and dots, "lock-mutexbench-moderate"; to
   be freed.  */
char *group_slug(const struct group *g);

/* Returns the name of the file of one of its pictures,
   "lock-mutexbench-moderate-throughput.svg"; to be freed.  */
char *group_picture_name(const struct group *g, const char *picture);

/* Returns the peer that the report is about: "interlock", or the first.  */
const char *group_subject(const struct results *r);

/* Returns the name of the baseline: where results->against has nothing to offer
   it is another.  */
const char *group_baseline(const struct group *g);

/* Returns who the entry is in that cell of the group; NULL if it takes no
   part.  */
const struct contestant *entry_in(const struct group *g, const struct entry *e,
                                  unsigned cell);

/* Returns what it came to there; NULL if it takes no part or is broken.  */
const struct summary *entry_summary(const struct group *g,
                                    const struct entry *e, unsigned cell);

/* Returns a metric of it; NaN if it is not known.  */
struct interval entry_value(const struct group *g, const struct entry *e,
                            unsigned cell, enum metric m);

/* Returns its speed against the baseline's, the baseline's against itself; NaN
   if it is not known.  */
struct interval entry_ratio(const struct group *g, const struct entry *e,
                            unsigned cell);

/* Returns what it came to if it is compared with the baseline there; or NULL.
 */
const struct summary *entry_judged(const struct group *g, const struct entry *e,
                                   unsigned cell);

/* Whether any entry knows that metric in that cell, or in any.  */
bool group_knows_in(const struct group *g, unsigned cell, enum metric m);
bool group_knows(const struct group *g, enum metric m);

#endif
