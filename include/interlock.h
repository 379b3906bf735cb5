/* interlock.h -- Python's threading primitives for C: everything there is.

   A program may also include just the headers that it uses.

   SPDX-License-Identifier: MIT */

#ifndef INTERLOCK_H
#define INTERLOCK_H

#include <interlock/barrier.h>
#include <interlock/bounded_semaphore.h>
#include <interlock/condition.h>
#include <interlock/deadline.h>
#include <interlock/event.h>
#include <interlock/lock.h>
#include <interlock/rlock.h>
#include <interlock/semaphore.h>
#include <interlock/version.h>
#include <interlock/with.h>

#endif
