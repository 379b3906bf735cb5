/* verdicts.h -- what a contest shows, in words.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_VERDICTS_H
#define BENCH_VERDICTS_H

#include <stdbool.h>
#include <stdio.h>

#include "results/survey.h"

enum { VERDICT_INDENT = 10 }; /* of the text behind "verdict" */

/* Writes the name of the cell: "lock / bank, 2 threads".  */
void verdicts_name(const struct cell *cell, FILE *out);

/* Prints what those cells, a group, show: of interlock, or without it of each
   peer if there are few.  */
void verdicts_print_group(const struct survey *s, unsigned first, unsigned end,
                          FILE *out);

/* Whether any cell has a verdict; and writes why none has.  */
bool verdicts_are_there(const struct survey *s);
void verdicts_write_none(const struct results *r, FILE *out);

/* Writes what all cells of the peer come to; nothing if none has a verdict.  */
void verdicts_write_sum(const struct survey *s, const char *name, FILE *out);

/* Prints what all cells show.  */
void verdicts_print_all(const struct survey *s, FILE *out);

/* Prints which peers are not there, and why, if any: who is not there was
   beaten by nobody.  */
void verdicts_print_absences(const struct results *r, FILE *out);

#endif
