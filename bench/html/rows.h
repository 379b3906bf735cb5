/* rows.h -- charts of one row a peer: ratios of speed, and bars.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

#include "html/picture.h"

/* Speed against the baseline's, for some numbers of threads.  */
bool rows_have_ratios(const struct group *g);
void rows_draw_ratios(const struct picture *p);

/* Speed itself, where no other picture shows it.  */
bool rows_have_rates(const struct group *g);
void rows_draw_rates(const struct picture *p);

/* Processor time of an operation.  */
bool rows_have_cpu(const struct group *g);
void rows_draw_cpu(const struct picture *p);

/* What a bystander kept.  */
bool rows_have_beside(const struct group *g);
void rows_draw_beside(const struct picture *p);

/* When the first, the median and the last of those woken ran.  */
bool rows_have_wakes(const struct group *g);
void rows_draw_wakes(const struct picture *p);

#endif
