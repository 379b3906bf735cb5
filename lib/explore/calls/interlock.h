/* interlock.h -- the seven primitives, for a program that is explored.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_INTERLOCK_H
#define EXPLORE_INTERLOCK_H

#define IL_EXPLORE /* the headers declare what is defined here */

#include <interlock.h>

#include "explore/model/model.h"
#include "program.h"
#include "virtual.h"

/* How long a call of the function that uses it waits.  */
#define FOREVER (&(struct caller){PROGRAM_PC, MODEL_NEVER})
#define UNTIL(deadline) \
    (&(struct caller){PROGRAM_PC, virtual_to_engine((deadline).il_ns)})

/* Their objects.  */
struct object *interlock_lock(const il_lock *l);
struct object *interlock_rlock(const il_rlock *r);

#endif
