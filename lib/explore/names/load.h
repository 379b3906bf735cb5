/* load.h -- the names of the program that runs, from its own files.

   What can't be found out is left out: a program without symbols, or a machine
   without binutils, shows addresses.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_LOAD_H
#define EXPLORE_LOAD_H

#include "explore/process/frames.h"
#include "names.h"

/* An executable, and how far it was moved when it was loaded.  */
struct image {
    char path[4096]; /* empty if it can't be found */
    uintptr_t base;
};

/* Returns that of the program that runs.  */
struct image load_image(void);

/* Adds the functions and variables of the executable's symbol table.  */
void load_symbols(const struct image *image, struct names *names);

/* Gives the variables among them their types, and adds the local variables of
   those frames.  */
void load_types(const struct image *image, struct names *names,
                const struct frame *frames, size_t n);

/* Adds the places of those addresses that have none, and their sources.  */
void load_places(const struct image *image, struct names *names,
                 const uintptr_t *pcs, size_t n);

/* Runs a program with those arguments, the last NULL.  Returns its output,
   which the caller frees, or NULL.  */
char *load_output(const char *const *arguments);

#endif
