/* files.c -- what an execution has opened, and not closed, is closed before the
   next one: they would be too many.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "files.h"

#include <fcntl.h>
#include <unistd.h>

/* Without close_range: as many as a program has open, and more.  */
enum { LOOKED_AT = 1024, FIRST = 3, USUAL = 16 };

static int first; /* of those that the program opens */

static int highest(void)
{
    int fd = LOOKED_AT;

    while (fd >= FIRST && fcntl(fd, F_GETFD) < 0)
        fd--;
    return fd;
}

/* What is free between those that are open is taken: so the program's come
   after them.  */
void files_set_up(void)
{
    int last = highest();
    int fd;

    do
        fd = open("/dev/null", O_RDWR | O_CLOEXEC);
    while (fd >= 0 && fd < last);
    first = fd;
    if (fd >= 0)
        close(fd);
}

void files_reset(void)
{
    if (first < FIRST)
        return;
#if __GLIBC_PREREQ(2, 34)
    close_range((unsigned)first, ~0U, 0);
#else
    for (int fd = first; fd < first + USUAL; fd++)
        close(fd);
#endif
}
