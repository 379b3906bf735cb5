/* entrant.h -- the entrant of a template that makes one.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_TEMPLATES_ENTRANT_H
#define BENCH_TEMPLATES_ENTRANT_H

#include "run/run.h"

/* From the functions of name; counts: see struct entrant.  */
#define ENTRANT(peer, primitive, shape, name, counts)                   \
    {                                                                   \
        peer, primitive, shape, sizeof(struct RUN_PASTE(name, object)), \
            RUN_PASTE(name, prepare), RUN_PASTE(name, work),            \
            RUN_PASTE(name, finish), counts                             \
    }

#endif
