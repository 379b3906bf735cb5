/* goals.h -- the table of goals, for a terminal and as Markdown.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_TEXT_GOALS_H
#define BENCH_TEXT_GOALS_H

#include <stdio.h>

#include "goals/judge.h"

/* Prints what the machine is, and a row for each goal; with `is_full`, also one
   for each cell.  */
void goals_print(const struct court *c, bool is_full, FILE *out);

/* Writes the rows as a Markdown table, with what they mean above it.  */
void goals_write_markdown(const struct court *c, FILE *out);

#endif
