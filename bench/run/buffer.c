/* buffer.c -- a bounded buffer: what its lock guards.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "run/run.h"

/* An item is its number; a plain counter at each end finds two threads that are
   in there together.  */
void buffer_put(struct worker *w, struct buffer *b)
{
    if (b->used >= b->slots && !b->over)
        w->saw_fault = true;
    b->used++;
    b->in++;
    worker_counts(w, 1);
}

void buffer_take(struct worker *w, struct buffer *b)
{
    if (b->in - b->out != b->used)
        w->saw_fault = true;
    b->used--;
    b->out++;
    worker_counts(w, 1);
}

bool buffer_is_whole(const struct buffer *b, const struct run *run)
{
    return b->in - b->out == b->used && b->used <= b->slots
           && b->in + b->out == run_ops(run, 0, run->load.threads);
}
