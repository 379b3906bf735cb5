/* page.c -- see page.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "html/page.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "text/figure.h"
#include "text/scores.h"

void page_begin(struct page *p, const struct survey *survey, FILE *out)
{
    const struct results *r = survey->r;

    *p = (struct page){
        .out = out, .r = r, .survey = survey, .subject = group_subject(r)};
    p->groups = memory_new(r->n_cells, sizeof *p->groups);
    for (unsigned i = 0; i < r->n_cells; i += p->groups[p->n_groups++].n_cells)
        group_begin(&p->groups[p->n_groups], survey, i);
}

void page_end(struct page *p)
{
    for (unsigned i = 0; i < p->n_groups; i++)
        group_end(&p->groups[i]);
    free(p->groups);
}

const struct entry *page_subject_of(const struct page *p, const struct group *g)
{
    for (unsigned i = 0; i < g->n_entries; i++) {
        if (strcmp(g->entries[i].peer, p->subject) == 0)
            return &g->entries[i];
    }
    return NULL;
}

static bool is_same_primitive(const struct group *a, const struct group *b)
{
    return strcmp(a->cells[0]->primitive, b->cells[0]->primitive) == 0;
}

static bool is_same_workload(const struct group *a, const struct group *b)
{
    return is_same_primitive(a, b)
           && strcmp(a->cells[0]->workload, b->cells[0]->workload) == 0;
}

unsigned page_primitive_end(const struct page *p, unsigned first)
{
    unsigned end = first + 1;
    while (end < p->n_groups
           && is_same_primitive(&p->groups[first], &p->groups[end]))
        end++;
    return end;
}

unsigned page_workload_end(const struct page *p, unsigned first)
{
    unsigned end = first + 1;
    while (end < p->n_groups
           && is_same_workload(&p->groups[first], &p->groups[end]))
        end++;
    return end;
}

/* The colour is deeper from a factor of 1.5 on.  */
static const char *class_of(const struct summary *s)
{
    if (s->verdict == FASTER)
        return s->ratio.median < 1.5 ? "fast" : "fast2";
    if (s->verdict == SLOWER)
        return s->ratio.median > 1 / 1.5 ? "slow" : "slow2";
    return "none";
}

void page_write_ratio(const struct page *p, const struct group *g,
                      const struct entry *e, unsigned i)
{
    const struct contestant *c = entry_in(g, e, i);
    const struct summary *s = entry_judged(g, e, i);

    if (c && c->fault)
        fputs("<td class=\"broken\">BROKEN", p->out);
    else if (e->look == BASE)
        fputs("<td>baseline", p->out);
    else if (!s)
        fputs("<td>n/a", p->out);
    else
        fprintf(p->out,
                "<td class=\"%s\" title=\"%s: %s\"><a href=\"#g%u\">%s %s</a>",
                class_of(s), stats_verdict_words[s->verdict],
                figure_interval(s->ratio).text, (unsigned)(g - p->groups),
                figure_count(s->ratio.median).text, verdict_signs[s->verdict]);
    fputs("</td>", p->out);
}
