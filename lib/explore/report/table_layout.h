/* table_layout.h -- how wide the columns of a table are.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_TABLE_LAYOUT_H
#define EXPLORE_TABLE_LAYOUT_H

#include "story.h"

/* The widths of the columns.  */
struct layout {
    const struct story *s;
    FILE *out;
    int total;
    int gap; /* on either side of what divides columns: 1, or 0 for want of
                room */
    int number, line;
    int threads[THREADS_MOST]; /* in the order of the story */
    int *states;               /* 0: not shown */
    char *headings[THREADS_MOST];
};

/* What is said of a thread where there is room for it.  */
extern const char table_preempted[];

/* Fits the columns of the story into the total width.  */
void layout_begin(struct layout *l);
void layout_end(struct layout *l);

/* What divides two columns is so wide; the columns of numbers; and all.  */
int table_divider(const struct layout *l);
int table_sum_numbers(const struct layout *l);
int table_sum(const struct layout *l);

/* Returns the length of a text; 0 if it is NULL.  */
int table_length(const char *text);

/* Returns how much of the text goes into a line: to the last space, or at
   the last `.`, `[` or `_` of a name, that lets it fit; and the text after
   that.  */
int table_break(const char *text, int width);
const char *table_rest(const char *text, int width);

#endif
