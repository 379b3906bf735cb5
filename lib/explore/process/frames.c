/* frames.c -- see frames.h.

   Stacks are at the same addresses in each execution, so what is seen in one
   holds for all.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "frames.h"

#include <stdbool.h>
#include <string.h>

#include "explore/engine/engine.h"

enum { FRAMES_MOST = 32 };

static struct frame present[FRAMES_MOST], kept[FRAMES_MOST];
static size_t depth, n_kept;
static bool is_kept; /* in this execution */

static void reset(void)
{
    depth = 0;
    is_kept = false;
}

static void __attribute__((constructor)) begin(void)
{
    engine_at_start(reset);
}

/* What main is in now it stays in, mostly, while the others run.  */
static void keep(void)
{
    n_kept = depth < FRAMES_MOST ? depth : FRAMES_MOST;
    memcpy(kept, present, n_kept * sizeof *kept);
    is_kept = true;
}

void frames_enter(uintptr_t pc, uintptr_t pointer)
{
    if (!engine_is_on())
        return;
    if (engine_self() == 0) {
        if (depth < FRAMES_MOST)
            present[depth] = (struct frame){pc, pointer};
        depth++;
    } else if (!is_kept)
        keep();
}

void frames_leave(void)
{
    if (engine_is_on() && engine_self() == 0 && depth > 0)
        depth--;
}

const struct frame *frames_of_main(size_t *n)
{
    *n = n_kept;
    return kept;
}
