/* buffer.h -- store buffers: the memory model of x86.

   On, each thread's stores to shared memory go into a queue of its own, and
   from there to memory one by one, whenever the search says: so a thread may
   read on before its stores are seen.  It sees its own at once.  Fences,
   read-modify-writes, and all that synchronizes wait until the queue is empty.
   That is x86-TSO (Owens, Sarkar and Sewell, "A Better x86 Memory Model:
   x86-TSO", 2009), and more than sequential consistency; weaker processors, and
   compilers, reorder more, which is not modelled.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_BUFFER_H
#define EXPLORE_BUFFER_H

#include "explore/step.h"

enum { STORE_MOST = 16 }; /* bytes */

/* A store on its way.  */
struct store {
    unsigned char *at;
    uint32_t size;
    unsigned char bytes[STORE_MOST];
    uintptr_t pc;
    bool atomic;
};

/* Whether there are store buffers: for all executions from now on.  */
void buffer_use(bool on);
bool buffer_is_on(void);

/* Empties all, before an execution.  */
void buffer_begin(void);

/* Adds a store of the thread.  */
void buffer_put(int thread, const struct store *s);

/* The oldest store of the thread, or NULL; and whether nobody has one.  */
const struct store *buffer_oldest(int thread);
bool buffer_all_empty(void);

/* Whether one of the thread's stores is to bytes of which is(at, size).  */
bool buffer_has(int thread, bool (*is)(const void *at, size_t size));

/* Whether one of them is to any of these bytes.  */
bool buffer_holds(int thread, const void *at, size_t size);

/* Writes the oldest one of the thread to memory.  */
void buffer_flush(int thread);

/* What a step that has to wait for the thread's buffer to be empty touches, or
   for all (thread < 0): the buffer, which each store that leaves it changes. */
struct touch buffer_touch(int thread, bool writes);

/* What the thread would read: memory, and its own stores over it.  */
void buffer_read(int thread, const void *at, size_t size, void *bytes);

#endif
