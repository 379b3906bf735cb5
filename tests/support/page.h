/* page.h -- memory that traps whoever touches it when it is no longer there.

   SPDX-License-Identifier: MIT */

#ifndef PAGE_H
#define PAGE_H

#include <stdint.h>

/* A ring of pages.  A retired page is out of reach until the ring has come
   round to it again, so a late touch traps for many rounds, where a page that
   is unmapped could be mapped anew by the next.  */
struct pages {
    char *base;
    uint32_t next;
};

/* Maps the ring.  */
void pages_open(struct pages *p);

/* Unmaps it.  */
void pages_close(struct pages *p);

/* Returns the next page, of zero bytes; the one before it may still be in
   use.  */
void *page_take(struct pages *p);

/* Makes `page`, from page_take, trap.  Also of a page that does already.  */
void page_retire(void *page);

#endif
