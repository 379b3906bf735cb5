/* strips.h -- a chart: who held it, turn by turn, one strip a peer.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_STRIPS_H
#define BENCH_STRIPS_H

#include "html/picture.h"

/* Whether the group has something to draw.  */
bool strips_apply(const struct group *g);

void strips_draw(const struct picture *p);

#endif
