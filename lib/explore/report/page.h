/* page.h -- the parts of the report in HTML.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_PAGE_H
#define EXPLORE_PAGE_H

#include <stdio.h>

#include "story.h"

/* Writes text so that it is shown as it is.  */
void page_escape(FILE *out, const char *text);

/* Writes the style and the script: with the script the execution can be walked
   through, and without it all of it is there to read.  */
void page_write_style(FILE *out);
void page_write_script(FILE *out);

/* Writes an execution as a table, with what walks through it.  */
void page_write_story(FILE *out, const struct story *s);

/* Writes the sources that the execution was in, with the steps at their
   lines.  */
void page_write_sources(FILE *out, const struct story *s);

/* Writes who waits for whom at the end.  */
void page_write_deadlock(FILE *out, const struct story *s);

/* Writes what the object of a step is called.  */
void page_write_object(FILE *out, const struct story *s,
                       const struct step *step);

/* Returns the number of a thread's colour: its place among those shown.  */
int page_colour(const struct story *s, int thread);

/* Returns the number of the source in the page that the place is in, or -1.  */
int page_source(const struct story *s, const struct place *p);

#endif
