/* names.h -- what the program's addresses are called.

   What is known is held in lists that anybody may fill: load.h does from the
   program's own files, a test by hand.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_NAMES_H
#define EXPLORE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "explore/step.h"

/* How values of a type look, and what its parts are called.  */
enum form {
    FORM_SIGNED,
    FORM_UNSIGNED,
    FORM_BOOL,
    FORM_CHARACTER,
    FORM_FLOAT,
    FORM_POINTER,
    FORM_ENUM,
    FORM_STRUCT, /* or union */
    FORM_ARRAY,
};

/* A member of a struct, or a constant of an enum.  */
struct part {
    char *name;
    int64_t value; /* where it begins, or the constant's value */
    const struct type *type;
};

struct type {
    enum form form;
    size_t size;
    const struct type *element; /* of an array */
    struct part *parts;
    size_t n_parts;
    struct type *next; /* of all, to be freed */
};

/* A variable or a function.  */
struct symbol {
    uintptr_t at;
    size_t size;
    char *name;
    const struct type *type; /* or NULL */
    bool is_block;           /* of the heap */
    bool given;              /* by il_explore_name: before all others */
};

/* Where in the source a step is.  */
struct place {
    uintptr_t pc;
    char *function; /* each may be NULL */
    char *file;
    int line; /* or 0 */
};

struct source {
    char *file;
    char **lines;
    size_t n_lines;
};

struct names {
    struct symbol *symbols;
    size_t n_symbols;
    struct place *places;
    size_t n_places;
    struct source *sources;
    size_t n_sources;
    struct type *types;
    int numbered[KIND_FUTEX + 1]; /* how many objects of each kind were named
                                     by a number */
};

/* All-zero bytes are empty names.  */
void names_free(struct names *names);

void names_add_symbol(struct names *names, const struct symbol *symbol);
void names_add_place(struct names *names, const struct place *place);
/* Reads a file, if it is not there yet and can be read.  */
void names_add_source(struct names *names, const char *file);
/* ... whose text is given.  */
void names_add_text(struct names *names, const char *file, const char *text);

/* Names what the trace touches and nobody has named: "mutex 1", "memory 2".  */
void names_number(struct names *names, const struct trace *t);

/* Writes what the memory or object there is called.  */
void names_write(const struct names *names, const void *at, size_t size,
                 FILE *out);

/* Writes a value of what is there.  */
void names_write_value(const struct names *names, const void *at, size_t size,
                       uint64_t value, FILE *out);

/* Returns the name of a function, or NULL.  */
const char *names_function(const struct names *names, uintptr_t at);

/* Returns where the step at `pc` is, or NULL.  */
const struct place *names_place(const struct names *names, uintptr_t pc);

/* Returns the source that the place is in, or NULL.  */
const struct source *names_source(const struct names *names,
                                  const struct place *place);

/* Returns the text of its line, without what indents it, or NULL.  */
const char *names_line(const struct names *names, const struct place *place);

#endif
