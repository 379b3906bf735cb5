/* json.h -- the results of a contest as a file, all of them.

   The file is one JSON object, with a cell a line.  What is not known is null.
   Under "metrics" it says the units and what each figure means; numbers have 6
   digits.  A contestant has its samples as columns: under "values" a list for
   each metric that is known of any block, with an entry a block.  "waits" has
   the buckets of the histogram that are not empty, as [least ns, count].

   SPDX-License-Identifier: MIT */

#ifndef BENCH_JSON_H
#define BENCH_JSON_H

#include <stddef.h>

#include "results/results.h"

/* Writes the finished blocks to a file, which is complete or not touched; what
   is no regular file, as a link, is written to as it is.  Returns 0, or -1 and
   sets errno.  */
int json_save(const struct results *r, const char *path);

/* Reads what json_save wrote.  Returns 0, or -1 with a sentence in `why`; then
   there is nothing to free.  */
int json_load(struct results *r, const char *path, char *why, size_t size);

#endif
