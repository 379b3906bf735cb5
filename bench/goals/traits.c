/* traits.c -- see traits.h.  What is marked here once is what "parks" means in
   the table of goals: a lock whose waiters spin without end may be fast, but
   can't be used where there are more threads than CPUs.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "goals/traits.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *peer;
    const char *primitive; /* NULL: all */
    unsigned traits;
} marks[] = {
    {"interlock", NULL, OURS},
    {"interlock-until", NULL, OURS},
    {"load", NULL, REFERENCE},
    {"python", NULL, INTERPRETED},

    {"tas", NULL, SPINS},
    {"ttas", NULL, SPINS},
    {"ticket", NULL, SPINS},
    {"mcs", NULL, SPINS},
    {"clh", NULL, SPINS},
    {"pthread-spin", NULL, SPINS},
    {"musl-spin", NULL, SPINS},
    {"tbb-spin", NULL, SPINS},
    {"tbb-queue", NULL, SPINS},
    {"ck", "rlock", SPINS},
    {"ck-fas", NULL, SPINS},
    {"ck-ticket", NULL, SPINS},
    {"ck-mcs", NULL, SPINS},
    {"ck-clh", NULL, SPINS},
    {"ck-central", NULL, SPINS},
    {"ck-combining", NULL, SPINS},
    {"ck-dissem", NULL, SPINS},
    {"ck-tournam", NULL, SPINS},

    {"c11", NULL, WRAPS},
    {"boost", NULL, WRAPS},
    {"uv", NULL, WRAPS},
    {"std", "lock", WRAPS},
    {"std", "rlock", WRAPS},
    {"std", "condition", WRAPS},
    {"pthread-check", NULL, WRAPS}, /* the same with a check: never faster */
    {"musl-check", NULL, WRAPS},
    {"absl-check", NULL, WRAPS},

    {"absl-note", NULL, ONCE},
    {"nsync-note", NULL, ONCE},
    {"std-latch", NULL, ONCE},
    {"absl", "barrier", ONCE},
    {"nsync", "barrier", ONCE},

    {"absl", "semaphore", HAS_MUTEX},
    {"absl", "bounded_semaphore", HAS_MUTEX},
    {"nsync", "semaphore", HAS_MUTEX},
    {"nsync", "bounded_semaphore", HAS_MUTEX},
    {"pthread", "event", HAS_MUTEX},
    {"musl", "event", HAS_MUTEX},
    {"rust-std", "event", HAS_MUTEX},
    {"parking_lot", "event", HAS_MUTEX},
    {"absl", "event", HAS_MUTEX},
    {"nsync", "event", HAS_MUTEX},
    {"glib", "event", HAS_MUTEX},
};

unsigned traits_of(const char *peer, const char *primitive)
{
    unsigned traits = 0;

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (strcmp(marks[i].peer, peer) == 0
            && (!marks[i].primitive
                || strcmp(marks[i].primitive, primitive) == 0))
            traits |= marks[i].traits;
    }
    return traits;
}
