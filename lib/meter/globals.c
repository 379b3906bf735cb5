/* globals.c -- the program's variables, put back before each round: its
   writable segments, but for what the loader made read-only.

   SPDX-License-Identifier: MIT */

#include "meter.h"

#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SEGMENTS_MOST = 8 };

static struct segment {
    char *at, *copy;
    size_t size;
} segments[SEGMENTS_MOST];
static int n_segments;

static struct {
    const char *image;
    size_t initialized, size;
} locals;

static bool save(char *at, size_t size)
{
    struct segment *s = &segments[n_segments];

    if (size == 0 || n_segments == SEGMENTS_MOST)
        return true;
    *s = (struct segment){at, malloc(size), size};
    if (s->copy == NULL)
        abort();
    memcpy(s->copy, at, size);
    n_segments++;
    return true;
}

/* Called for the program first; no other object's variables are its own.  */
static int visit(struct dl_phdr_info *info, size_t size, void *unused)
{
    uintptr_t hidden_from = 0, hidden_to = 0;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);

    (void)size, (void)unused;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        uintptr_t at = info->dlpi_addr + p->p_vaddr;
        if (p->p_type == PT_GNU_RELRO)
            hidden_from = at, hidden_to = (at + p->p_memsz) & ~(page - 1);
        if (p->p_type == PT_TLS) {
            locals.image = (const char *)at;
            locals.initialized = p->p_filesz;
            locals.size = p->p_memsz;
        }
    }
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        uintptr_t at = info->dlpi_addr + p->p_vaddr, end = at + p->p_memsz;
        if (p->p_type != PT_LOAD || !(p->p_flags & PF_W))
            continue;
        if (hidden_from <= at && at < hidden_to)
            at = hidden_to;
        if (at < end)
            save((char *)at, end - at);
    }
    return 1;
}

void globals_save(void)
{
    dl_iterate_phdr(visit, NULL);
}

static int find_locals(struct dl_phdr_info *info, size_t size, void *at)
{
    (void)size;
    *(void **)at = info->dlpi_tls_data;
    return 1;
}

void globals_restore_thread(void)
{
    static _Thread_local char *at;

    if (locals.size == 0)
        return;
    if (at == NULL)
        dl_iterate_phdr(find_locals, &at);
    if (at == NULL)
        return;
    memcpy(at, locals.image, locals.initialized);
    memset(at + locals.initialized, 0, locals.size - locals.initialized);
}

void globals_restore(void)
{
    for (int i = 0; i < n_segments; i++)
        memcpy(segments[i].at, segments[i].copy, segments[i].size);
    globals_restore_thread();
}
