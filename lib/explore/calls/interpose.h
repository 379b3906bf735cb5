/* interpose.h -- functions of the C library that are defined here as well, so
   that the program calls ours.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_INTERPOSE_H
#define EXPLORE_INTERPOSE_H

#include <dlfcn.h>
#include <stdint.h>

#define EXPLORE_INTERPOSED __attribute__((visibility("default")))

/* Looks the C library's one up, once, into `pointer`, which is a pointer to
   such a function.  */
#define INTERPOSED_FIND(pointer, name)                                \
    do {                                                              \
        if (!(pointer))                                               \
            (pointer) = __extension__(__typeof__(pointer))(uintptr_t) \
                dlsym(RTLD_NEXT, (name));                             \
    } while (0)

#endif
