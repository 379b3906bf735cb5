/* page.h -- the parts of the report in HTML.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_PAGE_H
#define BENCH_PAGE_H

#include <stdio.h>

#include "html/group.h"

/* What the report is made from, and where to.  */
struct page {
    FILE *out;
    const struct results *r;
    const struct survey *survey;
    const char *subject; /* the peer that it is about */
    unsigned n_groups;
    struct group *groups;
};

/* Finds the groups.  */
void page_begin(struct page *p, const struct survey *survey, FILE *out);
void page_end(struct page *p);

/* Returns the entry that the report is about; NULL if it takes no part in the
   group.  */
const struct entry *page_subject_of(const struct page *p,
                                    const struct group *g);

/* Returns where the groups of the same primitive, or also of the same
   workload, end.  */
unsigned page_primitive_end(const struct page *p, unsigned first);
unsigned page_workload_end(const struct page *p, unsigned first);

/* Writes a cell of a table: the ratio of the entry in cell i of its group,
   coloured as the verdict on it, and leading to the group.  */
void page_write_ratio(const struct page *p, const struct group *g,
                      const struct entry *e, unsigned i);

/* What is to be known before the figures, the verdict, the contents.  */
void page_write_summary(const struct page *p);

/* All metrics of a group.  */
void page_write_table(const struct page *p, const struct group *g);

/* Ratios by time inside and outside of the critical section, if the groups
   [first, end) of a workload are a sweep of both.  */
void page_write_sweep(const struct page *p, unsigned first, unsigned end);

/* The machine, what is missing, the columns, the command.  */
void page_write_notes(const struct page *p);

#endif
