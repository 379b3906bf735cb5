/* table.h -- an execution as a table for a terminal: a column a thread.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_TABLE_H
#define EXPLORE_TABLE_H

#include "story.h"

/* Prints the story, at most `width` columns wide if that can be.  */
void table_print(const struct story *s, int width, FILE *out);

/* Prints the lines of source that it is about.  */
void table_print_source(const struct story *s, int width, FILE *out);

/* Prints text in lines of at most `width`, each but the first after `indent`
   spaces.  */
void table_print_text(const char *text, int indent, int width, FILE *out);

#endif
