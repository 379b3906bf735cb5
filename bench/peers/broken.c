/* broken.c -- a lock that locks nothing, to see it found.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "peers/peer.h"

#define NAME lock
#define TYPE int
#define INIT(l) ((void)(l))
#define ACQUIRE(l) ((void)(l))
#define RELEASE(l) ((void)(l))
#define AT_REST(l) ((void)(l), true)
#define DESTROY(l) ((void)(l))
#include "workloads/critical.h"

const struct peer peer_broken = {
    .name = "broken",
    .hidden = true,
    .entrants = {[LOCK] = &lock_entrant},
};
