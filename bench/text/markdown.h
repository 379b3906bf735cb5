/* markdown.h -- the results as a page in the Markdown of GitHub, with links to
   its pictures.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_MARKDOWN_H
#define BENCH_MARKDOWN_H

#include <stdio.h>

#include "results/results.h"

/* Writes the page.  It shows some pictures of the workloads of the default
   table: files as html_write_plots writes them, in the directory "pictures"
   next to the page.  With results for the goals it has their table, too.
   Returns 0, or -1 with errno.  */
int markdown_write(const struct results *r, const struct results *goals,
                   FILE *out);

#endif
