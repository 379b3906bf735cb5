/* markdown_parts.h -- the parts of the page in Markdown.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_MARKDOWN_PARTS_H
#define BENCH_MARKDOWN_PARTS_H

#include <stdio.h>

#include "html/page.h"

/* Writes text that means nothing to Markdown, nor in a cell of a table.  */
void markdown_text(FILE *out, const char *text);

/* Writes "1 thread", "2 threads".  */
void markdown_threads(FILE *out, unsigned n);

/* Writes a row of two columns.  */
void markdown_pair(FILE *out, const char *key, const char *value);

/* Writes a line indented as code, which nothing in it can end.  */
void markdown_code(FILE *out, const char *text);

/* What 2 CPUs can't show.  */
void markdown_write_limits(const struct page *p);

/* What all cells come to, peer by peer.  */
void markdown_write_verdict(const struct page *p);

/* A table for each primitive, with a row for each group.  */
void markdown_write_overview(const struct page *p);

/* All figures of all groups, peer by peer.  */
void markdown_write_groups(const struct page *p);

/* Whether metric m has a column in the tables of groups.  */
bool markdown_has_column(enum metric m);

#endif
