/* report.h -- what a reader gets to see of the exploration of a program.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_REPORT_H
#define EXPLORE_REPORT_H

#include <stdio.h>

#include "explore/names/names.h"
#include "explore/result.h"

/* Write all that *r says: as text, as JSON, as a page in HTML that needs no
   other file.  The names are those of the program that runs.  */
void report_text(FILE *out, const struct result *r);
void report_json(FILE *out, const struct result *r);
void report_page(FILE *out, const struct result *r);

/* Writes one execution: its table and how it ended.  */
void report_execution(FILE *out, const struct execution *e);

/* Writes what a step is, in half a line: "read balance  bank.c:12: balance =
   ...".  It may be one that is still to be taken: then `value` is not looked
   at.  */
void report_step(FILE *out, const struct trace *t, const struct step *s,
                 bool is_done);

/* The same of names that are given, for a terminal of that width: what is
   written depends on nothing else.  */
void report_text_as(FILE *out, const struct result *r,
                    const struct names *names, int width);
void report_json_as(FILE *out, const struct result *r,
                    const struct names *names);
void report_page_as(FILE *out, const struct result *r,
                    const struct names *names);
void report_execution_as(FILE *out, const struct execution *e,
                         const struct names *names, int width);

#endif
