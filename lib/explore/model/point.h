/* point.h -- the points of the model: a step on an object, and perhaps on a
   lock that belongs to it.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_POINT_H
#define EXPLORE_POINT_H

#include "model.h"

/* What the caller is about to do.  `intent` comes first: is_enabled gets it
   alone.  */
struct point {
    struct intent intent;
    struct object *object, *lock;
    const struct waiter *waiter;
    uint32_t cancels;
    bool passed; /* the time limit was over before */
};

static inline const struct point *point_of(const struct intent *i)
{
    return (const struct point *)i;
}

/* How a point touches an object: its state is only read, or written.  */
enum use { LOOKS, CHANGES };

/* A point of `op` on *o, without any condition.  */
struct point point_at(enum op op, struct object *o, uintptr_t pc);
void point_touches(struct point *p, const struct object *o, enum use use,
                   enum order order);
/* Gives it a time limit.  */
void point_until(struct point *p, int64_t until);

/* The point of a call that answers at once.  */
void point_at_once(enum op op, struct object *o, enum use use, enum order order,
                   uintptr_t pc);

/* Waits to be chosen.  Returns whether the time limit came first; virtual time
   is then past it.  */
bool point_times_out(struct point *p, int64_t until);

/* Puts the answer of the call in the step.  Returns what the program is told.
 */
int point_answer(int r);
/* ... an error, of which POSIX says nothing.  */
int point_undefined(int r);
/* ... a call that failed has neither changed nor ordered anything.  */
int point_failed(int r);
int point_failed_undefined(int r);
void point_value(uint64_t value);

bool point_has_passed(int64_t until);

#endif
