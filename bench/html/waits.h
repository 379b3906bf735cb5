/* waits.h -- a chart: how many waits were longer than a time, one line a peer.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_WAITS_H
#define BENCH_WAITS_H

#include "html/picture.h"

/* Whether the group has something to draw.  */
bool waits_apply(const struct group *g);

void waits_draw(const struct picture *p);

#endif
