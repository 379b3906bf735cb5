/* listing.c -- see listing.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "listing.h"

#include <string.h>

#include "programs.h"
#include "workloads.h"

/* The peers that the build did not find: lines of a name, a tab and the
   reason.  */
#if !defined(BENCH_ABSENT)
#define BENCH_ABSENT ""
#endif

enum { WIDTH = 80, INDENT = 20 };

/* Calls `tell` with each line's name and reason.  */
static void each_absence(void (*tell)(void *, const char *, const char *),
                         void *arg)
{
    char lines[] = BENCH_ABSENT, *rest;

    for (char *line = strtok_r(lines, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        char *tab = strchr(line, '\t');
        if (!tab)
            continue;
        *tab = '\0';
        tell(arg, line, tab + 1);
    }
}

static void note(void *results, const char *peer, const char *reason)
{
    results_miss((struct results *)results, peer, reason);
}

void listing_note_absences(struct results *r)
{
    each_absence(note, r);
}

static void print_absence(void *out, const char *peer, const char *reason)
{
    fprintf((FILE *)out, "  %-16s %s\n", peer, reason);
}

static void print_workloads(FILE *out)
{
    for (unsigned i = 0; i < PRIMITIVES; i++) {
        fprintf(out, "%s\n", primitive_names[i]);
        for (const struct workload *w = workloads; w->primitive; w++) {
            if (strcmp(w->primitive, primitive_names[i]) == 0)
                fprintf(out, "%c %-19s %s\n", w->threads ? '*' : ' ', w->name,
                        w->operation);
        }
    }
}

/* Whether an offer before that one is the same peer's.  */
static bool is_again(size_t i)
{
    const struct offer *o = programs_offer(i);
    for (size_t j = 0; j < i; j++) {
        if (strcmp(programs_offer(j)->peer, o->peer) == 0)
            return true;
    }
    return false;
}

static bool offers_primitive(const char *peer, const char *primitive)
{
    const struct offer *o;
    for (size_t i = 0; (o = programs_offer(i)); i++) {
        if (strcmp(o->peer, peer) == 0 && strcmp(o->primitive, primitive) == 0)
            return true;
    }
    return false;
}

static void print_peer(FILE *out, const char *peer)
{
    int column = fprintf(out, "  %-16s", peer);

    for (unsigned i = 0; i < PRIMITIVES; i++) {
        const char *name = primitive_names[i];
        if (!offers_primitive(peer, name))
            continue;
        if (column + 1 + (int)strlen(name) > WIDTH)
            column = fprintf(out, "\n%*s", INDENT, "") - 1;
        column += fprintf(out, " %s", name);
    }
    fputc('\n', out);
}

void listing_print(FILE *out)
{
    const struct offer *o;

    fputs("workloads (* is in the table of 'contention' alone)\n", out);
    print_workloads(out);
    fputs("peers\n", out);
    for (size_t i = 0; (o = programs_offer(i)); i++) {
        if (!is_again(i) && !o->is_planted)
            print_peer(out, o->peer);
    }
    if (BENCH_ABSENT[0]) {
        fputs("peers that are not there\n", out);
        each_absence(print_absence, out);
    }
}
