/* group.c -- see group.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "html/group.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

const char *const look_classes[LOOKS] = {"o", "a", "b", "c", "d", "v", "f"};

static const struct interval unknown = {NAN, NAN, NAN};

const char *group_subject(const struct results *r)
{
    for (unsigned i = 0; i < r->n_cells; i++) {
        if (survey_find(&r->cells[i], "interlock") < r->cells[i].count)
            return "interlock";
    }
    return r->n_cells > 0 ? r->cells[0].contestants[0].peer : "interlock";
}

const char *group_baseline(const struct group *g)
{
    return cell_baseline(g->cells[0])->peer;
}

const struct contestant *entry_in(const struct group *g, const struct entry *e,
                                  unsigned cell)
{
    const struct cell *c = g->cells[cell];
    return e->indices[cell] < c->count ? &c->contestants[e->indices[cell]]
                                       : NULL;
}

const struct summary *entry_summary(const struct group *g,
                                    const struct entry *e, unsigned cell)
{
    const struct contestant *c = entry_in(g, e, cell);
    if (!c || c->fault)
        return NULL;
    return survey_of(g->survey, g->cells[cell], e->indices[cell]);
}

struct interval entry_value(const struct group *g, const struct entry *e,
                            unsigned cell, enum metric m)
{
    const struct summary *s = entry_summary(g, e, cell);
    return s ? s->values[m] : unknown;
}

struct interval entry_ratio(const struct group *g, const struct entry *e,
                            unsigned cell)
{
    const struct summary *s = entry_summary(g, e, cell);
    return s && s->is_judged ? s->ratio : unknown;
}

const struct summary *entry_judged(const struct group *g, const struct entry *e,
                                   unsigned cell)
{
    if (e->look == BASE || isnan(entry_ratio(g, e, cell).median))
        return NULL;
    return entry_summary(g, e, cell);
}

bool group_knows_in(const struct group *g, unsigned cell, enum metric m)
{
    for (unsigned i = 0; i < g->n_entries; i++) {
        if (!isnan(entry_value(g, &g->entries[i], cell, m).median))
            return true;
    }
    return false;
}

bool group_knows(const struct group *g, enum metric m)
{
    for (unsigned i = 0; i < g->n_cells; i++) {
        if (group_knows_in(g, i, m))
            return true;
    }
    return false;
}

static struct entry *find_entry(struct group *g, const char *peer)
{
    for (unsigned i = 0; i < g->n_entries; i++) {
        if (strcmp(g->entries[i].peer, peer) == 0)
            return &g->entries[i];
    }
    return NULL;
}

static struct entry *add_entry(struct group *g, const char *peer)
{
    struct entry *e = &g->entries[g->n_entries++];

    e->peer = peer;
    e->indices = memory_new(g->n_cells + 1, sizeof *e->indices);
    for (unsigned i = 0; i < g->n_cells; i++)
        e->indices[i] = g->cells[i]->count;
    return e;
}

/* The baseline's second run is left out, unless that is the broken one.  */
static void add_contestants(struct group *g, unsigned cell)
{
    const struct cell *c = g->cells[cell];

    for (unsigned i = 0; i < c->count; i++) {
        const char *peer = c->contestants[i].peer;
        struct entry *e = find_entry(g, peer);
        if (!e)
            e = add_entry(g, peer);
        if (i < c->count - 1 || c->contestants[i].fault)
            e->indices[cell] = i;
        if (!survey_is_rival(c, i))
            e->look = BASE;
    }
}

/* Returns the mean, over the cells, of the logarithm of its speed against the
   fastest entry's.  */
static double rank_of(const struct group *g, const struct entry *e)
{
    double sum = 0;
    unsigned n = 0;

    for (unsigned i = 0; i < g->n_cells; i++) {
        double rate = entry_value(g, e, i, RATE).median, best = 0;
        for (unsigned j = 0; j < g->n_entries; j++)
            best = fmax(best, entry_value(g, &g->entries[j], i, RATE).median);
        if (rate > 0) {
            sum += log(rate / best);
            n++;
        }
    }
    return n > 0 ? sum / n : -HUGE_VAL;
}

static struct entry *best_of_others(struct group *g)
{
    struct entry *best = NULL;

    for (unsigned i = 0; i < g->n_entries; i++) {
        struct entry *e = &g->entries[i];
        if (e->look == OTHER && e->rank > -HUGE_VAL
            && (!best || e->rank > best->rank))
            best = e;
    }
    return best;
}

static void choose_looks(struct group *g)
{
    struct entry *e = find_entry(g, group_subject(g->survey->r));

    for (unsigned i = 0; i < g->n_entries; i++)
        g->entries[i].rank = rank_of(g, &g->entries[i]);
    if (e && e->look == OTHER)
        e->look = OWN;
    for (unsigned look = RIVAL; look < LOOKS; look++) {
        e = best_of_others(g);
        if (e)
            e->look = (enum look)look;
    }
}

static void name_group(struct group *g)
{
    const struct cell *c = g->cells[0];

    cell_describe(c, g->params, sizeof g->params);
    snprintf(g->name, sizeof g->name, "%.30s / %.60s%s%.100s", c->primitive,
             c->workload, g->params[0] ? ", " : "", g->params);
}

void group_begin(struct group *g, const struct survey *survey, unsigned first)
{
    unsigned most = 0;

    memset(g, 0, sizeof *g);
    g->survey = survey;
    g->first = first;
    g->cells = survey->cells + first;
    g->n_cells = survey_group_end(survey, first) - first;
    for (unsigned i = 0; i < g->n_cells; i++)
        most += g->cells[i]->count;
    g->entries = memory_new(most + 1, sizeof *g->entries);
    for (unsigned i = 0; i < g->n_cells; i++)
        add_contestants(g, i);
    choose_looks(g);
    name_group(g);
}

void group_end(struct group *g)
{
    for (unsigned i = 0; i < g->n_entries; i++)
        free(g->entries[i].indices);
    free(g->entries);
}

char *group_slug(const struct group *g)
{
    char *name = memory_new(sizeof g->name, 1);
    size_t n = 0;

    for (const char *s = g->name; *s; s++) {
        if (isalnum((unsigned char)*s) || *s == '.')
            name[n++] = *s;
        else if (n > 0 && name[n - 1] != '-')
            name[n++] = '-';
    }
    return name;
}

char *group_picture_name(const struct group *g, const char *picture)
{
    char *slug = group_slug(g);
    size_t size = strlen(slug) + strlen(picture) + sizeof "-.svg";
    char *name = memory_new(size, 1);

    snprintf(name, size, "%s-%s.svg", slug, picture);
    free(slug);
    return name;
}
