/* picture.h -- what the parts of a chart are drawn into.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_PICTURE_H
#define BENCH_PICTURE_H

#include "html/group.h"
#include "html/svg.h"

/* A picture of a group.  */
struct picture {
    const struct group *group;
    const char *how; /* to read it */
    FILE *out;
    bool is_alone; /* in a file of its own */
};

/* The left part of a picture is for the names of rows.  */
enum { NAMES_WIDTH = 112 };

void picture_begin(const struct picture *p, const char *title, double height);

/* Draws the name of an entry in the column of names.  */
void picture_name_row(const struct picture *p, const struct entry *e, double y);

/* Begins and ends what belongs to an entry.  Its title is shown by the
   mouse.  */
void picture_begin_entry(const struct picture *p, const struct entry *e);
void picture_end_entry(const struct picture *p);

#endif
