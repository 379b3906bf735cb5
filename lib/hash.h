/* hash.h -- from an address to a place in a fixed table.

   SPDX-License-Identifier: MIT */

#ifndef HASH_H
#define HASH_H

#include <stdint.h>

/* Returns a number of `bits` bits, spread well over nearby addresses:
   Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4).  */
static inline unsigned hash_address(const void *address, unsigned bits)
{
    uint64_t product =
        (uint64_t)(uintptr_t)address * UINT64_C(0x9e3779b97f4a7c15);
    return (unsigned)(product >> (64 - bits));
}

#endif
