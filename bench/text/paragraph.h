/* paragraph.h -- text of any length within 80 columns, behind a label.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_PARAGRAPH_H
#define BENCH_PARAGRAPH_H

#include <stdio.h>

enum { PAGE_WIDTH = 80 };

/* Text that is still being written.  */
struct paragraph {
    FILE *file; /* to write to */
    char *text;
    size_t size;
};

void paragraph_begin(struct paragraph *p);

/* Prints what was written, in lines that begin in column `indent`, the label
   to the left of the first; and forgets it.  A label too long for that has the
   text behind it.  */
void paragraph_end(struct paragraph *p, FILE *out, const char *label,
                   unsigned indent);

/* Forgets what was written.  */
void paragraph_drop(struct paragraph *p);

/* Begins, writes and ends a paragraph.  */
void paragraph_print(FILE *out, const char *label, unsigned indent,
                     const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
