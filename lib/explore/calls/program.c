/* program.c -- the functions of the C library that the program's calls hide.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "program.h"

#include <dlfcn.h>
#include <stdlib.h>

void (*program_real(const char *name))(void)
{
    union {
        void *object;
        void (*function)(void);
    } found = {.object = dlsym(RTLD_NEXT, name)};
    if (!found.object)
        abort();
    return found.function;
}
