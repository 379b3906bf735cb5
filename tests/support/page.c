/* page.c -- see page.h.

   SPDX-License-Identifier: MIT */

#include "page.h"

#include "require.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGES = 64 };

static size_t page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

void pages_open(struct pages *p)
{
    void *base = mmap(NULL, PAGES * page_size(), PROT_NONE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    require(base != MAP_FAILED);
    *p = (struct pages){.base = base};
}

void pages_close(struct pages *p)
{
    require(munmap(p->base, PAGES * page_size()) == 0);
}

void *page_take(struct pages *p)
{
    void *page = p->base + p->next * page_size();
    p->next = (p->next + 1) % PAGES;
    require(mprotect(page, page_size(), PROT_READ | PROT_WRITE) == 0);
    return memset(page, 0, page_size());
}

void page_retire(void *page)
{
    require(mprotect(page, page_size(), PROT_NONE) == 0);
}
