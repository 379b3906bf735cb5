/* named.c -- see named.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#define IL_EXPLORE
#include <interlock/explore.h>

#include <stdlib.h>
#include <string.h>

#include "explore/need.h"
#include "named.h"

static struct names given;

static struct symbol *find(struct names *names, const struct symbol *s)
{
    for (size_t i = 0; i < names->n_symbols; i++) {
        struct symbol *other = &names->symbols[i];
        if (other->given && other->at == s->at && other->size == s->size)
            return other;
    }
    return NULL;
}

static void put(struct names *names, const struct symbol *s)
{
    struct symbol *there = find(names, s);

    if (!there)
        names_add_symbol(names, s);
    else if (strcmp(there->name, s->name) != 0) {
        free(there->name);
        there->name = need(strdup(s->name));
    }
}

/* Called in each execution, mostly with the same.  */
void il_explore_name(const void *at, size_t size, const char *name)
{
    struct symbol s = {.at = (uintptr_t)at,
                       .size = size,
                       .name = (char *)(uintptr_t)name,
                       .given = true};
    put(&given, &s);
}

void named_add(struct names *names)
{
    for (size_t i = 0; i < given.n_symbols; i++)
        put(names, &given.symbols[i]);
}
