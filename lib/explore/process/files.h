/* files.h -- the files that a program has open.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_FILES_H
#define EXPLORE_FILES_H

/* Remembers what is open.  */
void files_set_up(void);
/* Closes all that has been opened since.  */
void files_reset(void);

#endif
