/* program.h -- what the program calls, between its calls and the engine.

   tsan.c, posix*.c, virtual.c and interlock.c are the calls; model*.c is what
   they do to the objects that threads synchronize by.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_PROGRAM_H
#define EXPLORE_PROGRAM_H

#include <interlock/base.h>

#include "explore/engine/engine.h"

/* Where the program called the function that uses it.  */
#define PROGRAM_PC ((uintptr_t)__builtin_return_address(0))

/* The C library's function of that name, of the same type.  */
#define PROGRAM_REAL(name)                                   \
    __extension__({                                          \
        static __typeof__(name) *real_;                      \
        if (!real_)                                          \
            real_ = (__typeof__(name) *)program_real(#name); \
        real_;                                               \
    })
void (*program_real(const char *name))(void);

/* The value of the last plain write is known only after the hook that comes
   before it.  This puts it in the write's step; to be called when the thread
   comes back: before a point, at its end, and at the end of an execution.  */
void program_settle(void);

/* What a thread does after its body has returned: destructors of its keys.  */
void program_thread_ends(void);

/* Others can get this value: it must not be an address that means something
   else to them.  */
void program_gives(uint64_t value);

/* The caller is about to free a block, which is a write to all of it.  */
void program_frees(const void *at, size_t size, uintptr_t pc);

#endif
