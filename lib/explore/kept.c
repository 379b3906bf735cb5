/* kept.c -- executions that outlive the next one.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "explore/engine/execution.h"
#include "need.h"

#include <stdlib.h>
#include <string.h>

static void *copy(const void *from, size_t n, size_t size)
{
    void *to = need_new(n, size);

    if (n)
        memcpy(to, from, n * size);
    return to;
}

static char *copy_text(const char *text)
{
    return text ? need(strdup(text)) : NULL;
}

struct execution *execution_keep(const struct execution *e)
{
    struct execution *kept = copy(e, 1, sizeof *e);

    kept->trace.steps =
        copy(e->trace.steps, e->trace.length, sizeof *e->trace.steps);
    kept->schedule = copy(e->schedule, e->length, sizeof *e->schedule);
    kept->output = copy_text(e->output);
    kept->sentence = copy_text(e->sentence);
    return kept;
}

void execution_free(struct execution *e)
{
    if (!e)
        return;
    free(e->trace.steps);
    free(e->schedule);
    free(e->output);
    free(e->sentence);
    free(e);
}
