/* isolate.h -- the program's own memory: found, remembered, and put back.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_ISOLATE_H
#define EXPLORE_ISOLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Finds the program's segments and remembers what is in them.  */
void isolate_set_up(void);
/* Puts it back.  */
void isolate_restore(void);

/* Whether an address is in the program's code.  */
bool isolate_is_code(uintptr_t pc);

/* Thread-local memory of the program: one block, which the threads of an
   execution take turns to have.  (errno, the C library's, they have too: the
   engine sees to it.)  */
size_t isolate_tls_size(void);
/* Whether it is an address of a variable of the program that each thread has
   its own of: one for all of them, as they are one thread of the system.  */
bool isolate_is_tls_address(uint64_t value);
bool isolate_is_tls(const void *at, size_t size);
/* What a new thread begins with; what the initial one does.  */
void isolate_tls_new(void *block);
void isolate_tls_initial(void *block);
/* Takes the block out, or puts it in.  */
void isolate_tls_save(void *block);
void isolate_tls_load(const void *block);

#endif
