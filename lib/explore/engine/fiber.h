/* fiber.h -- stacks of their own, between which one thread goes back and forth.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_FIBER_H
#define EXPLORE_FIBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fiber;

/* Makes one with a stack, which stays where it is and is lent again and again;
   or, with a size of 0, one for whom the caller's stack is already there.  Ends
   the process if there is no memory.  */
struct fiber *fiber_new(size_t stack_size);

/* Lets the next switch to *f call body, which never returns.  What was on the
   stack is gone.  */
void fiber_begin(struct fiber *f, void (*body)(void));

/* Goes on with `to` where it was left.  Returns when somebody goes on with
   `from`.  */
void fiber_switch(struct fiber *from, struct fiber *to);

/* A hash of what is on the stack of *f, who calls, and in its registers.  */
uint64_t fiber_digest(const struct fiber *f);

/* Whether bytes are on the stack of *f; whether an address is just beyond its
   end.  */
bool fiber_has(const struct fiber *f, const void *at, size_t size);
bool fiber_is_overrun(const struct fiber *f, const void *at);

#endif
