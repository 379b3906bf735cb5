/* listing.c -- see listing.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "listing.h"

#include <string.h>

#include "lacks.h"
#include "programs.h"
#include "workloads.h"

enum { WIDTH = 80, INDENT = 20, WHY_SIZE = 120 };

/* Who is to be told of an absence.  */
struct listener {
    void (*tell)(void *, const char *peer, const char *reason);
    void *arg;
};

/* Those that configure did not find: lines of a name, a tab and the reason. */
static void tell_not_found(const struct listener *to)
{
    char lines[] = BENCH_ABSENT, *rest;

    for (char *line = strtok_r(lines, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        char *tab = strchr(line, '\t');
        *tab = '\0';
        to->tell(to->arg, line, tab + 1);
    }
}

static const struct failure *find_failure(const char *program)
{
    const struct failure *f;
    for (size_t i = 0; (f = programs_failure(i)); i++) {
        if (strcmp(f->name, program) == 0)
            return f;
    }
    return NULL;
}

/* The peers of one program: a line of its name and theirs.  */
static void tell_not_built(const struct listener *to, char *line)
{
    char *rest, why[WHY_SIZE] = "not built: make bench-programs";
    const struct failure *f = find_failure(strtok_r(line, " ", &rest));

    if (f)
        snprintf(why, sizeof why, "%s", f->why);
    for (char *peer; (peer = strtok_r(NULL, " ", &rest));) {
        if (!programs_have(peer))
            to->tell(to->arg, peer, why);
    }
}

static bool is_buildable(const char *program)
{
    size_t n = strlen(program);

    for (const char *line = BENCH_BUILDABLE; *line;
         line = strchr(line, '\n') + 1) {
        if (strncmp(line, program, n) == 0 && line[n] == ' ')
            return true;
    }
    return false;
}

/* Programs that somebody else put there.  */
static void tell_failed(const struct listener *to)
{
    const struct failure *f;
    for (size_t i = 0; (f = programs_failure(i)); i++) {
        if (!is_buildable(f->name))
            to->tell(to->arg, f->name, f->why);
    }
}

static void each_absence(const struct listener *to)
{
    char lines[] = BENCH_BUILDABLE, *rest;

    for (char *line = strtok_r(lines, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest))
        tell_not_built(to, line);
    tell_failed(to);
    tell_not_found(to);
}

static void note(void *results, const char *peer, const char *reason)
{
    results_miss((struct results *)results, peer, reason);
}

/* Whether the results have a cell that the peer is missing from.  */
static bool is_missed(const struct lack *l, const struct results *r)
{
    for (unsigned i = 0; i < r->n_cells; i++) {
        const struct cell *cell = &r->cells[i];
        if (strcmp(cell->primitive, l->primitive) == 0
            && (!l->workload || strcmp(cell->workload, l->workload) == 0))
            return true;
    }
    return false;
}

/* What of "nsync: rlock" or "nsync: barrier / rounds" is not there.  */
static void name_lack(const struct lack *l, char *name, size_t size)
{
    snprintf(name, size, "%s: %s%s%s", l->peer ? l->peer : "others",
             l->primitive, l->workload ? " / " : "",
             l->workload ? l->workload : "");
}

/* Whether a reader could look for that peer.  */
static bool is_asked_for(const struct lack *l, const struct options *o)
{
    if (!l->peer)
        return o->peers.n == 0;
    return programs_have(l->peer) && words_allow(&o->peers, l->peer);
}

static void note_lacks(struct results *r, const struct options *o)
{
    for (const struct lack *l = lacks; l->primitive; l++) {
        char name[WHY_SIZE];
        if (!is_asked_for(l, o) || !is_missed(l, r))
            continue;
        name_lack(l, name, sizeof name);
        results_miss(r, name, l->why);
    }
}

void listing_note_absences(struct results *r, const struct options *o)
{
    each_absence(&(struct listener){note, r});
    if (o->command == MEASURE)
        note_lacks(r, o);
}

/* The first of them has a heading.  */
struct print {
    FILE *out;
    bool has_begun;
};

static void print_absence(void *arg, const char *peer, const char *reason)
{
    struct print *p = arg;

    if (!p->has_begun)
        fputs("peers that are not there\n", p->out);
    p->has_begun = true;
    fprintf(p->out, "  %-16s %s\n", peer, reason);
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

/* Of who is there.  */
static void print_lacks(FILE *out)
{
    fputs("what they do not have\n", out);
    for (const struct lack *l = lacks; l->primitive; l++) {
        char name[WHY_SIZE];
        if (l->peer && !programs_have(l->peer))
            continue;
        name_lack(l, name, sizeof name);
        fprintf(out, "  %-30s %s\n", name, l->why);
    }
}

void listing_print(FILE *out)
{
    struct print p = {out, false};
    const struct offer *o;

    fputs("workloads (* is in the table of 'contention' alone)\n", out);
    print_workloads(out);
    fputs("peers\n", out);
    for (size_t i = 0; (o = programs_offer(i)); i++) {
        if (!is_again(i) && !o->is_planted)
            print_peer(out, o->peer);
    }
    print_lacks(out);
    each_absence(&(struct listener){print_absence, &p});
}
