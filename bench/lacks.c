/* lacks.c -- see lacks.h.  A peer that is a kind of lock alone, as
   "pthread-spin" is, has its name to say so.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "lacks.h"

#include <stddef.h>

static const char none[] = "it has none";

const struct lack lacks[] = {
    {"c11", "semaphore", NULL, none},
    {"c11", "bounded_semaphore", NULL, none},
    {"c11", "barrier", NULL, none},
    {"nsync", "rlock", NULL, none},
    {"nsync", "barrier", "rounds", "its counter serves once"},
    {"ck", "lock", NULL, "see ck-fas, ck-ticket, ck-mcs and ck-clh"},
    {"ck", "semaphore", NULL, none},
    {"ck", "bounded_semaphore", NULL, none},
    {"ck", "condition", NULL, "it has no lock whose waiters sleep"},
    {"ck", "barrier", NULL, "see ck-central and those like it"},
    {"ck-clh", "lock", "fail", "its queue cannot be tried"},
    {"absl", "rlock", NULL, none},
    {"absl", "barrier", "rounds", "its barrier serves once"},
    {"tbb", "rlock", NULL, "it has none any more"},
    {"tbb", "semaphore", NULL, none},
    {"tbb", "bounded_semaphore", NULL, none},
    {"tbb", "event", NULL, none},
    {"tbb", "condition", NULL, none},
    {"tbb", "barrier", NULL, none},
    {"glib", "semaphore", NULL, none},
    {"glib", "bounded_semaphore", NULL, none},
    {"glib", "barrier", NULL, none},
    {"boost", "semaphore", NULL, "its semaphores are for processes"},
    {"boost", "bounded_semaphore", NULL, "its semaphores are for processes"},
    {"rust-std", "rlock", NULL, "not in what is stable of it"},
    {"rust-std", "semaphore", NULL, none},
    {"rust-std", "bounded_semaphore", NULL, none},
    {"parking_lot", "semaphore", NULL, none},
    {"parking_lot", "bounded_semaphore", NULL, none},
    {"parking_lot", "barrier", NULL, none},
    {NULL, "rlock", "refused", "who releases them is not looked at, or ends"},
    {NULL, "barrier", "abort", "their barriers cannot be aborted"},
    {NULL, "barrier", "reset", "their barriers cannot be reset amid a round"},
    {NULL, NULL, NULL, NULL},
};
