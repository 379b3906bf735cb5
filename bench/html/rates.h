/* rates.h -- a chart: throughput against threads, one line a peer.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_RATES_H
#define BENCH_RATES_H

#include "html/picture.h"

/* Whether the group has something to draw.  */
bool rates_apply(const struct group *g);

void rates_draw(const struct picture *p);

#endif
