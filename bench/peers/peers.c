/* peers.c -- the list of the peers, and of the primitives.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <string.h>

#include "peers/peer.h"

const struct peer *const peers[] = {
    &peer_interlock,
    &peer_pthread,
    &peer_broken,
    NULL,
};

const char *const primitive_names[PRIMITIVES] = {
    [LOCK] = "lock",           [RLOCK] = "rlock",
    [SEMAPHORE] = "semaphore", [BOUNDED_SEMAPHORE] = "bounded_semaphore",
    [EVENT] = "event",         [CONDITION] = "condition",
    [BARRIER] = "barrier",
};

const struct workload *primitive_workload(enum primitive p)
{
    switch (p) {
    case EVENT:
    case CONDITION:
        return &workload_pingpong;
    case BARRIER:
        return &workload_rounds;
    default:
        return &workload_critical;
    }
}

const struct peer *peer_find(const char *name)
{
    for (const struct peer *const *p = peers; *p; p++) {
        if (strcmp((*p)->name, name) == 0)
            return *p;
    }
    return NULL;
}
