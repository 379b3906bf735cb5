/* model.c -- objects by their address.

   Objects that were in use are put back in a list when an execution begins:
   no execution makes more of them than it has at a time.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "model.h"

#include <stdio.h>
#include <stdlib.h>

enum { BUCKETS = 256 };

static struct object *buckets[BUCKETS];
static struct object *spare;

/* Where all objects lie, so that most writes of the program need no look.  */
static uintptr_t lowest = UINTPTR_MAX, highest;

static struct object **bucket_of(const void *at)
{
    return &buckets[((uintptr_t)at >> 3) % BUCKETS];
}

static void drop(struct object **link)
{
    struct object *o = *link;
    *link = o->next;
    o->next = spare;
    spare = o;
}

static void forget_all(void)
{
    for (int i = 0; i < BUCKETS; i++)
        while (buckets[i])
            drop(&buckets[i]);
    lowest = UINTPTR_MAX;
    highest = 0;
}

__attribute__((constructor)) static void begin(void)
{
    engine_at_start(forget_all);
}

static struct object *new_object(void)
{
    struct object *o = spare;
    if (o)
        spare = o->next;
    else if (!(o = malloc(sizeof *o)))
        abort();
    return o;
}

/* What only the model can answer is asked before main.  */
static _Noreturn void fail_outside(void)
{
    fputs("interlock-explore: an il_ call of a program that is compiled with "
          "IL_EXPLORE, but not explored.\n",
          stderr);
    abort();
}

struct object *model_object(const void *at, size_t size, enum kind kind,
                            void (*begin_as)(struct object *o))
{
    struct object **bucket = bucket_of(at);
    struct object *o = *bucket;

    if (!engine_is_on())
        fail_outside();
    while (o && (o->at != at || o->kind != kind))
        o = o->next;
    if (o)
        return o;
    o = new_object();
    *o = (struct object){.next = *bucket,
                         .at = at,
                         .size = size,
                         .kind = kind,
                         .owner = NOBODY,
                         .timeout = -1};
    if (begin_as)
        begin_as(o);
    *bucket = o;
    if ((uintptr_t)at < lowest)
        lowest = (uintptr_t)at;
    if ((uintptr_t)at + size > highest)
        highest = (uintptr_t)at + size;
    return o;
}

void model_forget(const void *at, enum kind kind)
{
    for (struct object **o = bucket_of(at); *o; o = &(*o)->next)
        if ((*o)->at == at && (*o)->kind == kind) {
            drop(o);
            return;
        }
}

static bool overlaps(const struct object *o, const void *at, size_t size)
{
    return (uintptr_t)o->at < (uintptr_t)at + size
           && (uintptr_t)at < (uintptr_t)o->at + o->size;
}

void model_written(const void *at, size_t size)
{
    if ((uintptr_t)at >= highest || (uintptr_t)at + size <= lowest)
        return;
    for (int i = 0; i < BUCKETS; i++)
        for (struct object **o = &buckets[i]; *o;)
            if (overlaps(*o, at, size))
                drop(o);
            else
                o = &(*o)->next;
}

void model_thread_ends(void)
{
    for (int i = 0; i < BUCKETS; i++)
        for (const struct object *o = buckets[i]; o; o = o->next)
            if (o->is_robust && o->owner == engine_self())
                engine_fail(VERDICT_WRONG, "a thread ends with a robust mutex: "
                                           "that can't be explored");
}
